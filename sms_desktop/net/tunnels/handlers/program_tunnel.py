"""What tunnels by a program of their own share: run it, wait for its address, tell of its end."""

import asyncio
from abc import abstractmethod
from collections.abc import Sequence

from sms_desktop.net.errors import TunnelFailed
from sms_desktop.net.tunnels import errors
from sms_desktop.net.tunnels.event_queue import EventQueue
from sms_desktop.net.tunnels.handlers.agent_process import AgentProcess
from sms_desktop.net.tunnels.handlers.installed import has_program
from sms_desktop.net.tunnels.handlers.lifecycle import Line
from sms_desktop.net.tunnels.models import Availability, Down, Up


class Output:
    """What the program has told so far; ``up`` and ``failed`` are called while its lines are read."""

    def __init__(self, told: EventQueue) -> None:
        self.first: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._told = told
        self._is_up = False

    def up(self, url: str) -> None:
        """Requests to the URL arrive; repeated where the program says so again."""
        if not self.first.done():
            self.first.set_result(url)
        elif not self._is_up:
            self._told.put(Up(url))
        self._is_up = True

    def failed(self, error: TunnelFailed, *, is_over: bool) -> None:
        """It is not up, or no more."""
        if not self.first.done():
            if is_over:
                self.first.set_exception(error)
                self.first.exception()  # whoever waits gets it; where nobody does, nothing is amiss
        elif self._is_up or is_over:
            self._told.put(Down(error, is_over))
        self._is_up = False


class ProgramLine(Line):
    """A subclass says what to run and what its lines mean."""

    program: str
    patience_s = 40.0

    def __init__(self, program: str | None = None) -> None:
        super().__init__()
        self.program = program or self.program
        self._running: AgentProcess | None = None

    @abstractmethod
    def arguments(self, local_port: int) -> Sequence[str]:
        """The command line behind the program."""

    @abstractmethod
    def reader(self, output: Output) -> "LineReader":
        """What understands the lines of one run."""

    def is_available(self) -> Availability:
        """Whether the program is installed; not whether it is set up."""
        return has_program(self.program)

    async def start(self, local_port: int, told: EventQueue) -> str:
        """Run the program until it names its address."""
        output = Output(told)
        reader = self.reader(output)
        self._running = AgentProcess(reader.read, reader.ended)
        await self._running.start(self.program, self.arguments(local_port))
        try:
            async with asyncio.timeout(self.patience_s):
                return await output.first
        except TimeoutError:
            raise errors.TookTooLong(self.program) from None

    async def stop(self) -> None:
        """End the program."""
        running, self._running = self._running, None
        if running is not None:
            await running.stop()


class LineReader:
    """Turns the lines of one run into ups and downs."""

    def __init__(self, program: str, output: Output) -> None:
        self.program = program
        self.output = output

    def read(self, line: str) -> None:
        """One line; most mean nothing."""
        raise NotImplementedError

    def ended(self, exit_code: int) -> None:
        """The program has ended by itself."""
        self.output.failed(errors.AgentEnded(self.program, exit_code), is_over=True)

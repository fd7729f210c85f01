"""What an open window does for other processes of the same profile: come forward, send, change, report."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final

from sms_desktop.commands import accounts, contacts, doctor, numbers, send
from sms_desktop.compose import Core
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId
from sms_desktop.net.control import ControlServer
from sms_desktop.net.errors import ControlFailed
from sms_desktop.paths import Paths
from sms_desktop.sync.engine import Engine
from sms_desktop.sync.events import ShowRequested

_Carry = Callable[[Engine, dict[str, Any]], Awaitable[dict[str, Any]]]
_OF_THE_ENGINE: Final[dict[str, _Carry]] = {
    "account_remove": accounts.remove_and_tell,
    "numbers_set": numbers.set_and_tell,
    "contacts_import": contacts.import_and_tell,
}


class WindowLocked(SmsDesktopError):
    """Another process wants something of a program that is locked."""

    sentence = "SMS Desktop is locked, so nothing was done. Unlock its window, and try again."


@asynccontextmanager
async def serve_control(
    paths: Paths,
    engine: Engine,
    core: Core,
    override: Callable[[Iterable[str]], None],
    is_locked: Callable[[], bool],
) -> AsyncIterator[None]:
    """Answer commands while the window is open.

    ``override`` takes ``key=value`` over for this run, as a second start with ``--set`` asks. While
    it ``is_locked`` only the window comes forward, and accounts that another process has changed are
    read anew, which tells nobody anything.
    """

    server = ControlServer(_Handling(engine, core, override, is_locked))
    await server.start(paths.control_file)
    try:
        yield
    finally:
        await server.close()


class _Handling:
    """Carries out a command by its name."""

    def __init__(
        self,
        engine: Engine,
        core: Core,
        override: Callable[[Iterable[str]], None],
        is_locked: Callable[[], bool],
    ) -> None:
        self._engine = engine
        self._core = core
        self._override = override
        self._is_locked = is_locked

    async def __call__(self, command: str, payload: dict[str, Any]) -> dict[str, Any]:
        if self._is_locked() and command not in ("show", "reload"):
            raise WindowLocked
        engine, core = self._engine, self._core
        match command:
            case "show":
                return self._show(payload)
            case "send":
                return await send.send_and_wait(engine, core, payload)
            case "reload":
                return await self._reload(payload)
            case "doctor":
                return doctor.health_report(core)
            case _ if command in _OF_THE_ENGINE:
                return await _OF_THE_ENGINE[command](engine, payload)
            case _:
                raise ControlFailed(f"The running program does not know the command {command}.")

    def _show(self, payload: dict[str, Any]) -> dict[str, Any]:
        is_locked = self._is_locked()
        if not is_locked:
            self._override(map(str, payload.get("overrides", ())))
        self._core.publish(ShowRequested(str(payload.get("link", ""))))
        return {} if is_locked else {"has_set": True}

    async def _reload(self, payload: dict[str, Any]) -> dict[str, Any]:
        renewed = payload.get("account_id")
        await self._engine.reload(AccountId(renewed) if isinstance(renewed, int) else None)
        return {}

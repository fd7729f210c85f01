"""The remote forward: the server listens on a port of its own, and every connection comes to us."""

import asyncio
from typing import TYPE_CHECKING, Final

from sms_desktop.net.tunnels import errors
from sms_desktop.net.tunnels.dependencies import TunnelDependencies
from sms_desktop.net.tunnels.event_queue import EventQueue
from sms_desktop.net.tunnels.handlers.installed import has_package
from sms_desktop.net.tunnels.handlers.lifecycle import Line
from sms_desktop.net.tunnels.handlers.ssh.localhost_run_output import Addresses
from sms_desktop.net.tunnels.handlers.ssh.login import Door
from sms_desktop.net.tunnels.handlers.ssh.spec import SshSpec
from sms_desktop.net.tunnels.models import Availability, Down, Up

if TYPE_CHECKING:
    import asyncssh

_ANNOUNCE_S: Final = 15.0
_CLOSE_S: Final = 2.0


class SshTunnel(Line):
    """One server, as its ``spec`` has it."""

    def __init__(self, spec: SshSpec, means: TunnelDependencies) -> None:
        super().__init__()
        self._spec = spec
        self._door = Door(spec, means)
        self._connection: asyncssh.SSHClientConnection | None = None

    @property
    def name(self) -> str:
        """The server and its options; no secret is part of it."""
        return self._spec.name

    @property
    def steps(self) -> tuple[str, ...]:
        """For a server of one's own, or for the service that needs nothing."""
        return _SERVICE_STEPS if self._spec.announces else _own_steps(self._spec)

    def is_available(self) -> Availability:
        """Whether the SSH library is in this installation."""
        return has_package("asyncssh", self._spec.host)

    async def start(self, local_port: int, told: EventQueue) -> str:
        """Log in, have the port opened, and be told of the connection's end from then on."""
        lost = Down(errors.LineLost(self._spec.where))
        connection = self._connection = await self._door.enter(lambda: told.put(lost))
        remote_port = await self._forward(connection, local_port)
        if self._spec.announces:
            return await self._announced(connection, told)
        return self._spec.url_for(remote_port)

    async def stop(self) -> None:
        """Take leave for a moment, then break off: a dead line answers nothing."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        connection.close()
        try:
            async with asyncio.timeout(_CLOSE_S):
                await connection.wait_closed()
        except TimeoutError:
            connection.abort()

    async def _forward(self, connection: "asyncssh.SSHClientConnection", local_port: int) -> int:
        import asyncssh

        wanted = self._spec.remote_port
        # Only the server's own proxy shall get to the port. By name, OpenSSH is content with ::1 alone
        # where another program has the port at 127.0.0.1; a service knows nothing but the name.
        host = "localhost" if self._spec.announces else "127.0.0.1"
        try:
            forward = await connection.forward_remote_port(host, wanted, "127.0.0.1", local_port)
        except asyncssh.ChannelListenError:
            raise errors.ForwardRefused(wanted) from None
        except (asyncssh.Error, OSError):
            raise errors.LineLost(self._spec.where) from None
        return forward.get_port()

    async def _announced(self, connection: "asyncssh.SSHClientConnection", told: EventQueue) -> str:
        """The address that the server prints; later ones are told: it changes while the line is up."""
        import asyncssh

        addresses = Addresses(lambda url: told.put(Up(url)))

        class Greeting(asyncssh.SSHClientSession[str]):
            def data_received(self, data: str, _datatype: int | None) -> None:
                """Something was printed."""
                addresses.read(data)

            def connection_lost(self, _exc: Exception | None) -> None:
                """The greeting, or the whole line, has ended."""
                addresses.end(errors.LineLost(where))

        where = self._spec.host
        try:
            async with asyncio.timeout(_ANNOUNCE_S):
                await connection.create_session(Greeting)
                return await addresses.first
        except TimeoutError:
            raise errors.TookTooLong(where) from None
        except (asyncssh.Error, OSError):
            raise errors.LineLost(where) from None


_SERVICE_STEPS: Final = (
    "Nothing has to be set up. The first time, you are shown the service's key and asked to accept it.",
    "The address changes now and then; the program tells Kandy each time.",
)


def _own_steps(spec: SshSpec) -> tuple[str, ...]:
    return (
        (
            f"On your server {spec.host}, let the web server pass {spec.url or 'your public address'} on "
            f"to http://127.0.0.1:{spec.remote_port}. With Caddy, that is “reverse_proxy "
            f"127.0.0.1:{spec.remote_port}”."
        ),
        (
            f"Add your public SSH key to ~/.ssh/authorized_keys of {spec.user} there, or enter the "
            "password below; it goes into the keyring."
        ),
        (
            "Press Check. The first time, compare the fingerprint that is shown with that of your "
            "server (“ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub” there)."
        ),
    )

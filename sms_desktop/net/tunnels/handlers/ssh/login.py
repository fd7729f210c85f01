"""Logs in at an SSH server whose key was accepted; the only place that knows the SSH library's errors."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sms_desktop.net.errors import TunnelFailed
from sms_desktop.net.library_logging import silence_agents
from sms_desktop.net.tunnels import errors
from sms_desktop.net.tunnels.dependencies import NewHostKey, TunnelDependencies
from sms_desktop.net.tunnels.handlers.ssh.host_keys import HostKeys
from sms_desktop.net.tunnels.handlers.ssh.spec import SshSpec

if TYPE_CHECKING:
    import asyncssh

_CONNECT_S: Final = 10
_LOG_IN_S: Final = 15
_KEEPALIVE_S: Final = 3
_KEEPALIVES: Final = 2
"""A line that is cut without a word is noticed after 9 seconds: two questions and a last wait."""

_SIGNATURES: Final = {"ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"]}
"""How a key of a type signs, where that is not the name of the type."""


class Door:
    """One server."""

    def __init__(self, spec: SshSpec, means: TunnelDependencies) -> None:
        self._spec = spec
        self._means = means
        self._keys = HostKeys(means.known_hosts)

    async def enter(self, on_lost: Callable[[], None]) -> "asyncssh.SSHClientConnection":
        """A connection that is logged in, whose end ``on_lost`` tells; raises ``TunnelFailed``.

        A key seen for the first time is shown to the person, and only then gone on with: no line
        stays open meanwhile.
        """
        silence_agents()
        known = await asyncio.to_thread(self._keys.of, self._spec.where)
        watch = _Watch(known)
        try:
            return await self._log_in(watch, on_lost)
        except errors.HostKeyUnknown:
            await self._ask(watch)
        return await self._log_in(_Watch((watch.shown,)), on_lost)

    async def _ask(self, watch: "_Watch") -> None:
        new = NewHostKey(self._spec.where, watch.kind, watch.fingerprint)
        if not await self._means.ask_host_key(new):
            raise errors.HostKeyUnknown(self._spec.where, watch.fingerprint)
        await asyncio.to_thread(self._keys.accept, self._spec.where, watch.shown)

    async def _log_in(
        self, watch: "_Watch", on_lost: Callable[[], None]
    ) -> "asyncssh.SSHClientConnection":
        import asyncssh

        secret = await self._means.read_secret(self._spec.who)
        try:
            connection = await asyncssh.connect(
                self._spec.host,
                self._spec.port,
                username=self._spec.user,
                client_factory=lambda: _client(watch),
                **self._options(watch, secret),
            )
        except asyncssh.HostKeyNotVerifiable:
            raise watch.error_at(self._spec.where) from None
        except (asyncssh.Error, OSError, ValueError) as problem:
            raise _error_of(problem, self._spec) from None
        watch.log_in_done(on_lost)
        return connection

    def _options(self, watch: "_Watch", secret: str) -> dict[str, Any]:
        options: dict[str, Any] = {
            # Three empty lists: no key is trusted by a file, every one is put before the watch.
            "known_hosts": ([], [], []),
            "config": None,
            "connect_timeout": _CONNECT_S,
            "login_timeout": _LOG_IN_S,
            "keepalive_interval": _KEEPALIVE_S,
            "keepalive_count_max": _KEEPALIVES,
        }
        if watch.types:
            # Asked for first, else a server that gets one more key would look like another server.
            options["server_host_key_algs"] = "^" + ",".join(watch.types)
        if secret:
            options["password"] = secret
        if self._spec.key:
            options["client_keys"] = [str(Path(self._spec.key).expanduser())]
            options["passphrase"] = secret or None
        return options


class _Watch:
    """Compares what a server shows with what was accepted, and remembers it."""

    def __init__(self, accepted: tuple[str, ...]) -> None:
        self._accepted = accepted
        kinds = dict.fromkeys(key.split()[0] for key in accepted)
        self.types = [alg for kind in kinds for alg in _SIGNATURES.get(kind, [kind])]
        self.shown = ""
        self.kind = ""
        self.fingerprint = ""
        self._on_lost: Callable[[], None] | None = None
        self._is_lost = False

    def log_in_done(self, on_lost: Callable[[], None]) -> None:
        """From now on the end of the connection is news; before, it was the log-in that failed."""
        self._on_lost = on_lost
        if self._is_lost:
            on_lost()

    def lost(self) -> None:
        """The connection has ended."""
        self._is_lost = True
        if self._on_lost is not None:
            self._on_lost()

    def is_right(self, key: "asyncssh.SSHKey") -> bool:
        """Whether this very key was accepted."""
        words = key.export_public_key().decode("ascii").split()
        self.kind, self.shown = words[0], " ".join(words[:2])
        self.fingerprint = key.get_fingerprint()
        return self.shown in self._accepted

    def error_at(self, where: str) -> TunnelFailed:
        """What it means that the key was not right."""
        kind = errors.HostKeyChanged if self._accepted else errors.HostKeyUnknown
        return kind(where, self.fingerprint)


def _client(watch: _Watch) -> "asyncssh.SSHClient":
    import asyncssh

    class Client(asyncssh.SSHClient):
        def validate_host_public_key(
            self, _host: str, _addr: str, _port: int, key: asyncssh.SSHKey
        ) -> bool:
            """Called where no file of known hosts has the key, that is, always."""
            return watch.is_right(key)

        def connection_lost(self, _exc: Exception | None) -> None:
            """Cut, closed, or silent for too long."""
            watch.lost()

    return Client()


def _error_of(problem: Exception, spec: SshSpec) -> TunnelFailed:
    import asyncssh

    if isinstance(problem, asyncssh.PermissionDenied | asyncssh.IllegalUserName):
        return errors.LogInRefused(spec.who)
    if isinstance(problem, asyncssh.KeyImportError | asyncssh.KeyEncryptionError):
        return errors.KeyUnusable()
    if isinstance(problem, FileNotFoundError | PermissionError) and spec.key:
        return errors.KeyUnusable()
    if isinstance(problem, TimeoutError):
        return errors.TookTooLong(spec.where)
    if isinstance(problem, OSError | asyncssh.ConnectionLost):
        return errors.ServiceUnreachable(spec.where)
    return errors.SaidNo(spec.where)

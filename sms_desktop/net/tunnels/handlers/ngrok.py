"""ngrok: the agent inside the ``ngrok`` package, with the person's token and, if any, fixed domain."""

import asyncio
import re
from collections.abc import Awaitable
from typing import Any, Final, Protocol, cast

from sms_desktop.net.errors import TunnelFailed
from sms_desktop.net.library_logging import silence_agents
from sms_desktop.net.tunnels import errors
from sms_desktop.net.tunnels.dependencies import ReadSecret
from sms_desktop.net.tunnels.event_queue import EventQueue
from sms_desktop.net.tunnels.handlers.installed import has_package
from sms_desktop.net.tunnels.handlers.lifecycle import Line
from sms_desktop.net.tunnels.models import Availability, Calling, Down

NGROK: Final = "ngrok"
"""The service for people, and the name of its secret."""

_PATIENCE_S: Final = 20.0
_HEARTBEAT_S: Final = 4
_CODE: Final = re.compile(r"ERR_NGROK_(\d+)")

_KNOWN: Final[dict[str, type[TunnelFailed]]] = {
    "105": errors.SecretRefused,  # no token at all by its form
    "107": errors.SecretRefused,  # unknown or revoked
    "4018": errors.SecretRefused,  # no token, or an account that is not verified
    "103": errors.AccountBarred,  # suspended
    "108": errors.LimitReached,  # too many agents at once
    "725": errors.LimitReached,  # the month's bytes
    "727": errors.LimitReached,  # the month's requests
    "319": errors.DomainNotYours,  # not reserved
    "320": errors.DomainNotYours,  # reserved by another account
    "334": errors.DomainInUse,
}
"""ngrok's own list of error codes, ngrok.com/docs/errors."""


class _Session(Protocol):
    def close(self) -> Awaitable[None]: ...


class _DoNotReconnect(Exception):
    """Tells the agent to give up: opening again has its place elsewhere."""


class NgrokTunnel(Line):
    """``domain`` is the account's fixed one, so that the URL survives; empty: ngrok chooses.

    The free plan has 20,000 requests a month, and messages need some: calls are few, about 4,600. A
    line that is cut is noticed by the agent's own heartbeat, within eight seconds.
    """

    calling = Calling(every_s=570.0, patience_s=10.0)

    def __init__(self, domain: str, read_secret: ReadSecret) -> None:
        super().__init__()
        self._domain = domain
        self._read_secret = read_secret
        self._session: _Session | None = None

    @property
    def name(self) -> str:
        """``ngrok``, with the domain behind a colon."""
        return f"{NGROK}:{self._domain}" if self._domain else NGROK

    @property
    def steps(self) -> tuple[str, ...]:
        """From no account to a token."""
        return (
            "Open https://dashboard.ngrok.com/signup and make an account; the free plan is enough.",
            (
                "Open https://dashboard.ngrok.com/get-started/your-authtoken and copy the token into the "
                "field “Token”."
            ),
            (
                "Open https://dashboard.ngrok.com/domains, copy the domain you find there, and put it into "
                "the field “Domain”. With it your address stays the same for ever."
            ),
        )

    def is_available(self) -> Availability:
        """Whether the agent is in this installation."""
        return has_package("ngrok", NGROK)

    async def start(self, local_port: int, told: EventQueue) -> str:
        """Sign in, open an endpoint and pass its requests on."""
        token = await self._read_secret(NGROK)
        if not token:
            raise errors.SecretMissing(NGROK)
        try:
            async with asyncio.timeout(_PATIENCE_S):
                return await self._connect(token, local_port, told)
        except TimeoutError:
            raise errors.TookTooLong(NGROK) from None
        except ValueError as said:
            raise _error_of(said) from None

    async def stop(self) -> None:
        """Close the session; what an agent says about its own end helps nobody."""
        session, self._session = self._session, None
        if session is not None:
            try:
                async with asyncio.timeout(_HEARTBEAT_S):
                    await session.close()
            except (TimeoutError, ValueError, RuntimeError):
                return

    async def _connect(self, token: str, local_port: int, told: EventQueue) -> str:
        silence_agents()
        import ngrok

        def lost(_address: str, _reason: str) -> None:
            told.put_from_thread(Down(errors.LineLost(NGROK)))
            raise _DoNotReconnect

        builder = cast("Any", ngrok).SessionBuilder().authtoken(token)
        builder = builder.heartbeat_interval(_HEARTBEAT_S).heartbeat_tolerance(_HEARTBEAT_S)
        session = await builder.handle_disconnection(lost).connect()
        self._session = session
        endpoint = session.http_endpoint()
        if self._domain:
            endpoint = endpoint.domain(self._domain)
        listener = await endpoint.listen_and_forward(f"http://127.0.0.1:{local_port}")
        return str(listener.url())


def _error_of(said: ValueError) -> TunnelFailed:
    """By its code alone: the agent's words may quote the token."""
    words = " ".join(map(str, said.args))
    found = _CODE.search(words)
    if found is None:
        return errors.ServiceUnreachable(NGROK)
    known = _KNOWN.get(found[1])
    return known(NGROK) if known else errors.SaidNo(NGROK, found[0])

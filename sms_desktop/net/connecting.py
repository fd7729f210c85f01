"""What requests and the websocket channel share: whom to trust, and why no connection came about."""

import errno
import socket
import ssl
from collections.abc import Iterator
from typing import Final

from sms_desktop.net.errors import (
    CertificateRefused,
    ConnectionWasRefused,
    ConnectTimedOut,
    NoRoute,
    NoSuchHost,
    TlsFailed,
    Unreachable,
)

_NO_ROUTE: Final = frozenset(
    {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}
)


def tls_context() -> ssl.SSLContext:
    """A context that trusts what the operating system trusts, company certificates included."""
    # Imported here: the simulator and the tests speak plain http on loopback and never need it.
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def unreachable(problem: BaseException) -> Unreachable:
    """The error for the person, from ``problem``'s chain of causes; it stopped us from connecting."""
    causes = list(_causes(problem))
    for kind, error in (
        (ssl.SSLCertVerificationError, CertificateRefused),
        (ssl.SSLError, TlsFailed),
        (socket.gaierror, NoSuchHost),
        (ConnectionRefusedError, ConnectionWasRefused),
        (TimeoutError, ConnectTimedOut),
    ):
        if any(isinstance(cause, kind) for cause in causes):
            return error()
    if any(isinstance(cause, OSError) and cause.errno in _NO_ROUTE for cause in causes):
        return NoRoute()
    return Unreachable()


def _causes(problem: BaseException) -> Iterator[BaseException]:
    waiting, seen = [problem], set[int]()
    while waiting:
        cause = waiting.pop()
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            # One error for each address of the host.
            waiting.extend(cause.exceptions)
        waiting.extend(c for c in (cause.__cause__, cause.__context__) if c is not None)

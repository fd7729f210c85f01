"""Keeps the libraries' own log lines from telling what must not be told.

httpx writes a line with the URL of every request, and the URLs of this protocol hold phone numbers;
httpcore's debug lines hold headers of answers. Their warnings and errors still come through.
"""

import logging
from typing import Final

LOUD: Final = (
    "httpx",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
    "aiohttp.access",
)
"""Loggers by name, each of its own: a filter is not inherited by the loggers below it."""

AGENTS: Final = ("ngrok", "muxado", "rustls", "tracing", "tokio_util", "pinggy", "asyncssh")
"""Loggers of the tunnels' libraries; those below them inherit their level."""


def silence_request_lines() -> None:
    """Drop what these loggers say below WARNING, however the log is set up; may be called again."""
    for name in LOUD:
        logger = logging.getLogger(name)
        if _only_warnings not in logger.filters:
            logger.addFilter(_only_warnings)


def _only_warnings(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def silence_agents() -> None:
    """Drop what the tunnels' agents say, which may quote tokens and addresses; may be called again."""
    for name in AGENTS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)

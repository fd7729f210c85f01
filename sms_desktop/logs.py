"""Where log records go: a file that rotates, and one JSON object a line on stderr when asked.

Modules log with ``logging.getLogger(__name__)``; ``event`` logs a fact that scripts read.
"""

import json
import logging
import sys
import time
from collections.abc import Callable, Mapping
from logging.handlers import RotatingFileHandler
from typing import Final, TextIO

from sms_desktop.paths import Paths
from sms_desktop.redaction import redacted

_FILE_BYTES: Final = 1_000_000
_OLD_FILES: Final = 4
# What --debug is about. Libraries quote at DEBUG what they are given, and that may be a secret on its
# way to the vault.
_OURS: Final = ("sms_desktop", "qt")
# These write addresses with numbers in them at INFO and below.
_TALKATIVE: Final = ("httpx", "httpcore", "aiohttp", "asyncssh", "keyring", "asyncio", "filelock")


def configure(
    paths: Paths, *, json_log: bool, debug: bool, stream: TextIO | None = None
) -> Callable[[], None]:
    """Send every record to ``paths.log_file``, and to ``stream`` (stderr) as JSON or when debugging.

    The folder must exist. The answer takes the handlers off and closes them.
    """
    handlers: list[logging.Handler] = [_file_handler(paths)]
    if json_log or debug:
        on_stderr = logging.StreamHandler(stream or sys.stderr)
        on_stderr.setFormatter(_JsonLines() if json_log else _TextLines())
        handlers.append(on_stderr)
    # The one place that touches the root logger: libraries and warnings arrive there too.
    root = logging.getLogger()
    level_before = root.level
    root.setLevel(logging.INFO)
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.DEBUG if debug else logging.NOTSET)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    for handler in handlers:
        handler.addFilter(_redact)
        root.addHandler(handler)

    def take_off() -> None:
        logging.captureWarnings(False)
        root.setLevel(level_before)
        for name in _OURS:
            logging.getLogger(name).setLevel(logging.NOTSET)
        for handler in handlers:
            root.removeHandler(handler)
            handler.close()

    return take_off


def event(logger: logging.Logger, name: str, /, **fields: object) -> None:
    """Log a fact under a stable name: ``{"event": name, …fields}`` in the JSON log.

    Fields are numbers, booleans, ids and words; never a phone number, a secret or a message text.
    """
    logger.info("%s", name, extra={"event": name, "fields": fields}, stacklevel=2)


class _TextLines(logging.Formatter):
    """``2026-11-22T19:52:50.123Z INFO sms_desktop.sync.engine: what happened key=value``."""

    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {name}={value}" for name, value in _fields(record).items())
        line = f"{_at(record)} {record.levelname} {record.name}: {record.getMessage()}{fields}"
        trace = _trace(self, record)
        return f"{line}\n{trace}" if trace else line


class _JsonLines(logging.Formatter):
    """One object a line: at, level, logger, event or message, its fields, and error when one was."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = dict(_fields(record))
        line |= {"at": _at(record), "level": record.levelname, "logger": record.name}
        name = getattr(record, "event", None)
        line |= {"message": record.getMessage()} if name is None else {"event": name}
        if trace := _trace(self, record):
            line["error"] = trace
        return json.dumps(line, default=str)


class _KeptFile(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Go on without a log file: a full disk must stop neither the program nor its stderr."""


def _file_handler(paths: Paths) -> logging.Handler:
    handler = _KeptFile(
        paths.log_file,
        maxBytes=_FILE_BYTES,
        backupCount=_OLD_FILES,
        encoding="utf-8",
        errors="backslashreplace",
        delay=True,
    )
    handler.setFormatter(_TextLines())
    return handler


def _redact(record: logging.LogRecord) -> bool:
    """Rewrite a record before it is formatted; what it was made of may hold numbers anywhere."""
    if not getattr(record, "is_redacted", False):
        record.msg, record.args = _clean(_message(record)), ()
        if record.exc_info:
            record.exc_text = _clean(logging.Formatter().formatException(record.exc_info))
        if record.stack_info:
            record.stack_info = _clean(record.stack_info)
        record.fields = {name: _safe(value) for name, value in _fields(record).items()}
        record.is_redacted = True
    return True


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return f"(a log line that does not fit its arguments) {record.msg}"


def _clean(text: str) -> str:
    # Half a surrogate pair, which Kandy may send, can be written nowhere.
    return redacted(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def _safe(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(name): _safe(part) for name, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_safe(part) for part in value]
    return _clean(str(value))


def _fields(record: logging.LogRecord) -> Mapping[str, object]:
    fields = getattr(record, "fields", None)
    return fields if isinstance(fields, Mapping) else {}


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    parts = [record.exc_text or "", formatter.formatStack(record.stack_info or "")]
    return "\n".join(part for part in parts if part)


def _at(record: logging.LogRecord) -> str:
    seconds = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
    return f"{seconds}.{int(record.msecs):03d}Z"

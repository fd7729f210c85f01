"""What commands print: whole lines on standard output, or a sentence where nobody takes them."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TextIO

from sms_desktop.domain.errors import SmsDesktopError


class OutputFailed(SmsDesktopError):
    """Standard output cannot be written; the message says why."""

    sentence = "There is no standard output to write to."


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Standard output to write lines to; raises ``OutputFailed``.

    Whoever stops reading has enough, as ``head`` has: that is no error.
    """
    out: TextIO | None = sys.stdout
    if out is None:
        raise OutputFailed
    try:
        yield out
        out.flush()
    except BrokenPipeError:
        _write_no_more(out)
    except OSError as error:
        _write_no_more(out)
        raise OutputFailed(f"Standard output cannot be written: {error.strerror}.") from error


def print_line(text: str) -> None:
    """One line for people; raises ``OutputFailed``."""
    with standard_output() as out:
        out.write(text + "\n")


def print_json(value: object) -> None:
    """One JSON value on a line of its own; raises ``OutputFailed``."""
    print_line(json.dumps(value, ensure_ascii=False))


def print_table(rows: list[list[Any]]) -> None:
    """Columns as wide as they need to be; the first row names them. Raises ``OutputFailed``."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print_line("  ".join(padded).rstrip())


def _write_no_more(out: TextIO) -> None:
    """Python would try once more at its end what is left, and complain."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())

"""Reads the addresses that localhost.run prints after a forward was opened. No I/O."""

import asyncio
import re
from collections.abc import Callable
from typing import Final

from sms_desktop.net.errors import TunnelFailed

_LONGEST: Final = 4096
_TUNNELED: Final = re.compile(r"tunneled with tls termination,? +(https://[A-Za-z0-9.\-]+)")
_DOMAIN: Final = re.compile(r"https://[A-Za-z0-9\-]+\.lhr\.(?:life|rocks)\b")


def announced_url(line: str) -> str:
    """The public URL in a line of its greeting; empty where there is none.

    The greeting is full of other links, to its documentation and its shop.
    """
    if found := _TUNNELED.search(line):
        return found[1].rstrip(".")
    found = _DOMAIN.search(line)
    return found[0] if found else ""


class Addresses:
    """The first address is waited for; every other one after it is news.

    Made in a running loop. Nobody needs to wait for ``first``.
    """

    def __init__(self, on_new: Callable[[str], None]) -> None:
        self.first: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._on_new = on_new
        self._line = ""
        self._last = ""

    def read(self, printed: str) -> None:
        """Take the next piece, which may begin and end within a line."""
        *lines, self._line = (self._line + printed).split("\n")
        for line in lines:
            url = announced_url(line)
            if url and url != self._last:
                self._take(url)
        self._line = self._line[-_LONGEST:]

    def end(self, error: TunnelFailed) -> None:
        """Nothing more will be printed; ``error`` says why there is no address."""
        if not self.first.done():
            self.first.set_exception(error)
            self.first.exception()  # whoever waits gets it; where nobody does, nothing is amiss

    def _take(self, url: str) -> None:
        self._last = url
        if self.first.done():
            self._on_new(url)
        else:
            self.first.set_result(url)

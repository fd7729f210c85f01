"""Makes hostile bytes from good ones: bytes, JSON values and words are changed, mixed and multiplied.

What leads to an outcome that was not seen before is kept and changed further.
"""

import copy
import json
from collections.abc import Callable, Iterable
from random import Random
from typing import Any, Final

HUGE: Final = "@huge@"
"""Stands for a number that Python itself does not want to print."""

LEAVES: Final[tuple[object, ...]] = (
    None, True, False, 0, -1, 1, 2**31, 2**53 + 1, 2**63, -(2**63) - 1, 10**30, 10**13, 1.5, 1e308,
    -0.0, float("nan"), float("inf"), HUGE, "", " ", "\x00", "\ud800", "\udfff\ud800", "\ufeff",
    "\u202e", "e\u0301" * 40, "\U0001f468\u200d\U0001f469\u200d\U0001f467", "+", "+0", "%2B1613",
    "+1" * 50, "tel:", "tel:+1613;ext=5", "sip:@", "sip:+1613@x@y", "sips:", "//[", "://", "/", "..",
    "?next=%ff", "?next=", "%1 %2 %99 %0", "%", "%zz", "-1", "1e9", "\uff11\uff12", "0x10", "١٢",
    "9" * 25, "1545913604543", "1545913604", "1545913604.5", "default", "wss://x:99999/y", "javascript:",
    "'; DROP TABLE message; --", "<script>", "\r\nX: y", "x" * 5000, "\u0000\u0000", "null", [], {},
    [[]], [{}], {"": ""}, [None], [1, "a", {}],
)  # fmt: skip
PIECES: Final = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80",
    b"{", b"}", b"[", b"]", b'"', b"\\", b"\\u", b"\\ud800", b"\\u0000", b",", b":", b"NaN", b"-Infinity",
    b"1e999", b"-", b"0", b"00", b"9" * 400, b"[" * 3000, b'{"a":' * 3000, b"\r\n", b"\n", b"//", b"null",
)  # fmt: skip
_MOST_KEPT: Final = 400
_LONGEST: Final = 200_000


class Mutator:
    """Bytes without end, made from ``seeds``; the same ``rng`` makes the same ones."""

    def __init__(self, seeds: Iterable[bytes], rng: Random) -> None:
        self._pool = list(seeds)
        self._seeds = len(self._pool)
        self._rng = rng
        self._ways: tuple[Callable[[bytes], bytes], ...] = (
            self._change_values, self._change_values, self._change_values, self._change_bytes,
            self._insert_piece, self._cut, self._splice, self._repeat,
        )  # fmt: skip

    def next(self) -> bytes:
        """One more."""
        body = self._rng.choice(self._pool)
        for _ in range(self._rng.choice((1, 1, 1, 2, 4))):
            body = self._rng.choice(self._ways)(body)
        return body[:_LONGEST]

    def keep(self, body: bytes) -> None:
        """This one led somewhere new."""
        if len(body) > 4000:
            return
        if len(self._pool) - self._seeds >= _MOST_KEPT:
            self._pool.pop(self._rng.randrange(self._seeds, len(self._pool)))
        self._pool.append(body)

    def _change_bytes(self, body: bytes) -> bytes:
        changed = bytearray(body or b"x")
        for _ in range(self._rng.randint(1, 4)):
            changed[self._rng.randrange(len(changed))] = self._rng.randrange(256)
        return bytes(changed)

    def _insert_piece(self, body: bytes) -> bytes:
        at = self._rng.randint(0, len(body))
        return body[:at] + self._rng.choice(PIECES) + body[at + self._rng.randint(0, 3) :]

    def _cut(self, body: bytes) -> bytes:
        begin = self._rng.randint(0, len(body))
        return body[:begin] + body[begin + self._rng.randint(1, 40) :]

    def _splice(self, body: bytes) -> bytes:
        other = self._rng.choice(self._pool)
        return body[: self._rng.randint(0, len(body))] + other[self._rng.randint(0, len(other)) :]

    def _repeat(self, body: bytes) -> bytes:
        begin = self._rng.randint(0, len(body))
        piece = body[begin : begin + self._rng.randint(1, 60)]
        return body[:begin] + piece * self._rng.choice((2, 3, 50)) + body[begin:]

    def _change_values(self, body: bytes) -> bytes:
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            return self._insert_piece(body)
        holders = list(_holders(value, 0))
        for _ in range(self._rng.randint(1, 3)):
            if holders:
                self._change_within(self._rng.choice(holders))
        return _spelled(value, escaped=self._rng.random() < 0.7)

    def _change_within(self, holder: Any) -> None:
        rng = self._rng
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            return
        key = rng.choice(keys)
        match rng.randrange(7):
            case 0 | 1 | 2:
                holder[key] = rng.choice(LEAVES)
            case 3:
                del holder[key]
            case 4:
                holder[key] = [holder[key]] * rng.choice((1, 2, 100))
            case 5 if isinstance(holder, dict):
                holder[rng.choice((str(key).upper(), f"{key}s", "", "id", "rel"))] = holder.pop(key)
            case _:
                holder[key] = copy.deepcopy(rng.choice(list(_holders(holder, 0))))


def _holders(value: object, depth: int) -> Iterable[Any]:
    if isinstance(value, dict | list) and depth < 50:
        yield value
        for item in list(value.values() if isinstance(value, dict) else value):
            yield from _holders(item, depth + 1)


def _spelled(value: object, *, escaped: bool) -> bytes:
    try:
        text = json.dumps(value, ensure_ascii=escaped)
    except (ValueError, RecursionError):
        return b"{}"
    return text.replace(f'"{HUGE}"', "9" * 5000).encode("utf-8", "surrogatepass")

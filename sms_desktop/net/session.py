"""Requests in the name of a signed-in user: the token before, one renewal on 401, errors as types."""

from collections.abc import Callable, Container
from typing import TypeVar

from sms_desktop.net.answer_errors import refusal
from sms_desktop.net.errors import Unreadable
from sms_desktop.net.http import HttpDoor
from sms_desktop.net.token import TokenKeeper
from sms_desktop.wire.errors import UnreadableAnswer
from sms_desktop.wire.requests import Request

T = TypeVar("T")

Build = Callable[[str], Request]
"""Makes the request once the user id is known."""


class Session:
    """What every call to Kandy has in common."""

    def __init__(self, door: HttpDoor, keeper: TokenKeeper) -> None:
        self._door = door
        self._keeper = keeper

    async def ask(
        self, build: Build, *, about_number: bool = False, fine: Container[int] = ()
    ) -> bytes | None:
        """The body of the answer; ``None`` where its status is one of ``fine``. Raises ``NetError``."""
        held = await self._keeper.current()
        answer = await self._door.exchange(build(held.claims.user_id), held.bearer)
        if answer.http_status == 401:
            # Kandy looked at the token and at nothing else: repeating is safe, even a send.
            held = await self._keeper.after_401(held)
            answer = await self._door.exchange(build(held.claims.user_id), held.bearer)
        if answer.http_status in fine:
            return None
        error = refusal(answer, about_number=about_number)
        if error is not None:
            raise error
        return answer.body

    async def read(
        self, build: Build, parse: Callable[[bytes], T], *, about_number: bool = False
    ) -> T:
        """The answer as a value; raises ``NetError``, ``Unreadable`` too."""
        return parsed(parse, await self.ask(build, about_number=about_number) or b"")


def parsed(parse: Callable[[bytes], T], body: bytes) -> T:
    """What ``parse`` makes of a body; raises ``Unreadable`` where it cannot."""
    try:
        return parse(body)
    except UnreadableAnswer:
        raise Unreadable from None

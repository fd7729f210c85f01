"""The access token of one account: fetched once for all who wait, renewed in good time.

Kandy describes no use of its refresh token, so every renewal signs in again.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from sms_desktop.domain.clock import NowMs
from sms_desktop.net.answer_errors import date_ms
from sms_desktop.net.credentials import Credentials, UserCredentials
from sms_desktop.net.errors import (
    NetError,
    NoUserInToken,
    SignInRefused,
    SignInUnreadable,
    Unreachable,
)
from sms_desktop.net.http import Answer, HttpDoor
from sms_desktop.net.sign_in import sign_in_error
from sms_desktop.wire import answers, requests
from sms_desktop.wire.answers import Tokens
from sms_desktop.wire.claims import Claims, claims
from sms_desktop.wire.errors import UnreadableAnswer, UnreadableToken

_PAUSE_MS: Final = 30_000
"""Between two attempts to renew a token that is still good."""

_REFUSED_FOR_MS: Final = 10 * 60_000
"""Servers lock accounts whose secret is tried again and again."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A token and its life by our own clock; unknown lifetimes end with Kandy's first 401."""

    bearer: str = field(repr=False)
    claims: Claims
    renew_at_ms: int | None
    expires_at_ms: int | None


class TokenKeeper:
    """Holds the token of one account, and knows when it needs another one."""

    def __init__(self, door: HttpDoor, credentials: Credentials, now_ms: NowMs) -> None:
        self._door = door
        self._credentials = credentials
        self._now_ms = now_ms
        self._pass: Pass | None = None
        self._renewal: asyncio.Task[Pass] | None = None
        self._not_before_ms = 0
        self._refusal: SignInRefused | None = None
        self._refused_until_ms = 0
        self.clock_offset_ms: int | None = None

    @property
    def claims(self) -> Claims | None:
        """What the last sign-in said about the user; ``None`` before the first."""
        return self._pass.claims if self._pass else None

    @property
    def renews_at_ms(self) -> int | None:
        """When half of the token's life is over; ``None`` without a token, or when unknown."""
        return self._pass.renew_at_ms if self._pass else None

    async def current(self) -> Pass:
        """A token to use now; signs in first where there is none or half of its life is over."""
        held, now = self._pass, self._now_ms()
        if held is None or _is_past(held.expires_at_ms, now):
            return await self.renew()
        if not _is_past(held.renew_at_ms, now) or now < self._not_before_ms:
            return held
        try:
            return await self.renew()
        except SignInRefused:
            raise
        except NetError:
            # The old one is good for as long again: a server that stumbles now costs no message.
            self._not_before_ms = now + _PAUSE_MS
            return held

    async def after_401(self, rejected: Pass) -> Pass:
        """Another token than the rejected one; the one that somebody else fetched meanwhile will do."""
        if self._pass is not None and self._pass is not rejected:
            return self._pass
        return await self.renew()

    async def renew(self, *, insist: bool = False) -> Pass:
        """Sign in now, or wait for the sign-in that is under way.

        What Kandy refused a moment ago is not asked again for some minutes, unless ``insist``.
        """
        if self._renewal is None or self._renewal.done():
            if self._refusal is not None and not insist and self._is_refused_still():
                raise self._refusal
            self._renewal = asyncio.create_task(self._sign_in(), name="token renewal")
            # Everybody who waits may have been cancelled; a failure is then nobody's to read.
            self._renewal.add_done_callback(lambda task: task.cancelled() or task.exception())
        renewal = self._renewal
        # Not awaited directly: who stops waiting must not take the token from the others.
        await asyncio.wait({renewal})
        if renewal.cancelled():
            raise Unreachable("The connection to Kandy has been closed.")
        return renewal.result()

    async def aclose(self) -> None:
        """Stop a renewal that is under way."""
        if self._renewal is not None and not self._renewal.done():
            self._renewal.cancel()
            await asyncio.wait({self._renewal})

    def _is_refused_still(self) -> bool:
        # A clock that was set back meanwhile must not make it longer.
        return 0 < self._refused_until_ms - self._now_ms() <= _REFUSED_FOR_MS

    async def _sign_in(self) -> Pass:
        try:
            return await self._fetch()
        except SignInRefused as refusal:
            self._refusal = refusal
            self._refused_until_ms = self._now_ms() + _REFUSED_FOR_MS
            raise
        except NetError as problem:
            # Whatever became of the sign-in: the request that waits for it has not left.
            problem.may_have_left = False
            raise

    async def _fetch(self) -> Pass:
        asked_ms = self._now_ms()
        answer = await self._door.exchange(_request(self._credentials))
        answered_ms = self._now_ms()
        error = sign_in_error(answer, self._credentials)
        if error is not None:
            raise error
        self._note_clock(answer, asked_ms, answered_ms)
        self._pass = _read(answer.body, asked_ms, self.claims)
        self._refusal = None
        self._not_before_ms = 0
        return self._pass

    def _note_clock(self, answer: Answer, asked_ms: int, answered_ms: int) -> None:
        server_ms = date_ms(answer)
        if server_ms is not None:
            # The header has whole seconds: on the average it is half a second late.
            self.clock_offset_ms = server_ms + 500 - (asked_ms + answered_ms) // 2


def _request(credentials: Credentials) -> requests.Request:
    if isinstance(credentials, UserCredentials):
        return requests.sign_in_user(credentials.client_id, credentials.email, credentials.password)
    return requests.sign_in_project(credentials.client_id, credentials.client_secret)


def _read(body: bytes, asked_ms: int, before: Claims | None) -> Pass:
    try:
        tokens = answers.tokens(body)
        # A renewal need not repeat who the user is.
        said = claims(tokens.id_token) if tokens.id_token else before
    except (UnreadableAnswer, UnreadableToken):
        raise SignInUnreadable from None
    if said is None or not said.user_id:
        raise NoUserInToken
    life_ms = _life_ms(tokens)
    if life_ms is None:
        return Pass(tokens.access_token, said, None, None)
    return Pass(tokens.access_token, said, asked_ms + life_ms // 2, asked_ms + life_ms)


def _life_ms(tokens: Tokens) -> int | None:
    """How long the token lives, counted from when we asked: this computer's clock may be wrong."""
    issued_s, expires_s = _times(tokens.access_token)
    if issued_s is not None and expires_s is not None and expires_s > issued_s:
        return (expires_s - issued_s) * 1000
    return tokens.expires_in_s * 1000 if tokens.expires_in_s else None


def _times(bearer: str) -> tuple[int | None, int | None]:
    try:
        said = claims(bearer)
    except UnreadableToken:
        # A token need not be one that we can read.
        return None, None
    return said.issued_at_s, said.expires_at_s


def _is_past(moment_ms: int | None, now_ms: int) -> bool:
    return moment_ms is not None and now_ms >= moment_ms

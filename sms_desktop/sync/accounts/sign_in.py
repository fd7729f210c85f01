"""What is typed to sign in: whether it can be right, whether Kandy takes it, and if not, which part.

No Qt. Every way in which a sign-in can fail becomes one sentence about one ``Part``.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from sms_desktop.domain.account import AccountKind
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import Slip, SmsDesktopError
from sms_desktop.domain.setting_up import Part, SignIn, SignInFindings
from sms_desktop.net import errors
from sms_desktop.net.base_url import checked_base_url, is_loopback_url

if TYPE_CHECKING:
    from sms_desktop.wire.claims import Claims

CLOCK_TOLERANCE_MS: Final = 5 * 60_000

_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff"
_BLANK: Final = re.compile(rf"[\s{_INVISIBLE}]")
_NAMES: Final = {
    AccountKind.PROJECT: ("private project key", "private project secret"),
    AccountKind.USER: ("account client ID", "password"),
}


class SignInTrouble(SmsDesktopError):
    """Signing in, or keeping the account, is not possible; the sentence is about ``part``."""

    def __init__(self, part: Part, sentence: str) -> None:
        super().__init__(sentence)
        self.part = part


class SignInSlip(SignInTrouble, Slip):
    """What was typed cannot be right; nobody was asked."""


class SigningIn(Protocol):
    """What a check needs of a ``KandyClient``."""

    @property
    def clock_offset_ms(self) -> int | None:
        """Kandy's clock minus ours."""
        ...

    async def sign_in(self) -> "Claims":
        """Sign in; raises ``NetError``."""
        ...

    async def aclose(self) -> None:
        """Drop the connections."""
        ...


MakeSigningIn = Callable[[str, str, str, str], SigningIn]
"""From base URL, client id, e-mail (empty for a project) and secret."""


def tidied(typed: SignIn) -> SignIn:
    """Without the blanks, line ends and invisible characters that copying adds at both ends."""
    return replace(
        typed,
        base_url=_stripped(typed.base_url),
        client_id=_stripped(typed.client_id),
        email=_stripped(typed.email) if typed.kind is AccountKind.USER else "",
        secret=_stripped(typed.secret),
    )


def problems(typed: SignIn, *, may_lack_secret: bool = False) -> dict[Part, str]:
    """What can be seen to be wrong without asking anybody: a sentence for each part of a form.

    ``may_lack_secret``: an empty secret stands for the one that is kept already.
    """
    found: dict[Part, str] = {}
    for part, sentence in _problems(tidied(typed), may_lack_secret):
        found.setdefault(part, sentence)
    return found


def checked(asked: SignIn, *, may_lack_secret: bool = False) -> str:
    """The checked base URL of what may be asked of Kandy; raises ``SignInSlip``."""
    for part, sentence in problems(asked, may_lack_secret=may_lack_secret).items():
        raise SignInSlip(part, sentence)
    return checked_base_url(asked.base_url)


def is_loopback(base_url: str) -> bool:
    """Whether a base URL, typed perhaps without scheme, means this computer."""
    try:
        return is_loopback_url(checked_base_url(base_url))
    except errors.BadBaseUrl:
        return False


def trouble_of(error: SmsDesktopError) -> SignInTrouble:
    """The same error as a sentence about the part of the form that has to be changed."""
    if isinstance(error, SignInTrouble):
        return error
    part = next((part for kinds, part in _PARTS if isinstance(error, kinds)), Part.WHOLE)
    kind = SignInSlip if isinstance(error, Slip) else SignInTrouble
    return kind(part, _sentence(error))


async def check(typed: SignIn, make_client: MakeSigningIn, now_ms: NowMs) -> SignInFindings:
    """Sign in once and keep nothing; raises ``SignInTrouble``."""
    asked = tidied(typed)
    base_url = checked(asked)
    client = make_client(base_url, asked.client_id, asked.email, asked.secret)
    try:
        claims = await client.sign_in()
        offset_ms = _clock_offset_ms(client, claims, now_ms())
    except errors.NetError as error:
        raise trouble_of(error) from error
    finally:
        await client.aclose()
    return SignInFindings(base_url, claims.user_id, claims.numbers, clock_trouble(offset_ms))


def clock_trouble(offset_ms: int | None) -> str:
    """A sentence where Kandy's clock and ours (``offset_ms``: theirs minus ours) differ too much."""
    if offset_ms is None or abs(offset_ms) <= CLOCK_TOLERANCE_MS:
        return ""
    side = "behind" if offset_ms > 0 else "ahead of"
    return (
        f"This computer's clock is {_duration(abs(offset_ms))} {side} Kandy's. Let the system set "
        "date and time by itself, then check again; else times will be shown wrong, and secure "
        "connections may fail."
    )


def _clock_offset_ms(client: SigningIn, claims: "Claims", now_ms: int) -> int | None:
    if client.clock_offset_ms is not None:
        return client.clock_offset_ms
    # Without a Date header, the token says when it was made, which was a moment ago.
    return None if claims.issued_at_s is None else claims.issued_at_s * 1000 - now_ms


def _duration(ms: int) -> str:
    minutes = round(ms / 60_000)
    for unit, length in (("day", 24 * 60), ("hour", 60)):
        if minutes >= 2 * length:
            return f"{round(minutes / length)} {unit}s"
    return f"{minutes} minutes"


def _stripped(text: str) -> str:
    return text.strip().strip(_INVISIBLE).strip()


def _problems(typed: SignIn, may_lack_secret: bool) -> Iterator[tuple[Part, str]]:
    is_project = typed.kind is AccountKind.PROJECT
    client_id, secret = _NAMES[typed.kind]
    try:
        checked_base_url(typed.base_url)
    except errors.BadBaseUrl as error:
        yield Part.BASE_URL, error.text()
    if is_project and "@" in typed.client_id:
        yield (
            Part.CLIENT_ID,
            "This looks like an e-mail address. To sign in with one, choose “User” above.",
        )
    yield from ((Part.CLIENT_ID, s) for s in _key_problems(typed.client_id, client_id))
    if not is_project:
        yield from ((Part.EMAIL, s) for s in _email_problems(typed.email))
    if not typed.secret and not may_lack_secret:
        yield Part.SECRET, f"The {secret} is missing."
    if is_project and typed.secret:
        yield from ((Part.SECRET, s) for s in _key_problems(typed.secret, secret))


def _key_problems(text: str, name: str) -> Iterator[str]:
    if not text:
        yield f"The {name} is missing."
    if _BLANK.search(text):
        yield f"The {name} has a blank in the middle. Copy it once more, and nothing else with it."
    if not text.isascii():
        yield f"The {name} has a character that no key has. Copy it straight from Kandy's portal."


def _email_problems(email: str) -> Iterator[str]:
    if not email:
        yield "The e-mail address is missing."
    elif _BLANK.search(email) or not re.fullmatch(r"[^@]+@[^@]+", email):
        yield "This is not an e-mail address. Kandy knows users by theirs, such as ann@example.com."


def _sentence(error: SmsDesktopError) -> str:
    if isinstance(error, errors.RateLimited):
        wait_s = round(error.retry_after_s or 0)
        again = f"in {wait_s} seconds" if wait_s else "in a minute"
        return f"Kandy has had too many sign-ins and asks to slow down. Try again {again}."
    return error.text()


# The first that fits counts; what is not here concerns the whole.
_PARTS: Final[tuple[tuple[tuple[type[SmsDesktopError], ...], Part], ...]] = (
    ((errors.NotKandy, errors.BadBaseUrl), Part.BASE_URL),
    ((errors.WrongKindOfAccount,), Part.KIND),
    ((errors.NoUserInToken,), Part.CLIENT_ID),
    ((errors.SignInRefused,), Part.SECRET),
    ((errors.UnknownTunnel, errors.TunnelNotAllowed), Part.WAY),
    (
        (errors.Unreachable, errors.NoAnswer, errors.SignInUnreadable, errors.Unreadable),
        Part.BASE_URL,
    ),
)

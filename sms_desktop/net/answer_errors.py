"""From an answer's status to an error, which decides whether a text may be sent again."""

from email.utils import parsedate_to_datetime

from sms_desktop.net.errors import (
    KandyBroken,
    NetError,
    NotAssigned,
    RateLimited,
    Refused,
    Unreadable,
)
from sms_desktop.net.http import Answer
from sms_desktop.wire.failures import failure


def refusal(answer: Answer, *, about_number: bool = False) -> NetError | None:
    """The error that an answer means; ``None`` for success.

    ``about_number``: the request names an own number, so that 403 means "not yours". A status that
    does not say for sure that nothing was done (3xx, 408, 5xx) counts as "may have left".
    """
    status = answer.http_status
    if 200 <= status < 300:
        return None
    if status == 429:
        return RateLimited(retry_after_s(answer))
    said = failure(status, answer.body)
    if status == 408 or status >= 500:
        return KandyBroken(status, said.code, said.message, retry_after_s(answer))
    if status < 400:
        return Unreadable("The server points to another address. Is the account's base URL right?")
    kind = NotAssigned if status == 403 and about_number else Refused
    return kind(status, said.code, said.message)


def date_ms(answer: Answer) -> int | None:
    """The server's clock when it answered, in milliseconds since the epoch."""
    return _http_date_ms(answer.headers.get("Date", ""))


def retry_after_s(answer: Answer) -> float | None:
    """How long to wait; the header holds seconds or a date. ``None`` where it says nothing."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        # Nobody waits longer than a day because a server miscounted.
        return float(min(int(said[:9]), 86_400))
    until_ms, now_ms = _http_date_ms(said), date_ms(answer)
    if until_ms is None or now_ms is None:
        return None
    return min(max(0.0, (until_ms - now_ms) / 1000), 86_400.0)


def _http_date_ms(text: str) -> int | None:
    if not text:
        return None
    try:
        return round(parsedate_to_datetime(text).timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return None

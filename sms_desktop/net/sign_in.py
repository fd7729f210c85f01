"""Why Kandy did not let an account in."""

from typing import Final

from sms_desktop.net.answer_errors import refusal
from sms_desktop.net.credentials import Credentials, ProjectCredentials
from sms_desktop.net.errors import (
    NetError,
    NotKandy,
    Refused,
    SignInRefused,
    WrongKindOfAccount,
    WrongPassword,
    WrongProjectSecret,
)
from sms_desktop.net.http import Answer
from sms_desktop.wire.failures import failure

_WRONG_KIND: Final = (
    "unsupported_grant_type",
    "grant type",
    "grant_type",
    "not allowed for",
    "not enabled",
    "secret not provided",
)
"""Marks of it; the code alone will not do: ``unauthorized_client`` is said for a wrong secret too."""


def sign_in_error(answer: Answer, credentials: Credentials) -> NetError | None:
    """The error that the answer to a sign-in means; ``None`` when it brought tokens."""
    error = refusal(answer)
    if not isinstance(error, Refused):
        return error
    said = failure(answer.http_status, answer.body)
    return _kind(answer, f"{said.code} {said.message}".lower(), credentials)(
        said.http_status, said.code, said.message
    )


def _kind(answer: Answer, said: str, credentials: Credentials) -> type[SignInRefused]:
    if answer.http_status in (404, 405):
        return NotKandy
    if any(word in said for word in _WRONG_KIND):
        return WrongKindOfAccount
    if answer.http_status not in (400, 401):
        return SignInRefused
    return WrongProjectSecret if isinstance(credentials, ProjectCredentials) else WrongPassword

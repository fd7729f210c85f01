"""What Kandy says when it says no: HTTP status and body, in the shapes that Kandy uses."""

from collections.abc import Mapping, Sequence

from sms_desktop.domain.errors import SmsDesktopError


class Refusal(SmsDesktopError):
    """An answer of 400 or above; ``body`` is what the client gets as JSON (``None``: nothing)."""

    sentence = "The simulated Kandy refused a request."

    def __init__(
        self,
        http_status: int,
        body: Mapping[str, object] | None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(self.sentence)
        self.http_status = http_status
        self.body = body
        self.headers = dict(headers or {})


def request_error(
    kind: str, code: str, text: str, variables: Sequence[str]
) -> dict[str, dict[str, dict[str, object]]]:
    """The body of a request error; ``kind`` is ``serviceException`` or ``policyException``."""
    return {"requestError": {kind: {"messageId": code, "text": text, "variables": [*variables]}}}


def invalid_input(part: str) -> Refusal:
    """400: a part of the request is missing or makes no sense."""
    text = "Invalid input value for message part %1"
    return Refusal(400, request_error("serviceException", "SVC0002", text, [part]))


def too_many_addresses() -> Refusal:
    """400: version 1 takes one destination for each send, although ``address`` is a list."""
    text = "Too many addresses specified in message part %1"
    return Refusal(400, request_error("policyException", "POL0003", text, ["address"]))


def not_found(part: str) -> Refusal:
    """404: there is no such thing (any more)."""
    text = "No resource found for message part %1"
    return Refusal(404, request_error("serviceException", "SVC0004", text, [part]))


def forbidden(part: str) -> Refusal:
    """403: a number, or a user, that does not belong to who asks."""
    text = "A policy error occurred. %1 is not assigned to the user"
    return Refusal(403, request_error("policyException", "POL0001", text, [part]))


def unauthorized() -> Refusal:
    """401: no token, an unknown one, or one that has run out."""
    return Refusal(401, {"message": "Unauthorized"})


def sign_in_refused(error: str, description: str, http_status: int = 401) -> Refusal:
    """The token request's own shape of no."""
    return Refusal(http_status, {"error": error, "error_description": description})

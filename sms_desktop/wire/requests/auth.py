"""Requests that sign in; the only ones that go out without a token."""

from typing import Final

from sms_desktop.wire.requests.request import Request
from sms_desktop.wire.text import storable

_TOKEN_PATH: Final = "/cpaas/auth/v1/token"  # noqa: S105 - an address, not a secret.


def sign_in_project(client_id: str, client_secret: str) -> Request:
    """Signs in as a project, with its private key and secret."""
    return _token(client_id=client_id, client_secret=client_secret, grant_type="client_credentials")


def sign_in_user(client_id: str, username: str, password: str) -> Request:
    """Signs in as a user: the account's client id, the user's e-mail address and password."""
    return _token(client_id=client_id, username=username, password=password, grant_type="password")


def _token(**form: str) -> Request:
    # "openid" asks for the id token, which names the user id and the numbers.
    fields = {name: storable(value) for name, value in form.items()}
    return Request("POST", _TOKEN_PATH, form={**fields, "scope": "openid"})

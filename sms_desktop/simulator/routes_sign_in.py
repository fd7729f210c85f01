"""The token route: both ways to sign in."""

from collections.abc import Mapping

from aiohttp import web

from sms_desktop.simulator.accounts import SimulatedAccount
from sms_desktop.simulator.kandy import Kandy
from sms_desktop.simulator.refusals import sign_in_refused
from sms_desktop.simulator.tokens import TokenOffice


class SignInRoutes:
    """``POST /cpaas/auth/v1/token``, form-encoded."""

    def __init__(self, kandy: Kandy, tokens: TokenOffice) -> None:
        self._kandy = kandy
        self._tokens = tokens

    def routes(self) -> list[web.RouteDef]:
        """The routes to add to the application."""
        return [web.post("/cpaas/auth/v1/token", self.token, name="token")]

    async def token(self, request: web.Request) -> web.Response:
        """Tokens for a project or a user; 400 and 401 in the token route's own shape."""
        form = {
            key: value for key, value in (await request.post()).items() if isinstance(value, str)
        }
        grant = form.get("grant_type", "")
        account = self._account(grant, form)
        answer = self._tokens.issue(account.user_id, account.numbers, refresh=grant == "password")
        return web.json_response(answer)

    def _account(self, grant: str, form: Mapping[str, str]) -> SimulatedAccount:
        client_id = form.get("client_id", "")
        if form.get("scope") != "openid":
            raise sign_in_refused("invalid_scope", "The scope openid is missing", 400)
        if grant == "client_credentials":
            return self._kandy.sign_in_project(client_id, form.get("client_secret", ""))
        if grant == "password":
            email, password = form.get("username", ""), form.get("password", "")
            return self._kandy.sign_in_user(client_id, email, password)
        raise sign_in_refused("unsupported_grant_type", "Unsupported grant_type", 400)

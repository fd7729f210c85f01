"""What every Kandy request passes: counting, ordered faults, the token, and the answer's way out."""

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from aiohttp import hdrs, web

from sms_desktop.domain.clock import NowMs
from sms_desktop.simulator.accounts import SimulatedAccount
from sms_desktop.simulator.faults import Fault, Faults
from sms_desktop.simulator.journal import Journal
from sms_desktop.simulator.kandy import Kandy
from sms_desktop.simulator.network import Network
from sms_desktop.simulator.refusals import Refusal, forbidden, request_error, unauthorized
from sms_desktop.simulator.tokens import TokenOffice

_log = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Sleep = Callable[[float], Awaitable[None]]

CONTROL_PREFIX: Final = "/simulator"
_ACCOUNT: Final = web.RequestKey("account", SimulatedAccount)
_AFTERWARDS: Final = web.RequestKey[list[Callable[[], None]]]("afterwards")


def account_of(request: web.Request) -> SimulatedAccount:
    """The account whose token a request carries."""
    return request[_ACCOUNT]


def afterwards(request: web.Request, work: Callable[[], None]) -> None:
    """Have ``work`` done once the answer has left, or was lost."""
    request[_AFTERWARDS].append(work)


class RequestGate:
    """Goes around the Kandy routes as an aiohttp middleware; the control routes pass untouched."""

    def __init__(
        self,
        kandy: Kandy,
        tokens: TokenOffice,
        faults: Faults,
        journal: Journal,
        network: Network,
        now_ms: NowMs,
        sleep: Sleep,
    ) -> None:
        self._kandy = kandy
        self._tokens = tokens
        self._faults = faults
        self._journal = journal
        self._network = network
        self._now_ms = now_ms
        self._sleep = sleep

    @web.middleware
    async def let_through(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """The middleware: one request."""
        if request.path.startswith(CONTROL_PREFIX):
            return await handler(request)
        route = request.match_info.route.name or "unknown"
        request[_AFTERWARDS] = []
        self._journal.request(route)
        if not self._network.is_up or self._faults.take("cut", route):
            return self._cut(request, route)
        if late := self._faults.take("delay-request", route):
            await self._sleep(late.delay_s)
        try:
            answer = await self._answer(request, handler, route)
        except ConnectionError:
            _log.info("A client went away in the middle of its request (%s)", route)
            return self._cut(request, route)
        return await self._let_out(request, answer, route)

    async def _answer(
        self, request: web.Request, handler: Handler, route: str
    ) -> web.StreamResponse:
        if fault := self._faults.take("status", route):
            return _broken(fault)
        if fault := self._faults.take("refuse", route):
            return _refused(fault)
        try:
            self._identify(request, route)
            answer = await handler(request)
        except Refusal as refusal:
            return refusal_response(refusal)
        except web.HTTPException as problem:
            return web.json_response({"message": problem.reason}, status=problem.status)
        if fault := self._faults.take("status-after", route):
            return _broken(fault)
        if self._faults.take("broken-body", route):
            return web.Response(status=answer.status, body=b"<html>\xff not what you expect")
        return answer

    def _identify(self, request: web.Request, route: str) -> None:
        user_id = request.match_info.get("user_id")
        if user_id is None:
            return
        scheme, _, token = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        if route == "websocket":
            token = request.query.get("access_token", "")
        elif scheme.lower() != "bearer":
            raise unauthorized()
        if self._tokens.user_of(token.strip()) != user_id:
            raise forbidden("userId")
        request[_ACCOUNT] = self._kandy.account(user_id)

    async def _let_out(
        self, request: web.Request, answer: web.StreamResponse, route: str
    ) -> web.StreamResponse:
        if late := self._faults.take("delay-answer", route):
            await self._sleep(late.delay_s)
        if self._faults.take("hold-answer", route):
            await self._faults.until_released()
        if self._faults.take("drop-answer", route) or not self._network.is_up:
            return self._cut(request, route)
        if not answer.prepared:
            answer.headers[hdrs.DATE] = _http_date(self._now_ms())
            answer.headers[hdrs.SERVER] = "kandy"
        try:
            await answer.prepare(request)
            await answer.write_eof()
        except ConnectionError:
            _log.info("A client went away before its answer (%s)", route)
        self._end(request, route, str(answer.status))
        return answer

    def _cut(self, request: web.Request, route: str) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        self._end(request, route, "cut")
        return web.Response()

    def _end(self, request: web.Request, route: str, outcome: str) -> None:
        self._journal.answer(route, outcome)
        for work in request[_AFTERWARDS]:
            work()


@web.middleware
async def answer_refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    """An aiohttp middleware: a refusal of a control route is an HTTP answer too."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return refusal_response(refusal)


def refusal_response(refusal: Refusal) -> web.Response:
    """A refusal as an HTTP answer."""
    if refusal.body is None:
        return web.Response(status=refusal.http_status, headers=refusal.headers)
    return web.json_response(refusal.body, status=refusal.http_status, headers=refusal.headers)


def _broken(fault: Fault) -> web.Response:
    headers = {} if fault.retry_after_s is None else {"Retry-After": str(fault.retry_after_s)}
    if fault.status >= 500:
        return web.Response(status=fault.status, headers=headers, text="Bad gateway")
    reason = {401: "Unauthorized", 429: "Too Many Requests"}.get(fault.status, "Refused")
    return web.json_response({"message": reason}, status=fault.status, headers=headers)


def _refused(fault: Fault) -> web.Response:
    kind = "policyException" if fault.policy else "serviceException"
    body = request_error(kind, fault.code, fault.text, fault.variables)
    return web.json_response(body, status=fault.status if fault.status < 500 else 400)


def _http_date(now_ms: int) -> str:
    return format_datetime(datetime.fromtimestamp(now_ms // 1000, UTC), usegmt=True)

"""Routes for texts: send, threads, messages, status, delete."""

from functools import partial

from aiohttp import web

from sms_desktop.domain.address import Address, canonical
from sms_desktop.simulator import bodies
from sms_desktop.simulator.addresses import destination
from sms_desktop.simulator.carrier import Carrier
from sms_desktop.simulator.faults import Faults
from sms_desktop.simulator.kandy import Kandy
from sms_desktop.simulator.middleware import account_of, afterwards
from sms_desktop.simulator.notification_delivery import NotificationDelivery
from sms_desktop.simulator.paging import page_query
from sms_desktop.simulator.paths import SMS
from sms_desktop.simulator.reading import json_body, optional_text, part, text_of
from sms_desktop.simulator.refusals import invalid_input

_USER = SMS + "/{user_id}"
_REMOTES = _USER + "/remoteAddresses"
_REMOTE = _REMOTES + "/{remote}"
_THREAD = _REMOTE + "/localAddresses/{local}"
_MESSAGE = _THREAD + "/messages/{message_id}"


class MessageRoutes:
    """``/cpaas/smsmessaging/v1/{user_id}/outbound/{sender}/requests`` and ``…/remoteAddresses…``."""

    def __init__(
        self, kandy: Kandy, carrier: Carrier, courier: NotificationDelivery, faults: Faults
    ) -> None:
        self._kandy = kandy
        self._carrier = carrier
        self._courier = courier
        self._faults = faults
        self.history_in_seconds = False

    def routes(self) -> list[web.RouteDef]:
        """The routes to add to the application."""
        return [
            web.post(_USER + "/outbound/{sender}/requests", self.send, name="send"),
            web.get(_REMOTES, self.threads, name="threads"),
            web.get(_REMOTE, self.threads, name="remote-threads"),
            web.get(_THREAD, self.thread, name="thread"),
            web.get(_THREAD + "/messages", self.messages, name="messages"),
            web.get(_MESSAGE + "/status", self.status, name="status"),
            web.delete(_THREAD, self.delete, name="delete-thread"),
            web.delete(_MESSAGE, self.delete, name="delete-message"),
        ]

    async def send(self, request: web.Request) -> web.Response:
        """Accept one text for one destination; other devices learn of it after the answer left."""
        account = account_of(request)
        local = account.sender(request.match_info["sender"])
        body = part((await json_body(request)).get("outboundSMSMessageRequest"), "body")
        remote = destination(body.get("address"))
        text = text_of(part(body.get("outboundSMSTextMessage"), "message"), "message")
        message, notices = self._carrier.send(account, local, remote, text)
        if self._faults.take("notification-first", "outbound"):
            await self._courier.deliver(notices)
        else:
            afterwards(request, partial(self._courier.post, notices))
        afterwards(request, partial(self._carrier.carry, account, message))
        given = _first(body.get("address"))
        correlator = optional_text(body, "clientCorrelator")
        answer = bodies.sent(account.user_id, message, given, correlator)
        return web.json_response(answer, status=201)

    async def threads(self, request: web.Request) -> web.Response:
        """One page of all threads, or of those with one remote address."""
        account = account_of(request)
        raw = request.match_info.get("remote")
        remote = None if raw is None else canonical(raw)
        page = account.messages.threads(page_query(request.query), remote)
        return web.json_response(bodies.thread_list(account.user_id, page))

    async def thread(self, request: web.Request) -> web.Response:
        """One thread."""
        account = account_of(request)
        summary = account.messages.thread(*_ends(request))
        return web.json_response({"smsThread": bodies.thread(account.user_id, summary)})

    async def messages(self, request: web.Request) -> web.Response:
        """One page of a thread's messages, which are not new from then on."""
        account = account_of(request)
        remote, local = _ends(request)
        page = account.messages.pull(remote, local, page_query(request.query))
        in_seconds = self.history_in_seconds
        answer = bodies.message_list(account.user_id, remote, local, page, in_seconds=in_seconds)
        return web.json_response(answer)

    async def status(self, request: web.Request) -> web.Response:
        """How far one message has come."""
        box = account_of(request).messages
        message = box.find(*_ends(request), request.match_info["message_id"])
        return web.json_response({"status": message.status.value})

    async def delete(self, request: web.Request) -> web.Response:
        """Delete a message or a thread; every subscribed device gets the event."""
        remote, local = _ends(request)
        message_id = request.match_info.get("message_id")
        notices = self._kandy.delete(account_of(request), remote, local, message_id)
        afterwards(request, partial(self._courier.post, notices))
        return web.Response(status=204)


def _ends(request: web.Request) -> tuple[Address, Address]:
    return canonical(request.match_info["remote"]), canonical(request.match_info["local"])


def _first(addresses: object) -> str:
    if isinstance(addresses, list) and addresses and isinstance(addresses[0], str):
        return addresses[0]
    raise invalid_input("address")

"""The websocket of a channel: text frames, one notification each, and checks of the connection."""

import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from aiohttp import WSMessage, WSMsgType, web

from sms_desktop.simulator.background_tasks import BackgroundTasks
from sms_desktop.simulator.channels import Channel, ChannelKind
from sms_desktop.simulator.middleware import account_of
from sms_desktop.simulator.notification_delivery import NotificationDelivery
from sms_desktop.simulator.paths import CHANNELS
from sms_desktop.simulator.refusals import not_found

_DEAD_AFTER: Final = 3
_CHECK: Final = "connCheck"
_ACK: Final = "connAck"


class WebsocketRoutes:
    """``GET …/channels/{id}/websocket?access_token=…``.

    ``interval_s``: how often the server checks, where that is its role. ``acknowledges``: whether
    it answers the client's checks (a test of a dead connection turns this off).
    """

    def __init__(
        self,
        courier: NotificationDelivery,
        errands: BackgroundTasks,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._courier = courier
        self._errands = errands
        self._sleep = sleep
        self.interval_s = 30.0
        self.acknowledges = True

    def routes(self) -> list[web.RouteDef]:
        """The routes to add to the application."""
        path = CHANNELS + "/{user_id}/channels/{id}/websocket"
        return [web.get(path, self.connect, name="websocket")]

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, until either side ends it."""
        channel = account_of(request).channels.find(request.match_info["id"])
        if channel.kind is not ChannelKind.WEBSOCKET:
            raise not_found("channelId")
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._courier.attach(channel.channel_id, socket)
        try:
            await self._serve(channel, socket)
        finally:
            self._courier.detach(channel.channel_id, socket)
            await socket.close()
        return socket

    async def _serve(self, channel: Channel, socket: web.WebSocketResponse) -> None:
        misses = _Misses()
        checks = None
        if channel.check_role == "server":
            checks = self._errands.run(self._check(socket, misses), "connection checks")
        try:
            async for frame in socket:
                await self._read(frame, socket, misses)
        finally:
            if checks is not None:
                checks.cancel()

    async def _read(
        self, frame: WSMessage, socket: web.WebSocketResponse, misses: "_Misses"
    ) -> None:
        keys = _keys(frame)
        if _CHECK in keys and self.acknowledges:
            # Who has just gone needs no answer.
            with suppress(ConnectionError):
                await socket.send_str(json.dumps({_ACK: {}}))
        if _ACK in keys:
            misses.count = 0

    async def _check(self, socket: web.WebSocketResponse, misses: "_Misses") -> None:
        while misses.count < _DEAD_AFTER:
            # Kandy says 30, not 30.0; what is no whole number of seconds only tests ask for.
            whole = self.interval_s.is_integer()
            said = int(self.interval_s) if whole else self.interval_s
            await socket.send_str(json.dumps({_CHECK: {"interval": said}}))
            misses.count += 1
            await self._sleep(self.interval_s)
        await socket.close(code=1001, message=b"connection check missed")


class _Misses:
    """Checks in a row that the client has not acknowledged."""

    def __init__(self) -> None:
        self.count = 0


def _keys(frame: WSMessage) -> frozenset[str]:
    if frame.type is not WSMsgType.TEXT:
        return frozenset()
    try:
        body = json.loads(frame.data)
    except (ValueError, RecursionError):
        return frozenset()
    return frozenset(body) if isinstance(body, dict) else frozenset()

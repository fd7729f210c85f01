"""Hands notifications over: webhook calls, one try each, or frames of a websocket, in order."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterable

import aiohttp
from aiohttp import web

from sms_desktop.simulator.background_tasks import BackgroundTasks
from sms_desktop.simulator.channels import Channel, ChannelKind
from sms_desktop.simulator.faults import Faults
from sms_desktop.simulator.journal import DeliveryAttempt, Journal
from sms_desktop.simulator.kandy import Kandy
from sms_desktop.simulator.network import Network
from sms_desktop.simulator.notifications import Notification
from sms_desktop.simulator.refusals import Refusal

_log = logging.getLogger(__name__)
Sleep = Callable[[float], Awaitable[None]]


class NotificationDelivery:
    """One queue for each channel, worked off by ``lanes`` workers (1 keeps the order)."""

    def __init__(
        self,
        kandy: Kandy,
        faults: Faults,
        journal: Journal,
        errands: BackgroundTasks,
        network: Network,
        sleep: Sleep,
    ) -> None:
        self._kandy = kandy
        self._faults = faults
        self._journal = journal
        self._errands = errands
        self._network = network
        self._sleep = sleep
        self._queues: dict[str, asyncio.Queue[Notification]] = {}
        self._sockets: dict[str, list[web.WebSocketResponse]] = {}
        self._shuffled: list[Notification] = []
        self._turning: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None
        self.lanes = 1
        self.timeout_s = 10.0
        self.sends_authorization = True

    def post(self, notices: Iterable[Notification]) -> None:
        """Hand over soon, as the ordered faults allow."""
        for notice in notices:
            self._post(notice)

    async def deliver(self, notices: Iterable[Notification]) -> None:
        """Hand over now, and return when each was tried."""
        for notice in notices:
            await self._try(notice)

    def attach(self, channel_id: str, socket: web.WebSocketResponse) -> None:
        """A client connected to a websocket channel."""
        self._sockets.setdefault(channel_id, []).append(socket)
        self._journal.changes.note()

    def detach(self, channel_id: str, socket: web.WebSocketResponse) -> None:
        """It is gone."""
        self._sockets[channel_id].remove(socket)
        self._journal.changes.note()

    def connected(self, channel_id: str) -> tuple[web.WebSocketResponse, ...]:
        """The connections that a websocket channel has now."""
        return tuple(self._sockets.get(channel_id, ()))

    async def hang_up(self, channel_ids: Iterable[str]) -> None:
        """Close the connections of websocket channels."""
        for channel_id in channel_ids:
            for socket in self.connected(channel_id):
                await socket.close()

    async def drop_connections(self) -> None:
        """Cut the webhook calls that are under way."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    def _post(self, notice: Notification) -> None:
        take = self._faults.take
        if take("drop-notification", notice.kind):
            self._note(notice, "dropped")
        elif take("hold-notification", notice.kind):
            self._errands.run(self._post_when_released(notice), "held notification")
        elif delay := take("delay-notification", notice.kind):
            self._errands.run(self._post_later(notice, delay.delay_s), "late notification")
        elif shuffle := take("reorder-notifications", notice.kind):
            self._shuffle(notice, shuffle.window)
        elif repeat := take("repeat-notification", notice.kind):
            for _ in range(repeat.copies):
                self._enqueue(notice)
        else:
            self._enqueue(notice)

    def _shuffle(self, notice: Notification, window: int) -> None:
        if not self._shuffled:
            waiting = self._turn_when_released()
            self._turning = self._errands.run(waiting, "reordered notifications")
        self._shuffled.append(notice)
        if len(self._shuffled) >= window:
            self._turn()
            if self._turning is not None:
                self._turning.cancel()

    def _turn(self) -> None:
        shuffled, self._shuffled = self._shuffled, []
        for notice in reversed(shuffled):
            self._enqueue(notice)

    async def _turn_when_released(self) -> None:
        await self._faults.until_released()
        self._turn()

    async def _post_when_released(self, notice: Notification) -> None:
        await self._faults.until_released()
        self._enqueue(notice)

    async def _post_later(self, notice: Notification, delay_s: float) -> None:
        await self._sleep(delay_s)
        self._enqueue(notice)

    def _enqueue(self, notice: Notification) -> None:
        queue = self._queues.get(notice.channel_id)
        if queue is None:
            queue = self._queues[notice.channel_id] = asyncio.Queue()
            for _ in range(self.lanes):
                self._errands.run(self._work(queue), f"channel {notice.channel_id}")
        queue.put_nowait(notice)

    async def _work(self, queue: asyncio.Queue[Notification]) -> None:
        while True:
            await self._try(await queue.get())

    async def _try(self, notice: Notification) -> None:
        self._note(notice, await self._outcome(notice))

    async def _outcome(self, notice: Notification) -> str:
        if not self._network.is_up:
            return "network-down"
        try:
            channel = self._kandy.account(notice.user_id).channels.find(notice.channel_id)
        except Refusal:
            return "no-channel"
        if channel.kind is ChannelKind.WEBHOOK:
            return await self._call(channel, notice)
        return await self._frame(notice)

    async def _call(self, channel: Channel, notice: Notification) -> str:
        headers = {"Content-Type": "application/json"}
        if channel.authorization and self.sends_authorization:
            headers["Authorization"] = channel.authorization
        body = json.dumps(notice.body).encode()
        try:
            async with self._open_session().post(
                channel.url, data=body, headers=headers, allow_redirects=False
            ) as answer:
                await answer.read()
                return str(answer.status)
        except aiohttp.ClientConnectorError:
            return "unreachable"
        except (aiohttp.ClientError, TimeoutError, RuntimeError) as error:
            _log.info("A webhook call got no answer: %s", type(error).__name__)
            return "no-answer"

    async def _frame(self, notice: Notification) -> str:
        sockets = self.connected(notice.channel_id)
        if not sockets:
            return "not-connected"
        for socket in sockets:
            try:
                await socket.send_str(json.dumps(notice.body))
            except ConnectionError:
                return "not-connected"
        return "sent"

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=self.timeout_s)
            self._session = aiohttp.ClientSession(timeout=timeout)
        return self._session

    def _note(self, notice: Notification, outcome: str) -> None:
        self._journal.attempt(
            DeliveryAttempt(
                notice.notification_id, notice.kind, notice.channel_id, outcome, notice.message_id
            )
        )

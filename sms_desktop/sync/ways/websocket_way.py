"""A way in: Kandy sends frames over a websocket that we open; needs no public address."""

import logging
from typing import Final

from sms_desktop.net.errors import ChannelDied, NetError, Refused
from sms_desktop.net.kandy import KandyClient
from sms_desktop.net.websocket import WebsocketChannel
from sms_desktop.sync.receiving.our_channels import OurChannels
from sms_desktop.sync.running.backoff import Random, Sleep, delay_s
from sms_desktop.sync.running.tasks import until_one_ends
from sms_desktop.sync.ways.way_in import Take, WayEvents
from sms_desktop.wire.answers import Channel

_log = logging.getLogger(__name__)

_LIFETIME_S: Final = 3600


class WebsocketWay:
    """One channel and one websocket, from open to dead; keeps the channel alive meanwhile."""

    def __init__(
        self,
        our_channels: OurChannels,
        client: KandyClient,
        take: Take,
        sleep: Sleep,
        random: Random,
    ) -> None:
        self.title = "Kandy's websocket"
        self.listening_at = ""
        self._our_channels = our_channels
        self._client = client
        self._take = take
        self._sleep = sleep
        self._random = random

    async def run(self, tell: WayEvents) -> None:
        """Open both, tell once the websocket is open: subscribing earlier would lose what comes."""
        channel = await self._our_channels.make_websocket(_LIFETIME_S)
        try:
            socket = WebsocketChannel(
                await self._client.websocket_url(channel),
                on_frame=self._take,
                sleep=self._sleep,
                on_open=lambda: tell.opened(channel.channel_id),
            )
            await until_one_ends(socket.run(), self._renew(channel))
            raise ChannelDied("Kandy has closed the websocket channel.")
        finally:
            self._our_channels.let_go(channel.channel_id)

    async def _renew(self, channel: Channel) -> None:
        """Renew at half of the lifetime; one failure leaves time for more tries."""
        wait_s, failures = _LIFETIME_S / 2, 0
        while True:
            await self._sleep(wait_s)
            try:
                await self._client.renew_channel(channel, _LIFETIME_S)
            except Refused:
                # Kandy knows the channel no more: only a new one will do.
                raise ChannelDied from None
            except NetError as error:
                _log.info("the channel was not renewed: %s", type(error).__name__)
                failures += 1
                wait_s = delay_s(failures, self._random)
            else:
                wait_s, failures = _LIFETIME_S / 2, 0

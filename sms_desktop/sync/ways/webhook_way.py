"""A way in: Kandy calls a path of our listener, through a tunnel."""

from collections.abc import Callable, Mapping

from sms_desktop.domain.ids import ChannelId
from sms_desktop.net.errors import NotForUs, TunnelFailed
from sms_desktop.net.listener import WebhookListener
from sms_desktop.net.tunnels.models import Tunnel, Up
from sms_desktop.sync.receiving.call_proof import CallProof
from sms_desktop.sync.receiving.our_channels import OurChannels
from sms_desktop.sync.ways.way_in import Take, WayEvents


class WebhookWay:
    """One opening of the tunnel; each address that it gets has a channel and a path of its own.

    ``on_heard`` is called with the address by which Kandy has come in.
    """

    def __init__(
        self,
        our_channels: OurChannels,
        listener: WebhookListener,
        tunnel: Tunnel,
        take: Take,
        on_heard: Callable[[str], None],
    ) -> None:
        self.title = f"webhook through {tunnel.name}"
        self.listening_at = ""
        self._our_channels = our_channels
        self._listener = listener
        self._tunnel = tunnel
        self._take = take
        self._on_heard = on_heard
        self._url = ""
        self._channel_id: ChannelId | None = None
        self._paths: list[str] = []

    async def run(self, tell: WayEvents) -> None:
        """Listen, open the tunnel, and follow it from address to address."""
        port = await self._listener.start()
        self.listening_at = f"127.0.0.1:{port}"
        try:
            tell.opened(await self._channel_at(await self._tunnel.open(port)))
            async for event in self._tunnel.events():
                if isinstance(event, Up):
                    tell.opened(await self._channel_at(event.url))
                else:
                    tell.shut(event.error)
            raise TunnelFailed("The tunnel has ended.")
        finally:
            self._close_paths(but=0)
            self._let_go()
            await self._tunnel.close()

    async def _channel_at(self, url: str) -> ChannelId:
        """The channel that leads to this address; where the address is the same, so is the channel."""
        if self._channel_id is not None and url == self._url:
            return self._channel_id
        entrance = _Entrance(self._take, lambda: self._on_heard(url))
        path = self._listener.open_path(entrance.receive)
        self._paths.append(path)
        channel = await self._our_channels.make_webhook(url.rstrip("/") + path)
        entrance.proof = self._our_channels.proof_of(channel)
        # The old one goes as soon as every number stands on the new one, and no sooner.
        self._let_go()
        self._channel_id, self._url = channel.channel_id, url
        self._close_paths(but=2)
        return channel.channel_id

    def _let_go(self) -> None:
        if self._channel_id is not None:
            self._our_channels.let_go(self._channel_id)
            self._channel_id = None

    def _close_paths(self, *, but: int) -> None:
        """Close all but the newest; the last but one may still be called while numbers move over."""
        while len(self._paths) > but:
            self._listener.close_path(self._paths.pop(0))


class _Entrance:
    """What happens to a call of one path; without a ``proof`` yet, every call counts."""

    def __init__(self, take: Take, on_heard: Callable[[], None]) -> None:
        self._take = take
        self._on_heard = on_heard
        self.proof: CallProof | None = None

    async def receive(self, body: bytes, headers: Mapping[str, str]) -> None:
        proof = self.proof
        if proof is not None and not proof.admits(headers):
            raise NotForUs
        self._on_heard()
        await self._take(body)
        if proof is not None:
            await proof.write_down()

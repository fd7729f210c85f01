"""Notification channels of one account: where its notifications go."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sms_desktop.domain.clock import NowMs
from sms_desktop.simulator.refusals import not_found


class ChannelKind(StrEnum):
    """The two ways to be notified, in the words of Kandy's answers.

    Their case differs: the vendor's fixtures say ``Webhooks``, and the vendor's browser client
    closes a channel only where the answer said ``websockets``.
    """

    WEBHOOK = "Webhooks"
    WEBSOCKET = "websockets"


@dataclass(slots=True)
class Channel:
    """One channel; ``url`` is the webhook's, ``expires_at_ms`` and ``check_role`` a websocket's.

    ``check_role`` says who sends the ``connCheck`` frames: ``client`` or ``server``.
    """

    channel_id: str
    kind: ChannelKind
    correlator: str
    url: str = ""
    authorization: str | None = None
    lifetime_s: int = 0
    expires_at_ms: int | None = None
    check_role: str = "client"


class ChannelBook:
    """The channels that exist; a websocket's is gone when its lifetime is over."""

    def __init__(self, now_ms: NowMs, make_id: Callable[[], str]) -> None:
        self._now_ms = now_ms
        self._make_id = make_id
        self._channels: dict[str, Channel] = {}

    def add_webhook(self, url: str, authorization: str | None, correlator: str) -> Channel:
        """A channel that posts to ``url``."""
        channel_id = f"wh-{self._make_id()}"
        return self._add(Channel(channel_id, ChannelKind.WEBHOOK, correlator, url, authorization))

    def add_websocket(self, lifetime_s: int, check_role: str, correlator: str) -> Channel:
        """A channel that a client connects to; it lives for ``lifetime_s`` unless renewed."""
        channel = Channel(
            f"ws-{self._make_id()}", ChannelKind.WEBSOCKET, correlator, check_role=check_role
        )
        self._add(channel)
        return self.renew(channel.channel_id, lifetime_s)

    def renew(self, channel_id: str, lifetime_s: int) -> Channel:
        """Start a websocket channel's lifetime again; raises ``Refusal`` (404)."""
        channel = self.find(channel_id) if channel_id in self._channels else None
        if channel is None or channel.kind is not ChannelKind.WEBSOCKET:
            raise not_found("channelId")
        channel.lifetime_s = lifetime_s
        channel.expires_at_ms = self._now_ms() + lifetime_s * 1000
        return channel

    def find(self, channel_id: str) -> Channel:
        """One channel that is alive; raises ``Refusal`` (404)."""
        channel = self._channels.get(channel_id)
        if channel is None or self._is_over(channel):
            raise not_found("channelId")
        return channel

    def alive(self) -> tuple[Channel, ...]:
        """Every channel that is alive, oldest first."""
        return tuple(c for c in self._channels.values() if not self._is_over(c))

    def remove(self, channel_id: str) -> None:
        """Delete a channel; raises ``Refusal`` (404)."""
        self.find(channel_id)
        del self._channels[channel_id]

    def drop_expired(self) -> tuple[str, ...]:
        """Forget the channels whose lifetime is over; returns their ids."""
        over = tuple(c.channel_id for c in self._channels.values() if self._is_over(c))
        for channel_id in over:
            del self._channels[channel_id]
        return over

    def _add(self, channel: Channel) -> Channel:
        self._channels[channel.channel_id] = channel
        return channel

    def _is_over(self, channel: Channel) -> bool:
        return channel.expires_at_ms is not None and channel.expires_at_ms <= self._now_ms()

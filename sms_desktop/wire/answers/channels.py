"""Answers about notification channels."""

from dataclasses import dataclass, field

from sms_desktop.domain.ids import ChannelId
from sms_desktop.wire.answers.reading import one, several
from sms_desktop.wire.errors import UnreadableAnswer
from sms_desktop.wire.fields import Fields, fields, word
from sms_desktop.wire.paths import last_part


@dataclass(frozen=True, slots=True)
class Channel:
    """One notification channel.

    ``kind`` is ``webhooks`` or ``websockets``, or another word of Kandy's in lower case. ``url`` is
    what Kandy posts to, or what a websocket opens. ``authorization``: a secret that Kandy may send
    along with each webhook call; nobody promises that it does. ``correlator`` names the device
    that asked, where Kandy repeats it.
    """

    channel_id: ChannelId
    kind: str
    url: str | None
    authorization: str | None = field(repr=False)
    resource_url: str
    correlator: str = ""


def channel(body: bytes) -> Channel:
    """Reads one channel. Raises ``UnreadableAnswer``."""
    found = _channel(one(body, "notificationChannel"))
    if found is None:
        raise UnreadableAnswer("Kandy's answer does not name the channel.")
    return found


def channels(body: bytes) -> tuple[Channel, ...]:
    """Reads the list of channels, leaving out what makes no sense. Raises ``UnreadableAnswer``."""
    found, _, _ = several(body, "notificationChannelList", "notificationChannel")
    return tuple(read for read in map(_channel, found) if read is not None)


def channel_id_of(callback_url: str) -> ChannelId:
    """The id in a ``callbackURL`` or ``notifyURL``: the text itself, or the last part of a URL."""
    return ChannelId(last_part(callback_url) if "/" in callback_url else callback_url)


def _channel(item: Fields) -> Channel | None:
    resource_url = word(item, "resourceURL")
    channel_id = channel_id_of(word(item, "callbackURL")) or last_part(resource_url)
    if not channel_id:
        return None
    data = fields(item.get("channelData"))
    return Channel(
        channel_id=ChannelId(channel_id),
        kind=word(item, "channelType").lower(),
        url=word(data, "x-webhookURL", "channelURL") or None,
        authorization=word(data, "x-authorization") or None,
        resource_url=resource_url,
        correlator=word(item, "clientCorrelator"),
    )

"""Path parts and resource URLs: the ids and addresses that Kandy puts between slashes."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from sms_desktop.domain.address import Address, canonical
from sms_desktop.domain.ids import ChannelId, MessageId, SubscriptionId
from sms_desktop.wire.text import storable

_LITERAL: Final = "+:@"
"""Every client of the vendor leaves these as they are in a path, and the standard allows it."""

_ENCODED_PLUS: Final = re.compile(r"^((?:tel|sips?|sms):)?%2b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Resource:
    """What the path of a resource names; ``None`` where it names none."""

    remote: Address | None = None
    local: Address | None = None
    message_id: MessageId | None = None
    subscription_id: SubscriptionId | None = None
    channel_id: ChannelId | None = None


def encode(part: str) -> str:
    """One part of a path, percent-encoded; a leading ``+`` stays literal.

    Raises ``ValueError`` for an empty part: without its last part, the request that deletes one
    message is the one that deletes its whole thread.
    """
    if not part:
        raise ValueError("a part of a path must not be empty")
    if set(part) == {"."}:
        # "." and ".." would climb to another resource.
        return part.replace(".", "%2E")
    return quote(storable(part), safe=_LITERAL)


def decode(part: str) -> str:
    """A part of a path as text, whether its ``+`` came literally or as ``%2B``."""
    return storable(unquote(part, errors="replace"))


def join(*parts: str) -> str:
    """An absolute path of encoded parts."""
    return "".join("/" + encode(part) for part in parts)


def sms_path(user_id: str, *parts: str) -> str:
    """A path below the SMS service of one user."""
    return join("cpaas", "smsmessaging", "v1", user_id, *parts)


def channels_path(user_id: str, *parts: str) -> str:
    """A path below the notification channels of one user."""
    return join("cpaas", "notificationchannel", "v1", user_id, "channels", *parts)


def address(raw: str) -> Address:
    """An address in canonical form, also when its ``+`` came percent-encoded."""
    return canonical(_ENCODED_PLUS.sub(r"\1+", storable(raw).strip()))


def path_of(url: str) -> str:
    """The path of a URL or path, without host, query and fragment; begins with a slash."""
    path = url.strip().split("#", 1)[0].split("?", 1)[0]
    if "://" in path:
        path = path.split("://", 1)[1].partition("/")[2]
    return "/" + path.lstrip("/")


def last_part(url: str) -> str:
    """The decoded last part of a URL's path; empty where there is none."""
    return decode(path_of(url).rstrip("/").rpartition("/")[2])


def resource(url: str) -> Resource:
    """What a ``resourceURL`` or an ``href`` names, whatever stands before and after.

    Known forms: ``…/remoteAddresses/{remote}/localAddresses/{local}/messages/{id}``, the same
    without ``localAddresses`` or with more behind it, ``…/subscriptions/{id}``, ``…/channels/{id}``.
    """
    parts = path_of(url).split("/")
    named: dict[str, str] = {}
    index = 0
    while index + 1 < len(parts):
        name = parts[index].lower()
        if name in _NAMES and parts[index + 1]:
            named.setdefault(name, decode(parts[index + 1]))
            index += 1  # A value may be called like a name; it is not looked at again.
        index += 1
    return Resource(
        remote=_address(named, "remoteaddresses"),
        local=_address(named, "localaddresses"),
        message_id=MessageId(named["messages"]) if "messages" in named else None,
        subscription_id=SubscriptionId(named["subscriptions"])
        if "subscriptions" in named
        else None,
        channel_id=ChannelId(named["channels"]) if "channels" in named else None,
    )


def subscription_id(url: str) -> SubscriptionId | None:
    """The id that a subscription's URL ends with; a bare id is taken as it is."""
    return (
        resource(url).subscription_id or (SubscriptionId(url) if "/" not in url else None) or None
    )


_NAMES: Final = frozenset(
    {"remoteaddresses", "localaddresses", "messages", "subscriptions", "channels"}
)


def _address(named: dict[str, str], name: str) -> Address | None:
    return (canonical(named[name]) or None) if name in named else None

"""Which own numbers Kandy knows of, wherever it says so; and whether each of them can receive.

Keeps nothing, and leaves nothing at Kandy.
"""

import logging
from collections.abc import AsyncIterator, Iterable
from typing import TYPE_CHECKING, Final, Protocol

from sms_desktop.domain.address import Address, is_phone_number, is_short_code
from sms_desktop.domain.ids import ChannelId, SubscriptionId
from sms_desktop.domain.setting_up import FoundNumber, FoundNumbers, Source
from sms_desktop.net.errors import NetError, NotAssigned, Refused

if TYPE_CHECKING:
    from sms_desktop.wire.answers import Channel, Subscription, Thread
    from sms_desktop.wire.claims import Claims

_log = logging.getLogger(__name__)

_MOST_THREADS: Final = 1000
_LIFETIME_S: Final = 120

NOT_ASSIGNED: Final = (
    "Kandy says that this number is not assigned to your project or account, so it cannot receive "
    "or send here. Check it in Kandy's portal."
)


class Asking(Protocol):
    """What discovery needs of a ``KandyClient``; every call may raise ``NetError``."""

    async def sign_in(self) -> "Claims": ...  # noqa: D102
    async def subscriptions(self) -> "tuple[Subscription, ...]": ...  # noqa: D102
    def threads(self, since_ms: int | None = None) -> "AsyncIterator[Thread]": ...  # noqa: D102
    async def create_websocket(self, lifetime_s: int) -> "Channel": ...  # noqa: D102
    async def subscribe(self, number: Address, channel_id: ChannelId) -> "Subscription": ...  # noqa: D102
    async def unsubscribe(self, subscription_id: SubscriptionId) -> None: ...  # noqa: D102
    async def delete_channel(self, channel_id: ChannelId) -> None: ...  # noqa: D102


async def find(client: Asking) -> FoundNumbers:
    """Look into the token, the subscriptions and the history; raises ``NetError`` of the sign-in."""
    sources: dict[Address, set[Source]] = {}
    claims = await client.sign_in()
    _note(sources, claims.numbers, Source.ASSIGNED)
    trouble = ""
    try:
        listed = await client.subscriptions()
        _note(sources, (s.number for s in listed if s.number), Source.SUBSCRIBED)
        _note(sources, await _locals(client), Source.HISTORY)
    except NetError as error:
        # What was found until now is worth having.
        trouble = error.text()
    found = [FoundNumber(number, frozenset(where)) for number, where in sources.items()]
    return FoundNumbers(tuple(sorted(found, key=_rank)), trouble)


async def cannot_receive(client: Asking, numbers: Iterable[Address]) -> dict[Address, str]:
    """A sentence for each number that Kandy does not let us subscribe, found out by trying.

    Subscribes to a channel that nobody listens to and takes everything back at once. Where Kandy
    gives no such channel, or breaks off, nothing is said: the first real subscription will tell.
    """
    try:
        await client.sign_in()
        channel = await client.create_websocket(_LIFETIME_S)
    except NetError as error:
        _log.info("numbers cannot be tried beforehand: %s", type(error).__name__)
        return {}
    try:
        return {n: said for n in numbers if (said := await _trial(client, channel.channel_id, n))}
    except NetError as error:
        _log.info("the trial of numbers broke off: %s", type(error).__name__)
        return {}
    finally:
        await _drop(client, channel.channel_id)


def _note(sources: dict[Address, set[Source]], numbers: Iterable[Address], source: Source) -> None:
    for number in numbers:
        if is_phone_number(number) or is_short_code(number):
            sources.setdefault(number, set()).add(source)


def _rank(found: FoundNumber) -> int:
    return 0 if Source.ASSIGNED in found.sources else 1 if Source.SUBSCRIBED in found.sources else 2


async def _locals(client: Asking) -> list[Address]:
    seen: dict[Address, None] = {}
    count = 0
    async for thread in client.threads():
        seen.setdefault(thread.local)
        count += 1
        if count >= _MOST_THREADS:
            break
    return list(seen)


async def _trial(client: Asking, channel_id: ChannelId, number: Address) -> str:
    try:
        made = await client.subscribe(number, channel_id)
    except NotAssigned:
        return NOT_ASSIGNED
    except Refused as error:
        return f"Kandy does not let this number receive texts. {error.text()}"
    await client.unsubscribe(made.subscription_id)
    return ""


async def _drop(client: Asking, channel_id: ChannelId) -> None:
    try:
        await client.delete_channel(channel_id)
    except NetError as error:
        _log.info("the channel of the trial ends by itself: %s", type(error).__name__)

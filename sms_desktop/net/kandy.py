"""Kandy's SMS service for one account, as methods. Keeps a token and connections, and no messages.

It never repeats a request by itself, but for one that a 401 turned away: trying again is for those
who know what a second try may cost.
"""

from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, TypeVar
from urllib.parse import quote, urlsplit

from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.contact_card import Card
from sms_desktop.domain.ids import ChannelId, MessageId, SubscriptionId
from sms_desktop.domain.message import ServerMessage
from sms_desktop.net.credentials import Credentials
from sms_desktop.net.errors import Unreadable
from sms_desktop.net.http import HttpDoor, Timeouts
from sms_desktop.net.session import Session, parsed
from sms_desktop.net.token import TokenKeeper
from sms_desktop.wire import answers, requests
from sms_desktop.wire.answers import (
    Channel,
    MessagePage,
    SendAnswer,
    Subscription,
    Thread,
    ThreadPage,
)
from sms_desktop.wire.claims import Claims
from sms_desktop.wire.contacts import kandy_book
from sms_desktop.wire.contacts.kandy_book import ContactPage
from sms_desktop.wire.paths import path_of
from sms_desktop.wire.requests import PageQuery, Request

if TYPE_CHECKING:
    import httpx

_PAGE_ROWS: Final = 100
_GONE: Final = frozenset({404})

Page = TypeVar("Page", ThreadPage, MessagePage, ContactPage)


class _BuildPage(Protocol):
    def __call__(self, user_id: str, page: PageQuery) -> Request: ...


class KandyClient:
    """One account at Kandy; every call signs in first where needed, and raises ``NetError``.

    ``base_url`` is checked (``checked_base_url``). ``agent`` is ``name/version``; ``correlator``
    names this device to Kandy. ``transport`` replaces the real connections.
    """

    def __init__(
        self,
        base_url: str,
        credentials: Credentials,
        *,
        agent: str,
        correlator: str,
        now_ms: NowMs,
        timeouts: Timeouts | None = None,
        transport: "httpx.AsyncBaseTransport | None" = None,
    ) -> None:
        self._base_url = base_url
        self._correlator = correlator
        self._door = HttpDoor(base_url, agent=agent, timeouts=timeouts, transport=transport)
        self._keeper = TokenKeeper(self._door, credentials, now_ms)
        self._session = Session(self._door, self._keeper)

    @property
    def base_url(self) -> str:
        """Where the account's Kandy is."""
        return self._base_url

    @property
    def user_id(self) -> str:
        """Kandy's name for the user; empty before the first sign-in."""
        return self._keeper.claims.user_id if self._keeper.claims else ""

    @property
    def numbers(self) -> tuple[Address, ...]:
        """The numbers that the newest sign-in found assigned to the user."""
        return self._keeper.claims.numbers if self._keeper.claims else ()

    @property
    def clock_offset_ms(self) -> int | None:
        """Kandy's clock minus ours at the newest sign-in, to about a second; ``None`` when unknown."""
        return self._keeper.clock_offset_ms

    @property
    def renews_at_ms(self) -> int | None:
        """When the token is renewed, by our own clock; ``None`` when unknown."""
        return self._keeper.renews_at_ms

    async def sign_in(self) -> Claims:
        """Fetch a new token, whatever is held, and what it says about the user."""
        return (await self._keeper.renew(insist=True)).claims

    async def signed_in(self) -> Claims:
        """What the token in use says about the user; signs in where there is none that is good.

        Until ``sign_in`` succeeds, every other call repeats a refused sign-in only after minutes.
        """
        return (await self._keeper.current()).claims

    async def aclose(self) -> None:
        """Drop the connections."""
        await self._keeper.aclose()
        await self._door.aclose()

    # Messages

    async def send(self, sender: Address, remote: Address, text: str) -> SendAnswer:
        """Send one text; ``sender`` is an own number or ``default``.

        An error with ``may_have_left`` means that the text may be on its way: never just repeat.
        """
        return await self._session.read(
            lambda user: requests.send(user, sender, remote, text, self._correlator),
            answers.sent,
            about_number=True,
        )

    async def threads(self, since_ms: int | None = None) -> AsyncIterator[Thread]:
        """All threads, or those with something later than ``since_ms``, page after page."""
        async for page in self._pages(requests.threads, answers.threads, since_ms):
            for thread in page.threads:
                yield thread

    async def contacts(self) -> AsyncIterator[Card]:
        """The user's address book, page after page; an account without one has nobody in it."""
        async for page in self._pages(kandy_book.contacts, kandy_book.contact_page, None):
            for card in page.cards:
                yield card

    async def messages(
        self, local: Address, remote: Address, since_ms: int | None = None
    ) -> AsyncIterator[ServerMessage]:
        """One thread's messages, or those later than ``since_ms``, in Kandy's order.

        A thread that Kandy does not know has none. Kandy may ignore ``since_ms``.
        """
        async for page in self._pages(
            lambda user_id, page: requests.messages(user_id, remote, local, page),
            lambda body: answers.messages(body, local, remote),
            since_ms,
        ):
            for message in page.messages:
                yield message

    async def message_page(
        self, local: Address, remote: Address, *, since_ms: int | None = None, after: str | None
    ) -> MessagePage | None:
        """One page of a thread, behind Kandy's pointer ``after``; ``None`` where there is no thread."""
        query = PageQuery(_PAGE_ROWS, after, last_message_time_ms=since_ms)
        body = await self._session.ask(
            lambda user: requests.messages(user, remote, local, query), fine=_GONE
        )
        return (
            None
            if body is None
            else parsed(lambda found: answers.messages(found, local, remote), body)
        )

    async def message_status(self, local: Address, remote: Address, message_id: MessageId) -> str:
        """Kandy's word for how far a message has come, such as ``DeliveredToTerminal``."""
        return await self._session.read(
            lambda user: requests.message_status(user, remote, local, message_id), answers.status
        )

    async def delete_message(self, local: Address, remote: Address, message_id: MessageId) -> None:
        """Delete one message at Kandy; it may be gone already."""
        await self._session.ask(
            lambda user: requests.delete_message(user, remote, local, message_id), fine=_GONE
        )

    async def delete_thread(self, local: Address, remote: Address) -> None:
        """Delete a whole thread at Kandy; it may be empty already."""
        await self._session.ask(
            lambda user: requests.delete_thread(user, remote, local), fine=_GONE
        )

    # Subscriptions

    async def subscriptions(self) -> tuple[Subscription, ...]:
        """Every subscription of the user, whoever made it."""
        return await self._session.read(requests.subscriptions, answers.subscriptions)

    async def subscribe(self, number: Address | None, channel_id: ChannelId) -> Subscription:
        """Let a number receive through a channel; ``NotAssigned`` where it is not ours.

        ``None``: Kandy's default number, which the answer names.
        """
        return await self._session.read(
            lambda user: requests.subscribe(user, number, channel_id, self._correlator),
            answers.subscription,
            about_number=True,
        )

    async def unsubscribe(self, subscription_id: SubscriptionId) -> None:
        """End a subscription; it may have ended already."""
        await self._session.ask(
            lambda user: requests.unsubscribe(user, subscription_id), fine=_GONE
        )

    async def subscribe_receipts(self, channel_id: ChannelId) -> SubscriptionId:
        """Ask for delivery reports of what the user sends."""
        return await self._session.read(
            lambda user: requests.subscribe_receipts(user, channel_id, self._correlator),
            answers.receipts_subscription,
        )

    async def unsubscribe_receipts(self, subscription_id: SubscriptionId) -> None:
        """End the delivery reports; they may have ended already."""
        await self._session.ask(
            lambda user: requests.unsubscribe_receipts(user, subscription_id), fine=_GONE
        )

    # Channels

    async def create_webhook(self, url: str, authorization: str = "") -> Channel:
        """A channel that posts every notification to a URL, with that authorization if it can."""
        return await self._session.read(
            lambda user: requests.webhook_channel(user, url, self._correlator, authorization),
            answers.channel,
        )

    async def create_websocket(self, lifetime_s: int) -> Channel:
        """A channel that is a websocket, for so many seconds unless renewed."""
        return await self._session.read(
            lambda user: requests.websocket_channel(user, lifetime_s, self._correlator),
            answers.channel,
        )

    async def renew_channel(self, channel: Channel, lifetime_s: int) -> None:
        """Give a websocket channel so many seconds from now."""
        channel_url = _channel_url(channel)
        await self._session.ask(lambda _user: requests.renew_channel(channel_url, lifetime_s))

    async def websocket_url(self, channel: Channel) -> str:
        """Where to open the websocket. Holds the token: for ``WebsocketChannel`` and nobody else."""
        held = await self._keeper.current()
        parts = urlsplit(self._base_url)
        scheme = "wss" if parts.scheme == "https" else "ws"
        # Only the path of Kandy's answer counts: it must not send our token to another host.
        path = quote(path_of(_channel_url(channel)), safe="/%+:@")
        return f"{scheme}://{parts.netloc}{parts.path}{path}?access_token={quote(held.bearer, safe='')}"

    async def channels(self) -> tuple[Channel, ...]:
        """Every channel of the user."""
        return await self._session.read(requests.channels, answers.channels)

    async def delete_channel(self, channel_id: ChannelId) -> None:
        """Close a channel; it may be gone already."""
        await self._session.ask(lambda user: requests.delete_channel(user, channel_id), fine=_GONE)

    async def _pages(
        self,
        build: _BuildPage,
        parse: Callable[[bytes], Page],
        since_ms: int | None,
    ) -> AsyncIterator[Page]:
        seen: set[str | None] = {None}
        following: str | None = None
        while True:
            query = PageQuery(_PAGE_ROWS, following, last_message_time_ms=since_ms)
            body = await self._session.ask(partial(build, page=query), fine=_GONE)
            if body is None:
                return
            page = parsed(parse, body)
            yield page
            following = page.next_page
            # A pointer that was followed before would lead round in circles.
            if following in seen:
                return
            seen.add(following)


def _channel_url(channel: Channel) -> str:
    if not channel.url:
        raise Unreadable("Kandy named no address for the websocket channel.")
    return channel.url

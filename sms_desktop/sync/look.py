"""One look at an account that listens: sign-in, subscriptions, receipts, history, and what is true.

Nothing that fails here closes the way in: what it still brings is worth having. Subscribes before
it reads history, so that nothing falls between the two.
"""

import logging
from collections.abc import Callable

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId, ChannelId
from sms_desktop.net.errors import ChannelDied, NetError, Refused, SignInRefused, Unreachable
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import accounts, numbers
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.catch_up import CatchUp
from sms_desktop.sync.clocks import KandyClocks
from sms_desktop.sync.facts import AccountFacts
from sms_desktop.sync.receiving import ReceivingNumbers
from sms_desktop.sync.subscriptions import Subscriptions
from sms_desktop.wire.claims import Claims

_log = logging.getLogger(__name__)


class Look:
    """Compares what shall be with what Kandy says, mends it, and sets the account's facts."""

    def __init__(
        self,
        account_id: AccountId,
        client: KandyClient,
        store: Database,
        subscriptions: Subscriptions,
        catch_up: CatchUp,
        facts: AccountFacts,
        receiving: ReceivingNumbers,
        clocks: KandyClocks,
        *,
        now_ms: NowMs,
        on_facts: Callable[[], None],
    ) -> None:
        self._account_id = account_id
        self._client = client
        self._store = store
        self._subscriptions = subscriptions
        self._catch_up = catch_up
        self._facts = facts
        self._receiving = receiving
        self._clocks = clocks
        self._now_ms = now_ms
        self._on_facts = on_facts
        self._claims: Claims | None = None
        self._asked_receipts_for: ChannelId | None = None

    async def sign_in(self, *, fresh: bool) -> None:
        """Make sure that we are signed in; ``fresh`` asks Kandy even where a token is good.

        Raises ``NetError`` and ``StoreError``; a refusal is a fact by then.
        """
        try:
            claims = await (self._client.sign_in() if fresh else self._client.signed_in())
        except SignInRefused as error:
            self._facts.signed_in = False
            self._facts.sign_in_trouble = error.text()
            self._on_facts()
            raise
        if claims is not self._claims:
            own = await self._store.write(lambda db: found(db, self._account_id, claims))
            self._receiving.are(own)
            self._claims = claims
        self._facts.signed_in = True
        self._facts.sign_in_trouble = ""
        self._facts.clock_offset_ms = self._client.clock_offset_ms
        self._facts.token_renews_at_ms = self._client.renews_at_ms
        self._clocks.set(self._account_id, self._client.clock_offset_ms)
        self._on_facts()

    async def at(self, channel_id: ChannelId, *, fresh: bool) -> SmsDesktopError | None:
        """Look once, through a way in that is ready; what stood in the way of a full look.

        Raises ``ChannelDied`` where Kandy does not know the channel any more.
        """
        trouble = await self._fit(channel_id, fresh=fresh)
        if not isinstance(trouble, SignInRefused | Unreachable):
            trouble = await self.read_history() or trouble
        return trouble

    async def read_history(self) -> SmsDesktopError | None:
        """Read what was missed; the error where that failed."""
        try:
            await self._catch_up.run()
        except SmsDesktopError as error:
            self._facts.catch_up_trouble = error.text()
            self._on_facts()
            return error
        self._facts.caught_up_at_ms = self._now_ms()
        self._facts.catch_up_trouble = ""
        self._on_facts()
        return None

    async def _fit(self, channel_id: ChannelId, *, fresh: bool) -> SmsDesktopError | None:
        try:
            # Where the last sign-in was refused, a token that looks good says nothing.
            await self.sign_in(fresh=fresh or self._facts.signed_in is False)
            trouble: SmsDesktopError | None = await self._subscribe(channel_id)
        except ChannelDied:
            raise
        except SmsDesktopError as error:
            trouble = error
        self._note(trouble)
        return trouble

    async def _subscribe(self, channel_id: ChannelId) -> NetError | None:
        own = await self._own_numbers()
        self._receiving.are(own)
        fitting = await self._subscriptions.fit(channel_id, self._receiving.to_fit(own))
        if fitting.was_refused and not await self._subscriptions.knows_channel(channel_id):
            raise ChannelDied("Kandy does not know the notification channel any more.")
        self._receiving.stand(fitting.outcomes)
        if fitting.is_cut_short:
            return fitting.trouble
        self._facts.way_open = True
        self._facts.way_trouble = ""
        self._facts.is_polling = False
        await self._subscribe_receipts(channel_id)
        if fitting.is_complete:
            await self._subscriptions.drop_channels_but(channel_id)
        return fitting.trouble

    async def _subscribe_receipts(self, channel_id: ChannelId) -> None:
        if self._asked_receipts_for == channel_id:
            return
        try:
            await self._client.subscribe_receipts(channel_id)
        except Refused:
            _log.info("delivery receipts are not to be had for this account")
        except NetError as error:
            _log.info("delivery receipts will be asked for again: %s", type(error).__name__)
            return
        self._asked_receipts_for = channel_id

    def _note(self, trouble: SmsDesktopError | None) -> None:
        sentence = "" if trouble is None else trouble.text()
        if isinstance(trouble, SignInRefused):
            self._facts.signed_in = False
            self._facts.sign_in_trouble = sentence
        self._facts.look_trouble = sentence
        self._facts.is_offline = isinstance(trouble, Unreachable)
        if sentence and not self._facts.way_open:
            self._facts.way_trouble = sentence
        self._on_facts()

    async def _own_numbers(self) -> list[OwnNumber]:
        every = await self._store.write(numbers.all_numbers)
        return [n for n in every if n.account_id == self._account_id]


def found(db: Connection, account_id: AccountId, claims: Claims) -> list[OwnNumber]:
    """Keep what a sign-in says about the user; gives the account's numbers.

    Where Kandy lists no number at all, that says nothing: some accounts' tokens never do.
    """
    accounts.set_signed_in(db, account_id, claims.user_id)
    if claims.numbers:
        numbers.merge_found(db, account_id, claims.numbers)
    return [n for n in numbers.all_numbers(db) if n.account_id == account_id]

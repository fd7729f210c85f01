"""One look at an account that listens: sign-in, subscriptions, receipts, history, and what is true.

Nothing that fails here closes the way in: what it still brings is worth having. Subscribes before
it reads history, so that nothing falls between the two.
"""

from collections.abc import Callable

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.facts import AccountFacts
from sms_desktop.domain.ids import AccountId, ChannelId
from sms_desktop.net.errors import ChannelDied, NetError, SignInRefused, Unreachable
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import accounts, notifications, numbers
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.sync.receiving.catch_up import CatchUp
from sms_desktop.sync.receiving.kandy_default import KandyDefault
from sms_desktop.sync.receiving.number_states import ReceivingNumbers
from sms_desktop.sync.receiving.our_channels import OurChannels
from sms_desktop.sync.receiving.receipts import Receipts
from sms_desktop.sync.receiving.subscriptions import Subscriptions
from sms_desktop.sync.sessions.clocks import KandyClocks
from sms_desktop.wire.claims import Claims


class Look:
    """Compares what shall be with what Kandy says, mends it, and sets the account's facts.

    ``has_more_history``: the first import is not over; the next look reads on.
    """

    def __init__(
        self,
        account_id: AccountId,
        client: KandyClient,
        store: Database,
        our_channels: OurChannels,
        subscriptions: Subscriptions,
        receipts: Receipts,
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
        self._our_channels = our_channels
        self._subscriptions = subscriptions
        self._receipts = receipts
        self._catch_up = catch_up
        self._facts = facts
        self._receiving = receiving
        self._clocks = clocks
        self._now_ms = now_ms
        self._on_facts = on_facts
        self._default = KandyDefault(account_id, client, store, now_ms=now_ms)
        self._claims: Claims | None = None
        self.has_more_history = False

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

    async def without_way(self, *, fresh: bool) -> SmsDesktopError | None:
        """Read history while no way in is open; what stood in the way of that."""
        try:
            await self.sign_in(fresh=fresh or self._facts.signed_in is False)
        except SmsDesktopError as error:
            trouble: SmsDesktopError | None = error
        else:
            trouble = await self.read_history()
        self._note(trouble)
        return trouble

    async def read_history(self) -> SmsDesktopError | None:
        """Read what was missed; the error where that failed."""
        now_ms = self._now_ms()
        try:
            self.has_more_history = await self._catch_up.run()
            await self._store.write(lambda db: notifications.forget_old(db, now_ms))
        except SmsDesktopError as error:
            self.has_more_history = False
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
        if not own:
            await self._default.adopt(channel_id)
            own = await self._own_numbers()
        self._receiving.are(own)
        barred = self._receiving.barred()
        if not barred:
            # The default number might be one that Kandy has cancelled.
            await self._default.learn(channel_id, own)
        fitting = await self._subscriptions.fit(channel_id, own, barred)
        if fitting.was_refused and not await self._our_channels.knows(channel_id):
            raise ChannelDied("Kandy does not know the notification channel any more.")
        self._receiving.stand(fitting.outcomes)
        if fitting.is_cut_short:
            return fitting.trouble
        self._facts.way_open = True
        self._facts.way_trouble = ""
        self._facts.is_polling = False
        await self._receipts.come_to(channel_id)
        await self._receipts.drop_but(channel_id)
        await self._our_channels.drop_but(fitting.needed)
        return fitting.trouble

    def _note(self, trouble: SmsDesktopError | None) -> None:
        sentence = "" if trouble is None else trouble.text()
        if isinstance(trouble, SignInRefused):
            self._facts.signed_in = False
            self._facts.sign_in_trouble = sentence
        self._facts.look_trouble = sentence
        self._facts.is_offline = isinstance(trouble, Unreachable)
        if sentence and not self._facts.way_open and not self._facts.way_trouble:
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

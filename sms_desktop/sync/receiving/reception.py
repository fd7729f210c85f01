"""Keeps one account reachable: sign in, open the way in, look after it, and again when it breaks."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.facts import AccountFacts
from sms_desktop.domain.ids import ChannelId
from sms_desktop.net.errors import ChannelDied, SignInRefused
from sms_desktop.sync.receiving.account_check import Look
from sms_desktop.sync.receiving.number_states import ReceivingNumbers
from sms_desktop.sync.running.backoff import Random, Sleep, delay_s
from sms_desktop.sync.running.interruptible_sleep import InterruptibleSleep
from sms_desktop.sync.running.tasks import until_one_ends
from sms_desktop.sync.sending.attempt import LOCKOUT_WAIT_S
from sms_desktop.sync.ways.ways_in import WaysIn

_log = logging.getLogger(__name__)

_LOOK_AGAIN_S: Final = 300.0
_POLL_S: Final = 20.0
_DEAF_POLL_S: Final = 10.0
"""How often history is asked while no way in is open."""

_OPENING_S: Final = 10.0
"""So long a way may take to open before history is asked instead."""


class ReceptionFailed(SmsDesktopError):
    """A mistake of our own, or of a library; the log has its trace."""

    sentence = "Receiving failed inside the program and is being started again."


class Reception:
    """The service that makes an account receive, and says truly whether it does.

    ``on_online`` is called when Kandy lets us in, for the first time or again.
    """

    def __init__(
        self,
        make_ways: Callable[[Callable[[], None]], WaysIn],
        look: Look,
        facts: AccountFacts,
        receiving: ReceivingNumbers,
        *,
        now_ms: NowMs,
        sleep: Sleep,
        random: Random,
        on_facts: Callable[[], None],
        on_online: Callable[[], None],
    ) -> None:
        self._make_ways = make_ways
        self._ways: WaysIn | None = None
        self._look = look
        self._facts = facts
        self._receiving = receiving
        self._now_ms = now_ms
        self._random = random
        self._on_facts = on_facts
        self._on_online = on_online
        self._bell = InterruptibleSleep(sleep)
        self._wants_fresh = False
        self._is_hurried = False
        self._is_locked_out = False
        self._seen_ways: tuple[ChannelId | None, bool] = (None, False)
        self._was_well = False
        self._failures = 0
        self._look_failures = 0

    def look_now(self) -> None:
        """The person wants to know: look at every step anew, a new sign-in included."""
        self._wants_fresh = True
        if self._ways is not None:
            self._ways.hurry()
        self._bell.ring()

    def listener_moved(self) -> None:
        """The way in must lead to another port now."""
        if self._ways is not None:
            self._ways.listener_moved()

    def hurry(self) -> None:
        """The computer woke up, or has a network again: no use in waiting any longer."""
        if self._is_locked_out:
            return
        self._is_hurried = True
        self._failures = self._look_failures = 0
        if self._ways is not None:
            self._ways.hurry()
        self._bell.ring()

    def look_soon(self) -> None:
        """Something happened that makes a look worth while; never shortens a wait after failures."""
        if self._ways is not None and self._was_well:
            self._bell.ring()

    def subscription_cancelled(self, number: Address) -> bool:
        """Kandy said so; whether that is news. Only the person has it subscribed again."""
        is_news = self._receiving.cancelled(number)
        if is_news:
            self._on_facts()
        return is_news

    def subscribe_again(self, number: Address) -> None:
        """The person wants a number that does not receive to be tried again."""
        self._receiving.subscribe_again(number)
        self._on_facts()
        self.look_now()

    async def try_sign_in(self) -> None:
        """Sign in once and note the outcome, for a report without receiving."""
        try:
            await self._look.sign_in(fresh=True)
        except SmsDesktopError as error:
            self._facts.signed_in = False
            self._facts.sign_in_trouble = error.text()
            self._on_facts()

    async def run(self) -> None:
        """Serve until cancelled."""
        while True:
            trouble = await _trouble_of(self._serve())
            if trouble is not None:
                await self._recover_from(trouble)

    async def _serve(self) -> None:
        """Sign in, keep a way open, and look after what stands on it; never just returns."""
        # Where the last sign-in was refused, only asking anew can find out that it would not be.
        fresh = self._takes_wish() or not self._facts.signed_in
        await self._look.sign_in(fresh=fresh)
        if fresh:
            self._went_well(is_news=True)
        self._seen_ways = (None, False)
        ways = self._ways = self._make_ways(self._ways_changed)
        try:
            await until_one_ends(ways.run(), self._look_again_and_again(ways))
        finally:
            self._ways = None
            self._facts.way_open = False
            self._on_facts()

    async def _look_again_and_again(self, ways: WaysIn) -> None:
        self._look_failures = 0
        await self._bell.rest(_OPENING_S)
        while True:
            is_wish = self._takes_wish()
            channel_id = ways.channel_id
            if channel_id is None:
                trouble = await self._ask_instead(fresh=is_wish)
            else:
                trouble = await self._look_at(ways, channel_id, fresh=is_wish)
            if trouble is None:
                self._look_failures = self._failures = 0
                self._is_hurried = False
                self._went_well(is_news=is_wish or not self._was_well)
                if self._look.has_more_history:
                    continue
                await self._bell.rest(_DEAF_POLL_S if ways.channel_id is None else _LOOK_AGAIN_S)
            elif isinstance(trouble, ChannelDied):
                # The way opens again with a wait of its own, and rings.
                self._was_well = False
                await self._bell.rest(_OPENING_S)
            else:
                self._look_failures += 1
                await self._wait_after(trouble, self._look_failures)

    async def _look_at(
        self, ways: WaysIn, channel_id: ChannelId, *, fresh: bool
    ) -> SmsDesktopError | None:
        """Look at what stands on a channel; what stood in the way of it."""
        try:
            trouble = await self._look.at(channel_id, fresh=fresh)
        except ChannelDied as error:
            ways.is_dead(channel_id)
            return error
        if ways.channel_id != channel_id:
            # Another one counts by now; the bell was rung for it.
            self._note_ways(ways)
        elif self._facts.way_open:
            self._facts.way = ways.title
            self._facts.stands_in_for = ways.stands_in_for
            if trouble is None:
                ways.all_stand_on(channel_id)
            self._on_facts()
        return trouble

    async def _ask_instead(self, *, fresh: bool) -> SmsDesktopError | None:
        """No way is open: read history, so that texts come all the same, if late."""
        trouble = await self._look.without_way(fresh=fresh)
        if isinstance(trouble, SignInRefused):
            raise trouble
        self._facts.is_polling = trouble is None
        self._on_facts()
        return trouble

    def _ways_changed(self) -> None:
        ways = self._ways
        if ways is None:
            return
        self._note_ways(ways)
        seen = (ways.channel_id, bool(ways.trouble))
        if seen != self._seen_ways:
            # What opens or shuts is looked at now, whatever had failed before.
            self._seen_ways = seen
            self._is_hurried = True
            self._bell.ring()
        elif self._was_well:
            self._bell.ring()

    def _note_ways(self, ways: WaysIn) -> None:
        """What is known before anybody has looked: what is shut is shut."""
        self._facts.listener = ways.listening_at
        if ways.channel_id is None:
            self._facts.way = ways.chosen_title
            self._facts.way_trouble = ways.trouble
            self._facts.way_open = False
            self._facts.stands_in_for = ""
        self._tell_next_attempt(None)
        self._on_facts()

    async def _recover_from(self, trouble: SmsDesktopError) -> None:
        self._failures += 1
        if self._facts.signed_in:
            self._facts.way_trouble = trouble.text()
        else:
            self._facts.signed_in = False
            self._facts.sign_in_trouble = trouble.text()
        self._facts.is_polling = await self._can_poll(trouble)
        self._on_facts()
        await self._wait_after(trouble, self._failures)

    async def _wait_after(self, trouble: SmsDesktopError, failures: int) -> None:
        self._was_well = False
        if not (self._wants_fresh or self._is_hurried):
            self._bell.hush()
        self._is_locked_out = isinstance(trouble, SignInRefused)
        wait_s = delay_s(failures, self._random, longest_s=_POLL_S)
        if self._is_locked_out:
            wait_s = LOCKOUT_WAIT_S
        self._tell_next_attempt(self._now_ms() + int(wait_s * 1000))
        await self._bell.rest(wait_s)
        self._tell_next_attempt(None)
        self._is_hurried = self._is_locked_out = False

    def _tell_next_attempt(self, at_ms: int | None) -> None:
        opening_ms = self._ways.next_attempt_at_ms if self._ways is not None else None
        times = [one for one in (at_ms, opening_ms) if one is not None]
        self._facts.next_attempt_at_ms = min(times, default=None)
        self._on_facts()

    async def _can_poll(self, trouble: SmsDesktopError) -> bool:
        """Whether history can be read instead; reads it."""
        if not self._facts.signed_in or isinstance(trouble, SignInRefused):
            return False
        return await _trouble_of(self._read_history()) is None

    async def _read_history(self) -> None:
        trouble = await self._look.read_history()
        if trouble is not None:
            raise trouble

    def _takes_wish(self) -> bool:
        wish, self._wants_fresh = self._wants_fresh, False
        return wish

    def _went_well(self, *, is_news: bool) -> None:
        # Not after every look: what failed to leave a moment ago keeps its own wait.
        self._was_well = True
        if is_news:
            self._on_online()


async def _trouble_of(work: Coroutine[Any, Any, None]) -> SmsDesktopError | None:
    """Whatever ended the work: a dead service would leave us deaf and looking live."""
    try:
        await work
    except SmsDesktopError as error:
        _log.info("reception broke: %s", type(error).__name__)
        return error
    except Exception as bug:  # noqa: BLE001 - logged, and shown as trouble
        _log.error("reception failed unexpectedly", exc_info=bug)
        return ReceptionFailed()
    return None

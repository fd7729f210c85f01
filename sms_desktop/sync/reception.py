"""Keeps one account reachable: sign in, open the way in, look after it, and again when it breaks."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any, Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import ChannelId
from sms_desktop.net.errors import SignInRefused, Unreachable
from sms_desktop.sync.attempt import LOCKOUT_WAIT_S
from sms_desktop.sync.backoff import Random, Sleep, delay_s
from sms_desktop.sync.doorbell import Doorbell
from sms_desktop.sync.facts import AccountFacts
from sms_desktop.sync.look import Look
from sms_desktop.sync.receiving import ReceivingNumbers
from sms_desktop.sync.tasks import until_one_ends
from sms_desktop.sync.ways_in import WayIn

_log = logging.getLogger(__name__)

_LOOK_AGAIN_S: Final = 300.0
_POLL_S: Final = 20.0


class ReceptionFailed(SmsDesktopError):
    """A mistake of our own, or of a library; the log has its trace."""

    sentence = "Receiving failed inside the program and is being started again."


class Reception:
    """The service that makes an account receive, and says truly whether it does.

    ``on_online`` is called when Kandy lets us in, for the first time or again.
    """

    def __init__(
        self,
        make_way: Callable[[], WayIn],
        look: Look,
        facts: AccountFacts,
        receiving: ReceivingNumbers,
        *,
        sleep: Sleep,
        random: Random,
        on_facts: Callable[[], None],
        on_online: Callable[[], None],
    ) -> None:
        self._make_way = make_way
        self._look = look
        self._facts = facts
        self._receiving = receiving
        self._random = random
        self._on_facts = on_facts
        self._on_online = on_online
        self._bell = Doorbell(sleep)
        self._wants_fresh = False
        self._is_serving = False
        self._was_well = False
        self._failures = 0

    def look_now(self) -> None:
        """The person wants to know: look at every step anew, a new sign-in included."""
        self._wants_fresh = True
        self._bell.ring()

    def look_soon(self) -> None:
        """Something happened that makes a look worth while; never shortens a wait after failures."""
        if self._is_serving and self._was_well:
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
        """Sign in, open the way, hold it; never just returns."""
        # Where the last sign-in was refused, only asking anew can find out that it would not be.
        fresh = self._takes_wish() or not self._facts.signed_in
        await self._look.sign_in(fresh=fresh)
        if fresh:
            self._went_well(is_news=True)
        way = self._make_way()
        self._facts.way = way.title
        try:
            channel_id = await way.open()
            self._facts.listener = way.listening_at
            self._is_serving = True
            await until_one_ends(way.hold(), self._look_again_and_again(way, channel_id))
        finally:
            self._is_serving = False
            self._facts.way_open = False
            await way.close()
            self._on_facts()

    async def _look_again_and_again(self, way: WayIn, channel_id: ChannelId) -> None:
        await way.ready()
        failures = 0
        while True:
            is_wish = self._takes_wish()
            trouble = await self._look.at(channel_id, fresh=is_wish)
            if trouble is None:
                failures = self._failures = 0
                self._went_well(is_news=is_wish or not self._was_well)
                await self._bell.rest(_LOOK_AGAIN_S)
            else:
                failures += 1
                self._facts.is_polling = self._polls_after(trouble)
                self._on_facts()
                await self._wait_after(trouble, failures)

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
        if not self._wants_fresh:
            self._bell.hush()
        if isinstance(trouble, SignInRefused):
            await self._bell.rest(LOCKOUT_WAIT_S)
        else:
            await self._bell.rest(delay_s(failures, self._random, longest_s=_POLL_S))

    async def _can_poll(self, trouble: SmsDesktopError) -> bool:
        """Whether history can be read instead; reads it."""
        if not self._facts.signed_in or isinstance(trouble, SignInRefused):
            return False
        return await _trouble_of(self._read_history()) is None

    async def _read_history(self) -> None:
        trouble = await self._look.read_history()
        if trouble is not None:
            raise trouble

    def _polls_after(self, trouble: SmsDesktopError) -> bool:
        """Whether the look that failed has read history all the same, while the way is not open."""
        return (
            not self._facts.way_open
            and not isinstance(trouble, SignInRefused | Unreachable)
            and not self._facts.catch_up_trouble
        )

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

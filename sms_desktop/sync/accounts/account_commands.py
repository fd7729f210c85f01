"""What a person can ask for about accounts: try a sign-in, keep, edit, sign out, remove, test.

Implements the windows' ``AccountCommands``. Every refusal is a ``SignInTrouble`` about one part of
what was typed, so that a form can show it there.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from sms_desktop.domain.account import Account
from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId
from sms_desktop.domain.setting_up import FoundNumbers, NumberChoice, SignIn, SignInFindings
from sms_desktop.store import removal
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.accounts import number_discovery, sign_in
from sms_desktop.sync.accounts.account_keeper import AccountKeeper
from sms_desktop.sync.accounts.number_search import NumberSearch
from sms_desktop.sync.events import Publish, TimelineChanged
from sms_desktop.sync.sending.round_trip import RoundTrips, Tell
from sms_desktop.sync.sessions.sessions import Sessions

if TYPE_CHECKING:
    from sms_desktop.net.kandy import KandyClient

T = TypeVar("T")

Reload = Callable[[AccountId | None], Awaitable[None]]
"""Makes the sessions fit the accounts; the id names one that has to begin anew."""


class AccountCommands:
    """Changes accounts, and has the sessions follow."""

    def __init__(
        self,
        reader: StoreReader,
        keeper: AccountKeeper,
        search: NumberSearch,
        sessions: Sessions,
        round_trips: RoundTrips,
        publish: Publish,
        reload: Reload,
        *,
        now_ms: NowMs,
    ) -> None:
        self._reader = reader
        self._keeper = keeper
        self._search = search
        self._sessions = sessions
        self._round_trips = round_trips
        self._publish = publish
        self._reload = reload
        self._now_ms = now_ms

    async def check_sign_in(self, typed: SignIn) -> SignInFindings:
        """Sign in and keep nothing; raises ``SignInTrouble``."""
        return await sign_in.check(typed, self._keeper.make_client, self._now_ms)

    async def find_numbers(self, typed: SignIn) -> FoundNumbers:
        """Every own number that Kandy knows of; raises ``SignInTrouble``."""
        return await self._with_client(typed, number_discovery.find)

    async def cannot_receive(self, typed: SignIn, numbers: Sequence[Address]) -> dict[Address, str]:
        """A sentence for each number that Kandy will not let receive; raises ``SignInTrouble``."""
        if not numbers:
            return {}
        return await self._with_client(
            typed, lambda client: number_discovery.cannot_receive(client, numbers)
        )

    async def keep(
        self,
        typed: SignIn,
        tunnel: str,
        choices: Sequence[NumberChoice] = (),
        history_since_ms: int | None = None,
    ) -> Account:
        """Sign in, keep the account with these numbers, and receive; raises ``SignInTrouble``.

        ``history_since_ms``: from when on a new account's history is read; ``None``: all of it.
        """
        account = await self._kept(typed, tunnel, choices, history_since_ms)
        await self._reload(account.account_id)
        return account

    async def keep_unasked(self, typed: SignIn, tunnel: str) -> Account:
        """The same for a script, which nobody can ask about numbers; raises ``SmsDesktopError``.

        Where Kandy lists none, those that it uses for the account all the same are the account's.
        """
        account = await self._kept(typed, tunnel)
        if not any(n.account_id == account.account_id for n in self._reader.numbers()):
            await self._search.adopt(account)
        await self._reload(account.account_id)
        return account

    async def _kept(
        self,
        typed: SignIn,
        tunnel: str,
        choices: Sequence[NumberChoice] = (),
        history_since_ms: int | None = None,
    ) -> Account:
        asked = sign_in.tidied(typed)
        base_url = sign_in.checked(asked)
        try:
            return await self._keeper.add(
                base_url,
                asked.client_id,
                asked.email,
                asked.secret,
                tunnel,
                choices,
                history_since_ms,
            )
        except SmsDesktopError as error:
            raise sign_in.trouble_of(error) from error

    async def change(self, account: Account, typed: SignIn, tunnel: str) -> Account:
        """Edit an account; an empty secret keeps the present one. Raises ``SignInTrouble``."""
        asked = sign_in.tidied(typed)
        sign_in.checked(asked, may_lack_secret=True)
        try:
            changed = await self._keeper.change(account, asked, tunnel)
        except SmsDesktopError as error:
            raise sign_in.trouble_of(error) from error
        await self._reload(changed.account_id)
        return changed

    async def import_history(self, account_id: AccountId, since_ms: int | None) -> None:
        """Read an account's history, all of it or from a time on; raises ``StoreError``."""
        await self._keeper.choose_history(account_id, since_ms)
        if session := self._sessions.of(account_id):
            session.reception.look_now()

    async def cancel_import(self, account_id: AccountId) -> None:
        """Read no more of it; what is here stays. Raises ``StoreError``."""
        await self._keeper.cancel_history(account_id)

    async def sign_out(self, account_id: AccountId) -> None:
        """Stop receiving and forget the secret; account, numbers and messages stay."""
        await self._sessions.take_leave(account_id)
        try:
            await self._keeper.forget_secret(account_id)
        finally:
            await self._reload(None)

    async def remove(self, account_id: AccountId, *, delete_messages: bool = False) -> None:
        """Unsubscribe, forget the secret and the account, and its messages where that is wanted."""
        await self._sessions.take_leave(account_id)
        try:
            changes = await self._keeper.remove(account_id, delete_messages=delete_messages)
        finally:
            await self._reload(None)
        if changes:
            self._publish(TimelineChanged(changes))

    def is_known(self, account_id: AccountId) -> bool:
        """Whether there is such an account."""
        return any(one.account_id == account_id for one in self._reader.accounts())

    def message_count(self, account_id: AccountId) -> int:
        """How many messages of an account are on this computer."""
        return self._reader.read(lambda db: removal.message_count(db, account_id))

    async def test_message(
        self, account_id: AccountId, sender: Address, remote: Address, tell: Tell
    ) -> int:
        """Send a test; the milliseconds until it came back. Raises ``RoundTripFailed``."""
        return await self._round_trips.run(account_id, sender, remote, tell)

    async def _with_client(self, typed: SignIn, work: "Callable[[KandyClient], Awaitable[T]]") -> T:
        asked = sign_in.tidied(typed)
        client = None
        try:
            client = self._keeper.make_client(
                sign_in.checked(asked), asked.client_id, asked.email, asked.secret
            )
            return await work(client)
        except SmsDesktopError as error:
            raise sign_in.trouble_of(error) from error
        finally:
            if client is not None:
                await client.aclose()

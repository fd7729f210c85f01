"""The use cases as one whole: what a person can ask for, and who does it.

Implements the windows' ``Commands``.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sms_desktop.domain.account import Account, AccountKind
from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.facts import AccountFacts
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.domain.setting_up import SignIn
from sms_desktop.store import accounts, conversations, outbox
from sms_desktop.store.database import Database
from sms_desktop.store.errors import StoreError
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.accounts.account_commands import AccountCommands
from sms_desktop.sync.accounts.account_keeper import AccountKeeper, SignedOut
from sms_desktop.sync.accounts.number_commands import NumberCommands
from sms_desktop.sync.accounts.number_search import NumberSearch
from sms_desktop.sync.events import (
    AccountsChanged,
    CheckAnswered,
    Publish,
    TroubleArose,
)
from sms_desktop.sync.running.backoff import Sleep
from sms_desktop.sync.running.reported_writes import ReportedWrites
from sms_desktop.sync.running.tasks import TaskGroup, TaskOwner
from sms_desktop.sync.searching import Searching
from sms_desktop.sync.sending.batch_sending import BatchSending
from sms_desktop.sync.sending.round_trip import RoundTrips
from sms_desktop.sync.sending.scheduling import Scheduling
from sms_desktop.sync.sending.sendable import NobodySignedIn, check_sendable, discard_unsent
from sms_desktop.sync.sending.sending import Sending
from sms_desktop.sync.sessions.sessions import Sessions
from sms_desktop.sync.sessions.status_report import StatusReport
from sms_desktop.sync.threads.thread_commands import ThreadCommands
from sms_desktop.sync.ways.probes import Probes
from sms_desktop.sync.ways.tunnel_commands import TunnelCommands

if TYPE_CHECKING:
    from sms_desktop.sync.contacts.commands import ContactCommands

_NOBODY_TO_ASK: Final = "No account is signed in, so Kandy cannot be asked."


class Engine:
    """Carries out commands; tells every outcome through ``publish``.

    ``accounts``, ``numbers``, ``contacts``, ``threads``, ``tunnels`` and ``batch``: the commands
    about those. ``round_trips`` and ``batch`` want to be handed every event.
    """

    def __init__(
        self,
        store: Database,
        reader: StoreReader,
        keeper: AccountKeeper,
        sending: Sending,
        sessions: Sessions,
        standing: StatusReport,
        tasks: TaskOwner,
        publish: Publish,
        tunnels: TunnelCommands,
        probes: Probes,
        *,
        open_contacts: "Callable[[TaskGroup], ContactCommands]",
        now_ms: NowMs,
        sleep: Sleep,
        make_client_id: Callable[[], ClientId],
    ) -> None:
        self.tunnels = tunnels
        self._probes = probes
        self.search = Searching(store, now_ms)
        self._store = store
        self._reader = reader
        self._sending = sending
        self._sessions = sessions
        self._standing = standing
        self._writes = TaskGroup(tasks)
        self._told = ReportedWrites(store, self._writes, publish)
        self.threads = ThreadCommands(
            store, tasks, publish, self._delete_at_kandy, now_ms=now_ms, sleep=sleep
        )
        self._publish = publish
        self._now_ms = now_ms
        self.round_trips = RoundTrips(
            reader,
            self._submit_from,
            sending.outcome,
            self._facts_of,
            now_ms=now_ms,
            sleep=sleep,
            make_id=make_client_id,
        )
        search = NumberSearch(store, keeper)
        self.numbers = NumberCommands(
            store,
            reader,
            search,
            sessions,
            standing,
            self._writes,
            publish,
        )
        self.batch = BatchSending(
            store,
            reader,
            self._writes,
            publish,
            now_ms=sending.now_ms,
            make_client_id=make_client_id,
            wake=self._wake,
            retry=self.retry,
        )
        self.scheduled = Scheduling(
            store,
            tasks,
            self._writes,
            publish,
            wall_ms=now_ms,
            kandy_ms=sending.now_ms,
            sleep=sleep,
            make_client_id=make_client_id,
            wake=self._wake,
        )
        self._open_contacts = open_contacts
        self.accounts = AccountCommands(
            reader, keeper, search, sessions, self.round_trips, publish, self.reload, now_ms=now_ms
        )

    @cached_property
    def contacts(self) -> "ContactCommands":
        """The commands about the address book; nobody needs them before the first paint."""
        return self._open_contacts(self._writes)

    def tell_what_is_stored(self) -> None:
        """Tell accounts and numbers as an earlier run left them; nothing is asked of Kandy."""
        try:
            found = self._reader.accounts()
        except StoreError as error:
            self._publish(TroubleArose(error.text()))
            return
        if found:
            self._publish(AccountsChanged(tuple(found)))
            self._standing.tell_numbers()

    async def start(self) -> None:
        """Settle what an earlier run left, then open every account's session."""
        await self._told.write(outbox.recover)
        await self.batch.restore()
        self.threads.start()
        await self.reload()
        if self._sessions.receive:
            self.scheduled.start()

    async def reload(self, renewed: AccountId | None = None) -> None:
        """Make the sessions fit the accounts, for example those added by the command line.

        ``renewed``: an account whose secret is another one now.
        """
        found = await self._store.write(accounts.all_accounts)
        self._publish(AccountsChanged(tuple(found)))
        await self._sessions.fit(found, renewed)

    async def sign_in_everywhere(self) -> None:
        """Sign in to every account once, for a report."""
        await self.reload()
        for session in self._sessions:
            await session.reception.try_sign_in()

    async def close(self) -> None:
        """End every session; what the person did is on the disk, what waits stays in the outbox."""
        for session in self._sessions:
            session.pump.end()
        await self._sending.keep_all()
        await self._writes.finish()
        await self.threads.close()
        await self.scheduled.close()
        await self._sessions.close()
        self._sending.end()

    def send(self, conversation_id: ConversationId, text: str) -> ClientId:
        """Echo, store and send a text; clears the conversation's draft."""
        return self._sending.send(conversation_id, text, self._wake)

    async def submit(self, sender: Address, remote: Address, text: str) -> ClientId:
        """Store and send a text outside any window; raises ``SmsDesktopError``."""
        check_sendable(sender, remote, text)
        account_id = self._account_for(sender)
        if self._standing.cannot_send(account_id):
            # It would wait for a person, and whoever asks here waits for an answer.
            raise SignedOut
        return await self._submit_from(account_id, sender, remote, text)

    async def submit_later(
        self, sender: Address, remote: Address, text: str, send_at_ms: int
    ) -> ClientId:
        """Keep a text for later outside any window; raises ``SmsDesktopError``."""
        check_sendable(sender, remote, text)
        account_id = self._account_for(sender)
        return await self.scheduled.keep(account_id, sender, remote, text, send_at_ms)

    def retry(self, client_id: ClientId) -> None:
        """Send a refused or not-sent message again, as the person's own decision."""
        self._writes.spawn(self._retry(client_id), "retry")

    def discard(self, client_id: ClientId) -> None:
        """Forget a message that has not been sent; says so where it is too late for that."""
        self._told.spawn(lambda db: discard_unsent(db, client_id), "discard")

    def check_now(self, client_id: ClientId) -> None:
        """Ask Kandy's history about an unconfirmed message."""
        sessions = tuple(self._sessions)
        for session in sessions:
            session.settlement.check_now(client_id)
        if not sessions:
            self._publish(CheckAnswered(client_id, _NOBODY_TO_ASK))

    def set_draft(self, conversation_id: ConversationId, text: str) -> None:
        """Keep the text that waits in a conversation's composer."""
        now_ms = self._now_ms()
        self._told.spawn(
            lambda db: conversations.set_draft(db, conversation_id, text, now_ms), "draft"
        )

    def mark_read(self, conversation_id: ConversationId, up_to: TimelineKey) -> None:
        """Everything up to and including ``up_to`` was looked at."""
        self._told.spawn(lambda db: conversations.mark_read(db, conversation_id, up_to), "read")

    async def start_conversation(
        self, account_id: AccountId, local: Address, remote: Address
    ) -> ConversationId:
        """The conversation of an own number with a remote one, made where there is none."""
        return await self._store.write(
            lambda db: conversations.begin(db, account_id, local, remote)
        )

    def subscribe_again(self, account_id: AccountId, number: Address) -> None:
        """Renew the subscription of a number that does not receive."""
        if session := self._sessions.of(account_id):
            session.reception.subscribe_again(number)

    def check_connection(self) -> None:
        """Look at every step of the connection now, and mend what can be mended."""
        self._probes.call_now()
        for session in self._sessions:
            session.reception.look_now()

    def listener_moved(self) -> None:
        """The listener has another port: whatever leads to the old one is opened anew."""
        for session in self._sessions:
            session.reception.listener_moved()

    def hurry(self) -> None:
        """The computer woke up, or its network changed: look at every connection at once."""
        self._probes.call_now()
        self.scheduled.look_again()
        for session in self._sessions:
            session.reception.hurry()

    async def add_account(
        self, base_url: str, kandy_client_id: str, email: str, secret: str, tunnel: str
    ) -> Account:
        """Sign in and keep the account; raises ``SmsDesktopError`` with a sentence."""
        kind = AccountKind.USER if email.strip() else AccountKind.PROJECT
        typed = SignIn(kind, base_url, kandy_client_id, email, secret)
        return await self.accounts.keep_unasked(typed, tunnel)

    async def _submit_from(
        self, account_id: AccountId, sender: Address, remote: Address, text: str
    ) -> ClientId:
        client_id = await self._sending.keep(account_id, sender, remote, text)
        self._wake(account_id)
        return client_id

    def _facts_of(self, account_id: AccountId) -> AccountFacts | None:
        session = self._sessions.of(account_id)
        return None if session is None else session.facts

    def _account_for(self, sender: Address) -> AccountId:
        """The account that owns a sender; the first one where none does: Kandy will say no.

        Of several, the first that is signed in.
        """
        owners = [n.account_id for n in self._reader.numbers() if n.number == sender]
        found = owners or [account.account_id for account in self._reader.accounts()]
        if not found:
            raise NobodySignedIn
        return next((one for one in found if not self._standing.cannot_send(one)), found[0])

    def _delete_at_kandy(self) -> None:
        for session in self._sessions:
            session.deletion.look_again()

    def _wake(self, account_id: AccountId) -> None:
        if session := self._sessions.of(account_id):
            session.pump.wake()

    async def _retry(self, client_id: ClientId) -> None:
        now_ms = self._now_ms()
        await self._told.write(lambda db: outbox.retry(db, client_id, now_ms))
        for session in self._sessions:
            session.pump.retry(client_id)

"""The use cases as one whole: what a person can ask for, and who does it.

Implements the windows' ``Commands``.
"""

from collections.abc import Callable

from sms_desktop.domain.account import Account, AccountKind, OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.domain.setting_up import SignIn
from sms_desktop.store import accounts, contacts, conversations, numbers, outbox
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.account_commands import AccountCommands
from sms_desktop.sync.account_keeper import AccountKeeper
from sms_desktop.sync.backoff import Sleep
from sms_desktop.sync.events import AccountsChanged, Publish, TimelineChanged, TroubleArose
from sms_desktop.sync.facts import AccountFacts
from sms_desktop.sync.round_trip import RoundTrips
from sms_desktop.sync.sending import Sending
from sms_desktop.sync.sessions import Sessions
from sms_desktop.sync.standing import Standing
from sms_desktop.sync.tasks import TaskGroup, TaskOwner


class Engine:
    """Carries out commands; tells every outcome through ``publish``.

    ``accounts``: the commands about accounts. ``round_trips`` wants to be handed every event.
    """

    def __init__(
        self,
        store: Database,
        reader: StoreReader,
        keeper: AccountKeeper,
        sending: Sending,
        sessions: Sessions,
        standing: Standing,
        tasks: TaskOwner,
        publish: Publish,
        *,
        now_ms: NowMs,
        sleep: Sleep,
        make_client_id: Callable[[], ClientId],
    ) -> None:
        self._store = store
        self._reader = reader
        self._sending = sending
        self._sessions = sessions
        self._standing = standing
        self._writes = TaskGroup(tasks)
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
        self.accounts = AccountCommands(
            reader, keeper, sessions, self.round_trips, publish, self.reload, now_ms=now_ms
        )

    async def start(self) -> None:
        """Settle what an earlier run left, then open every account's session."""
        await self._write(outbox.recover)
        await self.reload()

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
        await self._sessions.close()
        self._sending.end()

    def send(self, conversation_id: ConversationId, text: str) -> ClientId:
        """Echo, store and send a text; clears the conversation's draft."""
        return self._sending.send(conversation_id, text, self._wake)

    async def submit(self, sender: Address, remote: Address, text: str) -> ClientId:
        """Store and send a text outside any window; raises ``SmsDesktopError``."""
        if not sender or not remote or not text:
            raise NothingToSend
        return await self._submit_from(self._account_for(sender), sender, remote, text)

    def retry(self, client_id: ClientId) -> None:
        """Send a refused or not-sent message again, as the person's own decision."""
        self._writes.spawn(self._retry(client_id), "retry")

    def discard(self, client_id: ClientId) -> None:
        """Forget a message that has not been sent; says so where it is too late for that."""
        self._spawn_write(lambda db: _discard(db, client_id), "discard")

    def check_now(self, client_id: ClientId) -> None:
        """Ask Kandy's history about an unconfirmed message."""
        for session in self._sessions:
            session.settlement.check_now(client_id)

    def set_draft(self, conversation_id: ConversationId, text: str) -> None:
        """Keep the text that waits in a conversation's composer."""
        now_ms = self._now_ms()
        self._spawn_write(
            lambda db: conversations.set_draft(db, conversation_id, text, now_ms), "draft"
        )

    def mark_read(self, conversation_id: ConversationId, up_to: TimelineKey) -> None:
        """Everything up to and including ``up_to`` was looked at."""
        self._spawn_write(lambda db: conversations.mark_read(db, conversation_id, up_to), "read")

    async def start_conversation(
        self, account_id: AccountId, local: Address, remote: Address
    ) -> ConversationId:
        """The conversation of an own number with a remote one, made where there is none."""
        return await self._store.write(
            lambda db: conversations.ensure(db, account_id, local, remote)
        )

    def name_contact(self, remote: Address, name: str) -> None:
        """Name a remote number; an empty name forgets it."""
        self._spawn_write(lambda db: contacts.set_name(db, remote, name), "contact")

    def change_number(self, number: OwnNumber) -> None:
        """Store name, colour and receive of an own number, and make its subscription fit."""
        self._writes.spawn(self._change_number(number), "number")

    def subscribe_again(self, account_id: AccountId, number: Address) -> None:
        """Renew the subscription of a number that does not receive."""
        if session := self._sessions.of(account_id):
            session.reception.subscribe_again(number)

    def check_connection(self) -> None:
        """Look at every step of the connection now, and mend what can be mended."""
        for session in self._sessions:
            session.reception.look_now()

    async def add_account(
        self, base_url: str, kandy_client_id: str, email: str, secret: str, tunnel: str
    ) -> Account:
        """Sign in and keep the account; raises ``SmsDesktopError`` with a sentence."""
        kind = AccountKind.USER if email.strip() else AccountKind.PROJECT
        typed = SignIn(kind, base_url, kandy_client_id, email, secret)
        return await self.accounts.keep(typed, tunnel)

    async def _submit_from(
        self, account_id: AccountId, sender: Address, remote: Address, text: str
    ) -> ClientId:
        conversation_id = await self.start_conversation(account_id, sender, remote)
        client_id = await self._sending.keep(account_id, conversation_id, sender, remote, text)
        self._wake(account_id)
        return client_id

    def _facts_of(self, account_id: AccountId) -> AccountFacts | None:
        session = self._sessions.of(account_id)
        return None if session is None else session.facts

    async def _change_number(self, number: OwnNumber) -> None:
        def job(db: Connection) -> bool:
            before = next((n for n in numbers.all_numbers(db) if _is_same(n, number)), None)
            numbers.change(db, number)
            return before is not None and before.receive is not number.receive

        try:
            is_for_kandy = await self._store.write(job)
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))
            return
        session = self._sessions.of(number.account_id)
        if is_for_kandy and session is not None:
            session.reception.look_now()
        self._standing.tell()

    def _account_for(self, sender: Address) -> AccountId:
        """The account that owns a sender; the first one where none does: Kandy will say no."""
        for number in self._reader.numbers():
            if number.number == sender:
                return number.account_id
        found = self._reader.accounts()
        if not found:
            raise NobodySignedIn
        return found[0].account_id

    def _wake(self, account_id: AccountId) -> None:
        if session := self._sessions.of(account_id):
            session.pump.wake()

    def _spawn_write(self, job: Callable[[Connection], Changes], name: str) -> None:
        self._writes.spawn(self._write(job), name)

    async def _retry(self, client_id: ClientId) -> None:
        now_ms = self._now_ms()
        await self._write(lambda db: outbox.retry(db, client_id, now_ms))
        for session in self._sessions:
            session.pump.retry(client_id)

    async def _write(self, job: Callable[[Connection], Changes]) -> None:
        try:
            changes = await self._store.write(job)
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))
            return
        if changes:
            self._publish(TimelineChanged(changes))


def _is_same(one: OwnNumber, other: OwnNumber) -> bool:
    return (one.account_id, one.number) == (other.account_id, other.number)


def _discard(db: Connection, client_id: ClientId) -> Changes:
    changes = outbox.discard(db, client_id)
    if not changes and outbox.item(db, client_id) is not None:
        raise TooLateToDiscard
    return changes


class TooLateToDiscard(SmsDesktopError):
    """The message is on its way, or nobody knows whether it is."""

    sentence = "This message may already have left, so it cannot be taken back."


class NothingToSend(SmsDesktopError):
    """A send lacks a sender, a destination or a text."""

    sentence = "A message needs a sender, a destination and a text."


class NobodySignedIn(SmsDesktopError):
    """There is no account to send with."""

    sentence = "No account is signed in. Add one with “account add”, or in Settings › Account."

"""The use cases as one whole: what a person can ask for, and the sessions that do it.

Implements the windows' ``Commands``. Imports nothing slow: sessions come from a factory, so that the
first window does not wait for the network's libraries.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from sms_desktop.domain.account import Account, OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId, ClientId, ConversationId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.store import accounts, contacts, conversations, numbers, outbox
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.store.reading import StoreReader
from sms_desktop.sync.account_keeper import AccountKeeper
from sms_desktop.sync.events import AccountsChanged, Publish, TimelineChanged, TroubleArose
from sms_desktop.sync.sending import Sending
from sms_desktop.sync.standing import Standing
from sms_desktop.sync.tasks import TaskOwner

if TYPE_CHECKING:
    from sms_desktop.sync.session import Session

_log = logging.getLogger(__name__)

OpenSession = Callable[[Account], Awaitable["Session"]]
"""Builds the session of an account; raises ``SmsDesktopError`` where its secret is gone."""


class Engine:
    """Runs the sessions and carries out commands; tells every outcome through ``publish``."""

    def __init__(
        self,
        store: Database,
        reader: StoreReader,
        keeper: AccountKeeper,
        sending: Sending,
        standing: Standing,
        tasks: TaskOwner,
        publish: Publish,
        open_session: OpenSession,
        *,
        now_ms: NowMs,
        receive: bool,
    ) -> None:
        self._store = store
        self._reader = reader
        self._keeper = keeper
        self._sending = sending
        self._standing = standing
        self._tasks = tasks
        self._publish = publish
        self._open_session = open_session
        self._now_ms = now_ms
        self._receive = receive
        self._sessions: dict[AccountId, Session] = {}

    async def start(self) -> None:
        """Settle what an earlier run left, then open every account's session."""
        await self._write(outbox.recover)
        await self.reload()

    async def reload(self) -> None:
        """Open sessions of accounts that have none, for example those added by the command line."""
        found = await self._store.write(accounts.all_accounts)
        self._publish(AccountsChanged(tuple(found)))
        for account in found:
            if account.account_id not in self._sessions:
                await self._open(account)
        self._standing.tell()

    async def sign_in_everywhere(self) -> None:
        """Sign in to every account once, for a report."""
        await self.reload()
        for session in self._sessions.values():
            await session.reception.try_sign_in()

    async def close(self) -> None:
        """End every session; what waits stays in the outbox."""
        for session in self._sessions.values():
            await session.close()

    def send(self, conversation_id: ConversationId, text: str) -> ClientId:
        """Echo, store and send a text; clears the conversation's draft."""
        return self._sending.send(conversation_id, text, self._wake)

    async def submit(self, sender: Address, remote: Address, text: str) -> ClientId:
        """Store and send a text outside any window; raises ``SmsDesktopError``."""
        if not sender or not remote or not text:
            raise NothingToSend
        account_id = self._account_for(sender)
        conversation_id = await self.start_conversation(account_id, sender, remote)
        client_id = await self._sending.keep(account_id, conversation_id, sender, remote, text)
        self._wake(account_id)
        return client_id

    def retry(self, client_id: ClientId) -> None:
        """Send a refused or not-sent message again, as the person's own decision."""
        self._tasks.spawn(self._retry(client_id), "retry")

    def discard(self, client_id: ClientId) -> None:
        """Forget a message that has not been sent."""
        self._spawn_write(lambda db: outbox.discard(db, client_id), "discard")

    def check_now(self, client_id: ClientId) -> None:
        """Ask Kandy's history about an unconfirmed message."""
        for session in self._sessions.values():
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
        self._tasks.spawn(self._change_number(number), "number")

    def subscribe_again(self, account_id: AccountId, number: Address) -> None:
        """Renew the subscription of a number that does not receive."""
        if session := self._sessions.get(account_id):
            session.reception.forget_cancellation(number)

    def check_connection(self) -> None:
        """Look at every step of the connection now, and mend what can be mended."""
        for session in self._sessions.values():
            session.reception.look_now()

    async def add_account(
        self, base_url: str, kandy_client_id: str, email: str, secret: str, tunnel: str
    ) -> Account:
        """Sign in and keep the account; raises ``SmsDesktopError`` with a sentence."""
        account = await self._keeper.add(base_url, kandy_client_id, email, secret, tunnel)
        await self._forget_session(account.account_id)
        await self.reload()
        return account

    async def remove_account(self, account_id: AccountId) -> None:
        """Unsubscribe, forget the secret and stop; messages are kept."""
        if session := self._sessions.get(account_id):
            await session.take_leave()
        await self._forget_session(account_id)
        await self._keeper.remove(account_id)
        await self.reload()

    async def _open(self, account: Account) -> None:
        try:
            session = await self._open_session(account)
        except SmsDesktopError as error:
            self._standing.cannot_open(account, error.text())
            return
        self._sessions[account.account_id] = session
        self._standing.add(account, session.facts)
        session.start(receive=self._receive)

    async def _forget_session(self, account_id: AccountId) -> None:
        self._standing.remove(account_id)
        if session := self._sessions.pop(account_id, None):
            await session.close()

    async def _change_number(self, number: OwnNumber) -> None:
        await self._store.write(lambda db: numbers.change(db, number))
        if session := self._sessions.get(number.account_id):
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
        if session := self._sessions.get(account_id):
            session.pump.wake()

    def _spawn_write(self, job: Callable[[Connection], Changes], name: str) -> None:
        self._tasks.spawn(self._write(job), name)

    async def _retry(self, client_id: ClientId) -> None:
        now_ms = self._now_ms()
        await self._write(lambda db: outbox.retry(db, client_id, now_ms))
        for account_id in self._sessions:
            self._wake(account_id)

    async def _write(self, job: Callable[[Connection], Changes]) -> None:
        try:
            changes = await self._store.write(job)
        except SmsDesktopError as error:
            self._publish(TroubleArose(error.text()))
            return
        if changes:
            self._publish(TimelineChanged(changes))


class NothingToSend(SmsDesktopError):
    """A send lacks a sender, a destination or a text."""

    sentence = "A message needs a sender, a destination and a text."


class NobodySignedIn(SmsDesktopError):
    """There is no account to send with."""

    sentence = "No account is signed in. Add one with “account add”, or in Settings › Account."

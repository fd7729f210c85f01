"""The sessions of all accounts: at most one for each, opened and ended one after the other.

Imports nothing slow: sessions come from a factory, so that the first window does not wait for the
network's libraries.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sms_desktop.domain.account import Account
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId
from sms_desktop.sync.accounts.account_keeper import SecretIsGone, SignedOut
from sms_desktop.sync.sessions.status_report import StatusReport

if TYPE_CHECKING:
    from sms_desktop.domain.contact_card import Book
    from sms_desktop.sync.sessions.session import Session

OpenSession = Callable[[Account], Awaitable["Session"]]
"""Builds the session of an account; raises ``SmsDesktopError`` where its secret is gone."""


class NobodyAtKandy(SmsDesktopError):
    """The address book at Kandy is empty, or there is none."""

    sentence = "There is nobody in this account’s address book at Kandy."


class Sessions:
    """Opens, finds and ends sessions; ``send`` and ``receive`` say what they shall do."""

    def __init__(
        self, open_session: OpenSession, standing: StatusReport, *, send: bool, receive: bool
    ) -> None:
        self._open_session = open_session
        self._standing = standing
        self._send = send
        self.receive = receive
        self._of: dict[AccountId, Session] = {}
        self._turn = asyncio.Lock()
        self._is_closed = False

    def __iter__(self) -> "Iterator[Session]":
        return iter(tuple(self._of.values()))

    def of(self, account_id: AccountId) -> "Session | None":
        """The session of an account."""
        return self._of.get(account_id)

    async def address_book(self, account_id: AccountId) -> "Book":
        """The address book that an account has at Kandy; raises ``SmsDesktopError``."""
        from sms_desktop.domain.contact_card import Book, ReadCards

        session = self._of.get(account_id)
        if session is None:
            raise SignedOut
        cards = await session.address_book()
        if not cards:
            raise NobodyAtKandy
        # Two accounts may each call somebody by the same id.
        return Book("Kandy", f"kandy:{account_id}", cards=ReadCards(cards))

    async def fit(self, accounts: Iterable[Account], renewed: AccountId | None = None) -> None:
        """Make the sessions those of these accounts.

        One whose account differs now, whose secret was refused, or that is ``renewed`` begins anew.
        """
        async with self._turn:
            wanted = {account.account_id: account for account in accounts}
            for session in self:
                account_id = session.account.account_id
                if account_id == renewed or not _is_good(session, wanted.get(account_id)):
                    await self._end(account_id)
            for account in wanted.values():
                if account.account_id not in self._of:
                    await self._begin(account)
            self._standing.begin()
            self._standing.tell_now()

    async def take_leave(self, account_id: AccountId) -> None:
        """Remove what an account has at Kandy, and end its session."""
        async with self._turn:
            if session := self._of.get(account_id):
                await session.take_leave()
            await self._end(account_id)

    async def close(self) -> None:
        """End every session, and let no other begin."""
        self._is_closed = True
        await asyncio.gather(*(self._end(session.account.account_id) for session in self))

    async def _begin(self, account: Account) -> None:
        if self._has_ended():
            return
        try:
            session = await self._open_session(account)
        except SignedOut:
            self._standing.signed_out(account)
            return
        except SecretIsGone as error:
            self._standing.lacks_secret(account, error.text())
            return
        except SmsDesktopError as error:
            self._standing.cannot_open(account, error.text())
            return
        if self._has_ended():
            await session.close()
            return
        self._of[account.account_id] = session
        self._standing.add(account, session.facts)
        session.start(send=self._send, receive=self.receive)

    def _has_ended(self) -> bool:
        return self._is_closed

    async def _end(self, account_id: AccountId) -> None:
        self._standing.remove(account_id)
        if session := self._of.pop(account_id, None):
            await session.close()


def _is_good(session: "Session", account: Account | None) -> bool:
    """Whether a session does what its account asks for now, with a secret that Kandy takes."""
    if account is None or session.facts.signed_in is False:
        return False
    # Who the user is, is learnt by signing in.
    return replace(account, user_id="") == replace(session.account, user_id="")

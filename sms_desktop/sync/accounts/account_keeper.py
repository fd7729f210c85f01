"""Accounts: signing in for the first time, their secrets, and taking leave.

The secret of an account is in the vault and nowhere else; the store knows the rest.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sms_desktop.domain.account import Account, AccountKind
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId
from sms_desktop.domain.setting_up import NumberChoice, SignIn
from sms_desktop.store import accounts, chosen_numbers, history, imports, numbers, removal
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.vault.keys import account_secret
from sms_desktop.vault.models import Vault

if TYPE_CHECKING:
    from sms_desktop.net.kandy import KandyClient
    from sms_desktop.wire.claims import Claims

MakeClient = Callable[[str, str, str, str], "KandyClient"]
"""A client for base URL, client id, e-mail (empty for a project) and secret."""

CheckAddress = Callable[[str, str], str]
"""The checked form of a base URL; raises ``SmsDesktopError`` where it or the tunnel cannot be."""


class SecretIsGone(SmsDesktopError):
    """The vault does not hold an account's secret any more."""

    sentence = (
        "The secret of this account is no longer in the keyring. "
        "Sign in again in Settings › Account."
    )


class SignedOut(SmsDesktopError):
    """The person has signed this account out."""

    sentence = "This account is signed out. Sign in again in Settings › Account."


class AnotherUser(SmsDesktopError):
    """An account was edited, and what was typed belongs to somebody else."""

    sentence = (
        "This signs in to another Kandy user than the account that you are editing, whose messages "
        "would get mixed up with it. Add it as an account of its own instead."
    )


class AccountKeeper:
    """Adds, opens, edits and removes accounts."""

    def __init__(
        self,
        store: Database,
        vault: Vault,
        make_client: MakeClient,
        check_address: CheckAddress,
    ) -> None:
        self._store = store
        self._vault = vault
        self.make_client = make_client
        self._check_address = check_address

    async def add(
        self,
        base_url: str,
        kandy_client_id: str,
        email: str,
        secret: str,
        tunnel: str,
        choices: Sequence[NumberChoice] = (),
        history_since_ms: int | None = None,
    ) -> Account:
        """Sign in once to see that it works, then keep the account and its numbers.

        ``choices``: what the person decided about numbers; ``history_since_ms``: from when on the
        history of a new account is read, ``None`` for all of it. Raises ``NetError``, ``StoreError`` or a
        vault's error, each with a sentence.
        """
        base_url, kandy_client_id, email, secret = (
            part.strip() for part in (base_url, kandy_client_id, email, secret)
        )
        base_url = self._check_address(base_url, tunnel)
        claims = await self._sign_in(base_url, kandy_client_id, email, secret)

        def job(db: Connection) -> tuple[Account, bool]:
            before = accounts.all_accounts(db)
            account = _keep(db, base_url, kandy_client_id, email, claims, tunnel)
            chosen_numbers.keep(db, account.account_id, choices)
            is_new = account.account_id not in {one.account_id for one in before}
            if is_new or history_since_ms is not None:
                _choose_history(db, account.account_id, history_since_ms)
            return account, is_new

        account, is_new = await self._store.write(job)
        try:
            await asyncio.to_thread(self._vault.set, account_secret(account.account_id), secret)
        except SmsDesktopError:
            if is_new:
                # Without its secret it would be an account that can do nothing.
                await self._store.write(lambda db: accounts.remove(db, account.account_id))
            raise
        return account

    async def change(self, account: Account, asked: SignIn, tunnel: str) -> Account:
        """Sign in with what is asked now, then keep it in the place of what was there.

        An empty secret means the one that is kept. Raises what ``add`` raises, ``SecretIsGone`` and
        ``AnotherUser``.
        """
        base_url = self._check_address(asked.base_url, tunnel)
        secret = asked.secret or await self._secret_of(account.account_id)
        claims = await self._sign_in(base_url, asked.client_id, asked.email, secret)
        if account.user_id not in ("", claims.user_id):
            raise AnotherUser
        kept = (asked.kind, base_url, asked.client_id, asked.email, claims.user_id, tunnel)
        changed = await self._store.write(lambda db: accounts.change(db, account.account_id, *kept))
        await asyncio.to_thread(self._vault.set, account_secret(account.account_id), secret)
        return changed

    async def client_of(self, account: Account) -> "KandyClient":
        """A client that signs in as the account; raises ``SecretIsGone`` and ``SignedOut``."""
        secret = await self._secret_of(account.account_id)
        return self.make_client(account.base_url, account.kandy_client_id, account.email, secret)

    async def choose_history(self, account_id: AccountId, since_ms: int | None) -> None:
        """Have the history read anew, all of it or from a time on; raises ``StoreError``."""
        await self._store.write(lambda db: imports.choose(db, account_id, since_ms))

    async def cancel_history(self, account_id: AccountId) -> None:
        """Read no more of it; raises ``StoreError``."""
        await self._store.write(lambda db: imports.cancel(db, account_id))

    async def forget_secret(self, account_id: AccountId) -> None:
        """Sign an account out: an empty secret says that this was meant."""
        await asyncio.to_thread(self._vault.set, account_secret(account_id), "")

    async def remove(self, account_id: AccountId, *, delete_messages: bool = False) -> Changes:
        """Forget the account and its secret; its messages stay unless they shall go too."""

        def job(db: Connection) -> Changes:
            accounts.remove(db, account_id)
            return removal.delete_everything(db, account_id) if delete_messages else NOTHING

        changes = await self._store.write(job)
        await asyncio.to_thread(self._vault.delete, account_secret(account_id))
        return changes

    async def _secret_of(self, account_id: AccountId) -> str:
        secret = await asyncio.to_thread(self._vault.get, account_secret(account_id))
        if secret is None:
            raise SecretIsGone
        if not secret:
            raise SignedOut
        return secret

    async def _sign_in(
        self, base_url: str, kandy_client_id: str, email: str, secret: str
    ) -> "Claims":
        client = self.make_client(base_url, kandy_client_id, email, secret)
        try:
            return await client.sign_in()
        finally:
            await client.aclose()


def _choose_history(db: Connection, account_id: AccountId, since_ms: int | None) -> None:
    """What has been read is not read again, nor is what is being read as it shall be."""
    now = imports.state(db, account_id)
    if history.read_at_ms(db, account_id) is None and (now is None or now.since_ms != since_ms):
        imports.choose(db, account_id, since_ms)


def _keep(
    db: Connection,
    base_url: str,
    kandy_client_id: str,
    email: str,
    claims: "Claims",
    tunnel: str,
) -> Account:
    kind = AccountKind.USER if email else AccountKind.PROJECT
    account = accounts.add(db, kind, base_url, kandy_client_id, email, claims.user_id, tunnel)
    if claims.numbers:
        numbers.merge_found(db, account.account_id, claims.numbers)
    return account

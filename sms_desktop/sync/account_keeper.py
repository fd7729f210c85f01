"""Accounts: signing in for the first time, their secrets, and taking leave.

The secret of an account is in the vault and nowhere else; the store knows the rest.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from sms_desktop.domain.account import Account, AccountKind
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId
from sms_desktop.store import accounts, numbers
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


class AccountKeeper:
    """Adds, opens and removes accounts."""

    def __init__(
        self,
        store: Database,
        vault: Vault,
        make_client: MakeClient,
        check_address: CheckAddress,
    ) -> None:
        self._store = store
        self._vault = vault
        self._make_client = make_client
        self._check_address = check_address

    async def add(
        self, base_url: str, kandy_client_id: str, email: str, secret: str, tunnel: str
    ) -> Account:
        """Sign in once to see that it works, then keep the account and its numbers.

        Raises ``NetError``, ``StoreError`` or a vault's error, each with a sentence.
        """
        base_url, kandy_client_id, email, secret = (
            part.strip() for part in (base_url, kandy_client_id, email, secret)
        )
        base_url = self._check_address(base_url, tunnel)
        client = self._make_client(base_url, kandy_client_id, email, secret)
        try:
            claims = await client.sign_in()
        finally:
            await client.aclose()

        def job(db: Connection) -> Account:
            return _keep(db, base_url, kandy_client_id, email, claims, tunnel)

        account = await self._store.write(job)
        await asyncio.to_thread(self._vault.set, account_secret(account.account_id), secret)
        return account

    async def client_of(self, account: Account) -> "KandyClient":
        """A client that signs in as the account; raises ``SecretIsGone``."""
        secret = await asyncio.to_thread(self._vault.get, account_secret(account.account_id))
        if secret is None:
            raise SecretIsGone
        return self._make_client(account.base_url, account.kandy_client_id, account.email, secret)

    async def remove(self, account_id: AccountId) -> None:
        """Forget the account and its secret; its messages stay."""
        await self._store.write(lambda db: accounts.remove(db, account_id))
        await asyncio.to_thread(self._vault.delete, account_secret(account_id))


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
    numbers.merge_found(db, account.account_id, claims.numbers)
    return account

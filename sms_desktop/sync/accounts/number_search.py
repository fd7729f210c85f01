"""Looks once for the own numbers of an account that is known, and keeps what Kandy assigns to it."""

from sms_desktop.domain.account import Account
from sms_desktop.domain.setting_up import FoundNumbers, Source
from sms_desktop.store import numbers
from sms_desktop.store.database import Database
from sms_desktop.sync.accounts import number_discovery
from sms_desktop.sync.accounts.account_keeper import AccountKeeper


class NumberSearch:
    """Signs in with the secret of the vault, on a connection of its own."""

    def __init__(self, store: Database, keeper: AccountKeeper) -> None:
        self._store = store
        self._keeper = keeper

    async def find(self, account: Account) -> FoundNumbers:
        """What Kandy knows of; assigned numbers are the account's from now on.

        Raises ``NetError``, ``StoreError``, ``SecretIsGone`` and ``SignedOut``.
        """
        client = await self._keeper.client_of(account)
        try:
            found = await number_discovery.find(client)
        finally:
            await client.aclose()
        assigned = [one.number for one in found.numbers if Source.ASSIGNED in one.sources]
        if assigned:
            # Where Kandy lists none at all, that says nothing: some accounts' tokens never do.
            await self._store.write(
                lambda db: numbers.merge_found(db, account.account_id, assigned)
            )
        return found

"""Looks once for the own numbers of an account that is known, and keeps what Kandy assigns to it."""

import logging

from sms_desktop.domain.account import Account
from sms_desktop.domain.setting_up import FoundNumbers, NumberChoice, Source
from sms_desktop.net.errors import NetError
from sms_desktop.store import chosen_numbers, numbers
from sms_desktop.store.database import Database
from sms_desktop.sync.accounts import number_discovery
from sms_desktop.sync.accounts.account_keeper import AccountKeeper

_log = logging.getLogger(__name__)


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

    async def adopt(self, account: Account) -> None:
        """Where Kandy lists no number: take those of its subscriptions and its history that receive.

        For an account that is added by a script, which nobody can ask about them. Raises what
        ``find`` raises but for ``NetError``: the account is kept, and has none for now.
        """
        client = await self._keeper.client_of(account)
        try:
            found = [one.number for one in (await number_discovery.find(client)).numbers]
            deaf = await number_discovery.cannot_receive(client, found) if found else {}
        except NetError as error:
            _log.info("no number could be found: %s", type(error).__name__)
            return
        finally:
            await client.aclose()
        choices = [NumberChoice(number) for number in found if number not in deaf]
        await self._store.write(lambda db: chosen_numbers.keep(db, account.account_id, choices))

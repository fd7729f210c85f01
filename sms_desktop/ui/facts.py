"""The latest of the facts that stay true until told otherwise, for windows that open later."""

from PySide6.QtCore import QObject

from sms_desktop.domain.account import Account
from sms_desktop.domain.health import Health, Level
from sms_desktop.sync import events
from sms_desktop.sync.events import AccountState, NumberState
from sms_desktop.ui.bridge import Bridge


class Facts(QObject):
    """Health, own numbers and accounts as they were told last; never asks, only listens."""

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.health = Health(Level.STARTING, "")
        self.numbers: tuple[NumberState, ...] = ()
        self.accounts: tuple[Account, ...] = ()
        self.accounts_known = False
        self.account_states: tuple[AccountState, ...] = ()
        bridge.health_changed.connect(self._keep_health)
        bridge.numbers_changed.connect(self._keep_numbers)
        bridge.accounts_changed.connect(self._keep_accounts)
        bridge.account_states_changed.connect(self._keep_account_states)

    def _keep_health(self, event: events.HealthChanged) -> None:
        self.health = event.health

    def _keep_numbers(self, event: events.NumbersChanged) -> None:
        self.numbers = event.numbers

    def _keep_accounts(self, event: events.AccountsChanged) -> None:
        self.accounts = event.accounts
        self.accounts_known = True

    def _keep_account_states(self, event: events.AccountStatesChanged) -> None:
        self.account_states = event.states

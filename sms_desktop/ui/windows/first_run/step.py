"""What every step of the first run is, for the window that leads through them."""

from dataclasses import dataclass, field
from typing import Protocol

from sms_desktop.domain.account import Account, AccountKind
from sms_desktop.domain.setting_up import FoundNumbers, NumberChoice, SignIn, SignInFindings


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that speaks against going on; ``action``: the words for going on all the same."""

    sentence: str
    action: str = ""


@dataclass(slots=True)
class Draft:
    """What the steps have found out so far; what is typed stays in their fields.

    ``kept``: the account once the last step has kept it.
    """

    typed: SignIn = field(default_factory=lambda: SignIn(AccountKind.PROJECT, "", ""))
    findings: SignInFindings | None = None
    found: FoundNumbers = field(default_factory=lambda: FoundNumbers(()))
    choices: tuple[NumberChoice, ...] = ()
    kept: Account | None = None


class Step(Protocol):
    """One page; ``advance`` does what has to be done before the next one."""

    name: str

    @property
    def next_words(self) -> str:
        """What the main button does."""
        ...

    @property
    def skip_words(self) -> str:
        """What the button beside it does; empty for none."""
        ...

    def enter(self) -> None:
        """Show what the steps before have found out, and put the focus where one begins."""
        ...

    async def advance(self, *, insist: bool) -> Doubt | None:
        """Check what was typed; raises ``SignInTrouble`` where Kandy says no.

        ``insist``: the person has read the doubt and goes on.
        """
        ...

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed meanwhile."""
        ...

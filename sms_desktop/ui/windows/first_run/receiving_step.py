"""First run, step 3: how messages reach this computer, proven by one that comes back."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from sms_desktop.domain.account import Account
from sms_desktop.domain.address import Address
from sms_desktop.domain.setting_up import NumberChoice, Part, RoundStage, SignIn
from sms_desktop.sync.accounts.sign_in import SignInTrouble, is_loopback
from sms_desktop.sync.sending.round_trip import RoundTripFailed
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.first_run.progress_rows import Progress, ProgressRows
from sms_desktop.ui.windows.first_run.step import Doubt, Draft
from sms_desktop.ui.windows.settings.page import Page
from sms_desktop.ui.windows.signing_in.earlier_messages import EarlierMessages
from sms_desktop.ui.windows.signing_in.way_choice import WayChoice

_ABOUT: Final = (
    "Kandy tells this computer of every message as it comes. Choose how; then a test message from "
    "one of your numbers shows whether it works. It counts as one text on your account."
)
_WITHOUT: Final = (
    "Without the test nobody knows whether messages reach this computer. "
    "Settings › Connection says how it stands at any time."
)
_NOBODY_RECEIVES: Final = "No number shall receive here, so there is nothing to test."
_STAGES: Final = tuple(RoundStage)

_Wanted = tuple[SignIn, str, Sequence[NumberChoice], int | None]


class ReceivingStep(Page):
    """``settled``: there is nothing left to do but to close the window."""

    name = "Receiving"
    said = Signal(str)
    submitted = Signal()
    settled = Signal()
    words_changed = Signal()

    def __init__(
        self,
        commands: Commands,
        theme: Theme,
        draft: Draft,
        spawn: Spawn,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("How messages reach this computer", _ABOUT, parent)
        self._commands = commands.accounts
        self._draft = draft
        self._kept_as: _Wanted | None = None
        self.is_done = False
        self._has_failed = False
        self.ways = WayChoice(
            theme, commands.tunnels, spawn, lambda: draft.typed.base_url, self.inside
        )
        self.ways.changed.connect(self._begin_again)
        self.ways.submitted.connect(self.submitted)
        self.earlier = EarlierMessages(self.inside)
        self.progress = ProgressRows(theme, 1 + len(_STAGES), self.inside)
        self.verdict = QLabel(self.inside)
        self.verdict.setWordWrap(True)
        self.without_label = QLabel(_WITHOUT, self.inside)
        self.without_label.setProperty("role", "small")
        self.without_label.setWordWrap(True)
        self.body.addWidget(self.ways)
        self.body.addWidget(self.earlier)
        self.body.addSpacing(2)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.verdict)
        self.body.addWidget(self.without_label)
        self._begin_again()

    @property
    def next_words(self) -> str:
        """What the main button does now."""
        if self.is_done:
            return "Start texting"
        if not self._pair():
            return "Connect and finish"
        return "Try again" if self._has_failed else "Connect and test"

    @property
    def skip_words(self) -> str:
        """What the other button does; empty where there is nothing to leave out."""
        if self.is_done or not self._pair():
            return ""
        return "Finish without the test" if self._draft.kept else "Connect without the test"

    def enter(self) -> None:
        """Offer the ways that this host allows."""
        self.ways.offer(loopback=is_loopback(self._draft.typed.base_url))
        if self._kept_as is not None and self._kept_as != self._wanted():
            self._begin_again()
        self._show()
        self.ways.focus_choice()

    async def advance(self, *, insist: bool) -> Doubt | None:
        """Keep the account, then test; ``insist`` leaves the test out."""
        if self.is_done:
            return None
        if problem := self.ways.problem():
            self.ways.complain(problem)
            return Doubt("")
        pair = self._pair()
        self.progress.show()
        self.show_part(self.progress)
        account = await self._keep()
        if insist or pair is None:
            self.is_done = True
            return None
        await self._test(account, *pair)
        self.words_changed.emit()
        # Whether it worked or not: there is something to read before one goes on.
        return Doubt("")

    def complain(self, trouble: SignInTrouble) -> bool:
        """Say a sentence beside the way; false where it is about something else."""
        return trouble.part is Part.WAY and self.ways.complain(str(trouble))

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed meanwhile; what is broken off is neither done nor failed."""
        self.ways.set_busy(busy)
        self.earlier.set_busy(busy)
        if not busy:
            for row in self.progress.rows:
                if row.progress is Progress.NOW:
                    row.show_state(Progress.TO_COME, row.title.text())

    async def _keep(self) -> Account:
        wanted = self._wanted()
        if self._draft.kept is not None and self._kept_as == wanted:
            return self._draft.kept
        row = self.progress.rows[0]
        row.show_state(Progress.NOW, "Keep the account on this computer")
        self.said.emit("Connecting…")
        try:
            await self.ways.keep_secret()
            account = await self._commands.keep(*wanted)
        except SignInTrouble as trouble:
            row.show_state(Progress.FAILED, row.title.text(), str(trouble))
            raise
        before, self._draft.kept, self._kept_as = self._draft.kept, account, wanted
        if before is not None and before.account_id != account.account_id:
            # One went back and signed in as somebody else: the first was only a try.
            await self._commands.remove(before.account_id)
        row.show_state(Progress.DONE, "Signed in, and the account is kept on this computer")
        return account

    async def _test(self, account: Account, sender: Address, remote: Address) -> None:
        titles = self._titles(sender, remote)
        rows = dict(zip(_STAGES, self.progress.rows[1:], strict=True))
        self._has_failed = False
        self.verdict.hide()
        for stage, row in rows.items():
            row.show_state(Progress.TO_COME, titles[stage])
        self._under_way(_STAGES[0], titles)

        def reached(stage: RoundStage) -> None:
            rows[stage].show_state(Progress.DONE, titles[stage])
            behind = _STAGES[_STAGES.index(stage) + 1 :]
            if behind:
                self._under_way(behind[0], titles)

        self.said.emit("Testing…")
        try:
            took_ms = await self._commands.test_message(account.account_id, sender, remote, reached)
        except RoundTripFailed as failure:
            self._has_failed = True
            rows[failure.stage].show_state(Progress.FAILED, titles[failure.stage], failure.text())
            self.show_part(rows[failure.stage])
            return
        self.is_done = True
        rows[RoundStage.CAME_BACK].show_state(
            Progress.DONE, f"It came back after {took_ms / 1000:.1f} s"
        )
        self._tell_verdict("Messages to your numbers reach this computer.", "success")

    def _under_way(self, stage: RoundStage, titles: dict[RoundStage, str]) -> None:
        detail = "waiting up to 30 seconds" if stage is RoundStage.CAME_BACK else ""
        row = self.progress.rows[1 + _STAGES.index(stage)]
        row.show_state(Progress.NOW, titles[stage], detail)

    def _titles(self, sender: Address, remote: Address) -> dict[RoundStage, str]:
        there = "itself" if remote == sender else self._called(remote)
        return {
            RoundStage.WAY_OPEN: "The way in is open",
            RoundStage.SUBSCRIBED: f"{self._called(remote)} is subscribed",
            RoundStage.ACCEPTED: f"Test message from {self._called(sender)} to {there}",
            RoundStage.CAME_BACK: "It comes back",
        }

    def _called(self, number: Address) -> str:
        choice = next((c for c in self._draft.choices if c.number == number), None)
        return choice.name if choice and choice.name else shown_number(number)

    def _wanted(self) -> _Wanted:
        return self._draft.typed, self.ways.tunnel, self._draft.choices, self.earlier.since_ms

    def _pair(self) -> tuple[Address, Address] | None:
        """Who writes and who receives the test: two numbers where there are two."""
        receiving = [choice.number for choice in self._draft.choices if choice.receive]
        return (receiving[0], receiving[:2][-1]) if receiving else None

    def _begin_again(self) -> None:
        """Another way, other numbers: what was proven before proves nothing now."""
        self.is_done = self._has_failed = False
        self.progress.hide()
        self.verdict.hide()
        self.words_changed.emit()

    def _show(self) -> None:
        has_pair = self._pair() is not None
        self.without_label.setText(_WITHOUT if has_pair else _NOBODY_RECEIVES)

    def _tell_verdict(self, sentence: str, role: str) -> None:
        self.verdict.setText(sentence)
        restyle(self.verdict, role=role)
        self.verdict.show()
        self.without_label.hide()
        self.show_part(self.verdict)

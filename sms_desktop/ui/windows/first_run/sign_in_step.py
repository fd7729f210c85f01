"""First run, step 1: sign in to Kandy; nothing is kept yet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sms_desktop.domain.setting_up import Part
from sms_desktop.sync.accounts.sign_in import SignInTrouble, problems, tidied
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.first_run.step import Doubt, Draft
from sms_desktop.ui.windows.settings.page import Page
from sms_desktop.ui.windows.signing_in.fields import SignInFields

_ABOUT = (
    "With a Kandy account, your numbers can text from here. The secret is kept in this computer's "
    "vault, nowhere else."
)


class SignInStep(Page):
    """``said`` tells what is being done meanwhile."""

    name = "Sign in"
    next_words = "Next"
    skip_words = ""
    said = Signal(str)
    submitted = Signal()

    def __init__(
        self, commands: Commands, theme: Theme, draft: Draft, parent: QWidget | None = None
    ) -> None:
        super().__init__("Sign in to Kandy", _ABOUT, parent)
        self._commands = commands.accounts
        self._draft = draft
        self.fields = SignInFields(theme, self.inside)
        self.fields.submitted.connect(self.submitted)
        self.fields.explained.connect(self.show_part)
        self.body.addWidget(self.fields)

    @property
    def is_untouched(self) -> bool:
        """Whether nobody has typed anything of their own."""
        typed = self.fields.typed()
        return not (typed.client_id or typed.email or typed.secret)

    def enter(self) -> None:
        """Begin at the first field that is empty."""
        fields = self.fields
        empty = (f for f in (fields.client_id, fields.email, fields.secret) if not f.text())
        next((f for f in empty if not f.isHidden()), fields.client_id).edit.setFocus()

    async def advance(self, *, insist: bool) -> Doubt | None:
        """Sign in, then look for numbers."""
        typed = tidied(self.fields.typed())
        if self.fields.complain(problems(typed)):
            return Doubt("")
        host = typed.base_url.split("://")[-1]
        self.said.emit(f"Signing in to {host}…")
        findings = await self._commands.check_sign_in(typed)
        if findings.clock_trouble and not insist:
            return Doubt(findings.clock_trouble, "Continue anyway")
        self.said.emit("Looking for your numbers…")
        self._draft.found = await self._commands.find_numbers(typed)
        self._draft.typed, self._draft.findings = typed, findings
        return None

    def complain(self, trouble: SignInTrouble) -> bool:
        """Say a sentence beside its field; false where it belongs to none."""
        return trouble.part is not Part.WAY and self.fields.complain({trouble.part: str(trouble)})

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed meanwhile."""
        self.fields.set_busy(busy)

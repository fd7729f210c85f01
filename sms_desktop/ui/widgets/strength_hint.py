"""Says beneath a new passphrase how strong it is while it is typed."""

from typing import Final

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from sms_desktop.ui.strength import Level, strength
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme

_ROLES: Final = {
    Level.EMPTY: "small",
    Level.TOO_SHORT: "small",
    Level.WEAK: "warning",
    Level.FAIR: "small",
    Level.GOOD: "success",
}


class StrengthHint(QLabel):
    """Follows one line of typing; only what is too short is not ``good_enough``."""

    def __init__(self, theme: Theme, edit: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._edit = edit
        self.setWordWrap(True)
        edit.textChanged.connect(self._judge)
        self._judge()

    @property
    def good_enough(self) -> bool:
        """Whether the passphrase is taken."""
        return strength(self._edit.text()).level not in (Level.EMPTY, Level.TOO_SHORT)

    def _judge(self) -> None:
        judged = strength(self._edit.text())
        self.setText(judged.sentence)
        self.setFont(self._theme.font(9))
        self._edit.setAccessibleDescription(judged.sentence)
        restyle(self, role=_ROLES[judged.level])

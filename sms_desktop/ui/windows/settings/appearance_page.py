"""Settings › Appearance: light or dark, the size of texts, and how a conversation looks with them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from sms_desktop.settings import REGION, TEXT_PERCENT, THEME, Settings
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.page import Page
from sms_desktop.ui.windows.settings.setting_rows import ChoiceRow, CountryRow, NumberRow


class AppearancePage(Page):
    """What is chosen is in force at once, in every window."""

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__("Appearance", "How the program looks on this computer.", parent)
        self.theme_row = ChoiceRow(settings, THEME, self.inside)
        self.text_row = NumberRow(settings, TEXT_PERCENT, self.inside)
        self.region_row = CountryRow(settings, REGION, self.inside)
        self.preview = Preview(theme, self.inside)
        self.text_row.moved.connect(self.preview.set_percent)
        self.body.addWidget(self.theme_row)
        self.body.addWidget(self.text_row)
        self.body.addSpacing(6)
        self.body.addWidget(self.preview)
        self.body.addSpacing(6)
        self.body.addWidget(self.region_row)


class Preview(QFrame):
    """Two bubbles in the colours and the size of the moment."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("Preview of a conversation")
        self._theme = theme
        self._percent = theme.text_percent
        self._bubbles = [
            (QLabel("Great 🎉 could you come at 4 instead of 2?", self), "bubble_in"),
            (QLabel("Yes, 4 pm works. The driver will text you.", self), "bubble_out"),
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(8)
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
        for (bubble, _), side in zip(self._bubbles, sides, strict=True):
            bubble.setWordWrap(False)
            column.addWidget(bubble, 0, side)
        self.setMinimumWidth(280)
        theme.changed.connect(self._follow)
        self._dress()

    def set_percent(self, percent: int) -> None:
        """Show another text size before the windows take it over."""
        self._percent = percent
        self._dress()

    def _follow(self) -> None:
        self._percent = self._theme.text_percent
        self._dress()

    def _dress(self) -> None:
        points = 10.5 * self._percent / self._theme.text_percent
        size = self._theme.font(points).pointSizeF()
        for bubble, role in self._bubbles:
            ground = self._theme.colour(role).name()
            ink = self._theme.colour(f"{role}_text").name()
            bubble.setStyleSheet(
                f"background: {ground}; color: {ink}; border-radius: 14px;"
                f" padding: 7px 12px; font-size: {size:.2f}pt;"
            )

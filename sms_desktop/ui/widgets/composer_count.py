"""How big the text under the cursor is on the air, and one click to make it smaller."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from sms_desktop.domain import segments
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme

_SHOWN_OFFENDERS = 6
MANY_SEGMENTS = 10
"""Beyond these a text is more than most people mean to pay for, and some phones cannot join it."""


@dataclass(frozen=True, slots=True)
class CountLine:
    """The parts of the line: who forces Unicode, the size, and what the link would do.

    ``warning`` says what a very long text costs, and is empty for all others.
    """

    offenders: str
    size: str
    fix: str
    warning: str = ""


def count_line(text: str) -> CountLine:
    """The words for a text; all empty for the empty text."""
    if not text:
        return CountLine("", "", "")
    found = segments.count(text)
    noun = "segment" if found.segments == 1 else "segments"
    size = f"{found.units} / {found.capacity} · {found.segments} {noun}"
    is_long = found.segments > MANY_SEGMENTS
    warning = f"sent and charged as {found.segments} messages" if is_long else ""
    if not found.offenders:
        return CountLine("", size, "", warning)
    plain = segments.to_gsm7(text)
    if plain is None:
        return CountLine(_offenders(found.offenders), size, "", warning)
    small = segments.count(plain)
    fix = f"Make it GSM-7 ({small.units} / {small.capacity})"
    return CountLine(_offenders(found.offenders), size, fix, warning)


def _offenders(characters: tuple[str, ...]) -> str:
    shown = "".join(_visible(c) for c in characters[:_SHOWN_OFFENDERS])
    more = " …" if len(characters) > _SHOWN_OFFENDERS else ""
    verb = "needs" if len(characters) == 1 else "need"
    return f"“{shown}”{more} {verb} Unicode"


def _visible(character: str) -> str:
    """Blanks, joiners and controls would show as nothing: name them."""
    if character.isprintable() and not character.isspace():
        return character
    return f"U+{ord(character):04X} "


class ComposerCount(QWidget):
    """``“–” needs Unicode · 34 / 70 · 1 segment · Make it GSM-7 (34 / 160)``."""

    gsm7_chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.offenders = QLabel(self)
        self.offenders.setObjectName("countOffenders")
        self.offenders.setProperty("role", "warning")
        self.size_label = QLabel(self)
        self.size_label.setObjectName("countSize")
        self.size_label.setProperty("role", "small")
        self.fix = QPushButton(self)
        self.fix.setObjectName("countFix")
        self.fix.setProperty("kind", "link")
        self.fix.setCursor(Qt.CursorShape.PointingHandCursor)
        self.fix.setToolTip("Replaces typographic characters by plain ones that look alike")
        self.fix.clicked.connect(self.gsm7_chosen)
        for label in (self.offenders, self.size_label):
            label.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.offenders, self.size_label, self.fix):
            row.addWidget(part)
        self._line = CountLine("", "", "")
        self._is_short = False
        theme.changed.connect(self._dress)
        self._dress()
        self.show_text("")

    def show_text(self, text: str) -> None:
        """Count this text."""
        self._line = count_line(text)
        self._show()

    def set_short(self, short: bool) -> None:
        """Leave the figures of the link out, where they do not fit."""
        if short != self._is_short:
            self._is_short = short
            self._show()

    def full_width(self) -> int:
        """How wide the line is with everything in it, in pixels."""
        fonts = self._theme.font(9), self._theme.font(9, 600)
        plain, bold = (QFontMetrics(font) for font in fonts)
        words = f"{self._line.offenders} · {self._line.size} · {self._line.warning} · "
        return plain.horizontalAdvance(words) + bold.horizontalAdvance(self._line.fix) + 8

    def _show(self) -> None:
        line = self._line
        self.offenders.setText(line.offenders)
        self.offenders.setVisible(bool(line.offenders))
        before = " · " if line.offenders else ""
        after = " · " if line.fix else ""
        self._show_warning(is_long=bool(line.warning))
        size = line.size
        if line.warning and not self._is_short:
            size = f"{size} · {line.warning}"
        self.size_label.setText(f"{before}{size}{after}" if line.size else "")
        self.fix.setText(line.fix.split(" (")[0] if self._is_short else line.fix)
        self.fix.setVisible(bool(line.fix))
        told = f"{line.size} · {line.warning}" if line.warning else line.size
        self.setAccessibleName(f"{line.offenders}{before}{told}")

    def _show_warning(self, *, is_long: bool) -> None:
        role = "warning" if is_long else "small"
        if role != self.size_label.property("role"):
            restyle(self.size_label, role=role)
            self.size_label.setFont(self._theme.font(9, 600 if is_long else 400))

    def _dress(self) -> None:
        # The roles for colour carry no size of their own; the line is in small print throughout.
        self.offenders.setFont(self._theme.font(9))
        self.fix.setFont(self._theme.font(9, 600))

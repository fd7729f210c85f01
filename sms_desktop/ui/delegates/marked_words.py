"""Marks the words that were looked for, in bubbles and in lists."""

from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout

from sms_desktop.domain.folding import places
from sms_desktop.ui.models.texts import utf16_offset
from sms_desktop.ui.theme.theme import Theme


def marked_formats(
    text: str, needles: tuple[str, ...], theme: Theme
) -> list[QTextLayout.FormatRange]:
    """The marks of the words that were looked for, as Qt counts letters."""
    form = QTextCharFormat()
    form.setBackground(theme.colour("mark"))
    form.setForeground(theme.colour("on_mark"))
    result = []
    for start, end in places(text, needles):
        what = QTextLayout.FormatRange()
        what.start = utf16_offset(text, start)
        what.length = utf16_offset(text, end) - what.start
        what.format = form
        result.append(what)
    return result


def marked_layout(text: str, needles: tuple[str, ...], theme: Theme, font: QFont) -> QTextLayout:
    """One line of text with the marks."""
    layout = QTextLayout(text, font)
    layout.setFormats(marked_formats(text, needles, theme))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout

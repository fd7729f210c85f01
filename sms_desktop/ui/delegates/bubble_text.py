"""What stands inside of a bubble: its text laid out, the parts to click, and where a long one is cut."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout

from sms_desktop.domain.delivery import State
from sms_desktop.domain.folding import places
from sms_desktop.ui.delegates.bubble_style import BubbleStyle
from sms_desktop.ui.delegates.links import Link, LinkKind, links_in
from sms_desktop.ui.delegates.marked_words import marked_formats
from sms_desktop.ui.delegates.text_block import TextBlock
from sms_desktop.ui.models.big_emoji import is_big_emoji
from sms_desktop.ui.models.bubbles import Bubble
from sms_desktop.ui.models.texts import beginning, is_right_to_left, layout_text


class BubbleText:
    """``block`` is the text, ``more`` the words below that show the rest of a cut one.

    ``is_bare``: a few emoji, large and without a bubble around them.
    """

    def __init__(
        self,
        bubble: Bubble,
        style: BubbleStyle,
        room: float,
        needles: tuple[str, ...],
        remote: str,
    ) -> None:
        whole = layout_text(bubble.row.text) or " "
        shown = whole if bubble.is_whole else _shown(whole, needles)
        self.is_bare = is_big_emoji(shown) and not is_uncertain(bubble)
        self.is_right_to_left = is_right_to_left(whole)
        self.links: tuple[Link, ...] = links_in(shown, remote)
        role = "link_out" if bubble.is_outbound and not is_uncertain(bubble) else "link_in"
        self.block = TextBlock(
            shown,
            style.emoji_font if self.is_bare else style.text_font,
            room,
            style.emoji_line if self.is_bare else style.line,
            [
                *(_link_format(link, style, role) for link in self.links),
                *marked_formats(shown, needles, style.theme),
            ],
            whole=[(link.start, link.end) for link in self.links],
            is_right_to_left=self.is_right_to_left,
        )
        self.more: TextBlock | None = None
        if len(shown) < len(whole):
            # Laid out by itself: no direction that the text leaves open reaches these words.
            words = more_words()
            form = format_range(0, len(words), style, role, bold=True)
            self.more = TextBlock(words, style.text_font, room, style.line, [form])

    @property
    def width(self) -> float:
        """Of the widest line."""
        return max(self.block.width, self.more.width if self.more else 0.0)

    @property
    def height(self) -> float:
        """Of the text and the words below."""
        return self.block.height + (self.more.height if self.more else 0.0)

    @property
    def last_width(self) -> float:
        """Of the line that something may stand behind."""
        return self.more.width if self.more else self.block.last_width


def more_words() -> str:
    """The words that show the rest of a long message."""
    return QCoreApplication.translate("Timeline", "… Show all")


def is_uncertain(bubble: Bubble) -> bool:
    """Whether the row is drawn dashed: nobody knows yet whether it was sent."""
    return bubble.row.state in (State.UNCONFIRMED, State.NOT_SENT)


def is_cut(bubble: Bubble) -> bool:
    """Whether only the beginning of the text is shown."""
    if bubble.is_whole:
        return False
    whole = layout_text(bubble.row.text)
    return len(beginning(whole)) < len(whole)


def _shown(whole: str, needles: tuple[str, ...]) -> str:
    """The beginning of a long text; all of it where a word that is looked for stands in the rest."""
    part = beginning(whole)
    if len(part) < len(whole) and needles:
        found = places(whole, needles)
        if any(end > len(part) for _, end in found):
            return whole
    return part


def _link_format(link: Link, style: BubbleStyle, role: str) -> QTextLayout.FormatRange:
    form = format_range(link.start, link.end - link.start, style, role, underline=True)
    if link.kind is LinkKind.CODE:
        form.format.setFontWeight(QFont.Weight.DemiBold)
    return form


def format_range(
    start: int,
    length: int,
    style: BubbleStyle,
    role: str,
    *,
    bold: bool = False,
    underline: bool = False,
) -> QTextLayout.FormatRange:
    """A part of a text in another colour."""
    what = QTextLayout.FormatRange()
    what.start, what.length = start, length
    form = QTextCharFormat()
    form.setForeground(style.colour(role))
    form.setFontUnderline(underline)
    if bold:
        form.setFontWeight(QFont.Weight.DemiBold)
    what.format = form
    return what


def chosen_range(
    start: int, end: int, style: BubbleStyle, bubble: Bubble
) -> QTextLayout.FormatRange:
    """Chosen words: the bubble's colours turned round where it is filled with the accent."""
    what = QTextLayout.FormatRange()
    what.start, what.length = start, end - start
    form = QTextCharFormat()
    is_filled = bubble.is_outbound and not is_uncertain(bubble)
    ground, letters = ("bubble_out_text", "bubble_out") if is_filled else ("accent", "on_accent")
    form.setBackground(style.colour(ground))
    form.setForeground(style.colour(letters))
    form.setUnderlineColor(style.colour(letters))
    what.format = form
    return what

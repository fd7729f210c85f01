"""One text to several people, in one line: how far it is, what was refused, and what can be done."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.batch import Batch, BatchPart
from sms_desktop.domain.refusal import is_not_assigned
from sms_desktop.ui.models.sentences import state_words
from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.elided import ElidedLabel

_NAMED: Final = 3
_ROWS: Final = 5
_LARGEST_PART: Final = 5
_WORDS_WIDTH: Final = 320


def batch_sentence(batch: Batch, name_of: Callable[[BatchPart], str]) -> str:
    """How far it is; at the end what became of it, with the names of those who got nothing."""
    total, failed = len(batch.parts), batch.failed
    extra = [f"{batch.unconfirmed} being checked"] if batch.unconfirmed else []
    if not batch.is_over:
        extra += [f"{len(failed)} refused"] if failed else []
        return " · ".join([f"Sending {batch.begun} of {total}", *extra])
    sent = f"{batch.sent} messages sent" if batch.sent == total else f"{batch.sent} of {total} sent"
    if batch.cancelled:
        extra.append(f"{batch.cancelled} cancelled")
    if failed:
        names = ", ".join(name_of(part) for part in failed[:_NAMED])
        more = f" and {len(failed) - _NAMED} more" if len(failed) > _NAMED else ""
        extra.append(f"{len(failed)} refused: {names}{more}")
    return " · ".join([sent, *extra])


class BatchLine(QFrame):
    """Hidden while there is nothing to tell; never in anybody's way."""

    cancel_asked = Signal()
    retry_asked = Signal()
    dismissed = Signal()
    numbers_asked = Signal()
    part_chosen = Signal(int)
    """The conversation of a part shall be shown."""

    def __init__(
        self, theme: Theme, name_of: Callable[[BatchPart], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.setObjectName("batchLine")
        self._theme = theme
        self._name_of = name_of
        self._batch = Batch()
        self.sentence = ElidedLabel(self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Messages sent")
        self.show_button = self._link("Show", self._toggle)
        self.cancel_button = self._link("Cancel", self.cancel_asked.emit)
        self.retry_button = self._link("Send again", self.retry_asked.emit)
        self.numbers_button = self._link("Settings › Numbers", self.numbers_asked.emit)
        self.close_button = self._link("", self.dismissed.emit)
        self.close_button.setProperty("kind", "icon")
        self.close_button.setAccessibleName("Close this summary")
        dress(self.close_button, theme, "close", size=14)
        self.details = QListWidget(self)
        self.details.setProperty("role", "people")
        self.details.setAccessibleName("Each message and its state")
        self.details.itemActivated.connect(self._choose)
        self.details.itemClicked.connect(self._choose)
        self.details.hide()
        self._lay_out()
        theme.changed.connect(self._measure)
        self._measure()
        self.hide()

    def show_batch(self, batch: Batch) -> None:
        """Say this from now on."""
        self._batch = batch
        over = batch.is_over
        self.sentence.set_full_text(batch_sentence(batch, self._name_of))
        self.setAccessibleName(self.sentence.full_text)
        self.bar.setVisible(not over)
        self.bar.setRange(0, max(1, len(batch.parts)))
        self.bar.setValue(len(batch.parts) - batch.queued)
        self.cancel_button.setVisible(batch.queued > 0)
        self.cancel_button.setText(f"Cancel {batch.queued}")
        self.retry_button.setVisible(over and bool(batch.retriable))
        foreign = any(is_not_assigned(part.reason) for part in batch.failed)
        self.numbers_button.setVisible(over and foreign)
        self.close_button.setVisible(over)
        if self.details.isVisible():
            self._fill()
        self.setVisible(bool(batch.parts))
        self._arrange()

    def _link(self, words: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("kind", "link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def _lay_out(self) -> None:
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.bar)
        for button in self._all_buttons():
            self._buttons.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.addWidget(self.sentence, 1)
        self._row.addLayout(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        self._under = QHBoxLayout()
        self._under.setContentsMargins(10, 0, 10, 0)
        self._under.addWidget(self.details)
        column.addLayout(self._under)

    def _all_buttons(self) -> tuple[QPushButton, ...]:
        return (
            self.show_button,
            self.cancel_button,
            self.retry_button,
            self.numbers_button,
            self.close_button,
        )

    def _arrange(self) -> None:
        """Where the words would have no room beside the links, they stand above them."""
        room = self.window().height() // _LARGEST_PART
        self.details.setFixedHeight(min(self._theme.px(32) * _ROWS, room))
        shown = [one for one in (*self._all_buttons(), self.bar) if not one.isHidden()]
        links = sum(one.sizeHint().width() + self._buttons.spacing() for one in shown)
        words = min(self.sentence.sizeHint().width(), self._theme.px(_WORDS_WIDTH))
        is_narrow = links + words + self._theme.px(24) > self.width()
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self._buttons.setAlignment(
            Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag.AlignRight
        )

    def _measure(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(14), px(6), px(10), px(6))
        self._row.setSpacing(px(4))
        self._buttons.setSpacing(px(10))
        self.bar.setFixedWidth(px(120))
        self._arrange()

    def _toggle(self) -> None:
        opens = not self.details.isVisible()
        if opens:
            self._fill()
        self.details.setVisible(opens)
        self.show_button.setText("Hide" if opens else "Show")

    def _fill(self) -> None:
        """Those that went wrong first; the place in the list stays."""
        failed = set(self._batch.failed)
        ordered = sorted(self._batch.parts, key=lambda part: part not in failed)
        place = self.details.verticalScrollBar().value()
        self.details.clear()
        for part in ordered:
            words = state_words(part.state) if part.state is not None else "cancelled"
            parts = [self._name_of(part), words, part.reason]
            item = QListWidgetItem(" · ".join(p for p in parts if p), self.details)
            item.setData(Qt.ItemDataRole.UserRole, part.conversation_id)
        self.details.verticalScrollBar().setValue(place)

    def _choose(self, item: QListWidgetItem) -> None:
        conversation_id = item.data(Qt.ItemDataRole.UserRole)
        if conversation_id is not None:
            self.part_chosen.emit(conversation_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the contents to the new size."""
        super().resizeEvent(event)
        self._arrange()

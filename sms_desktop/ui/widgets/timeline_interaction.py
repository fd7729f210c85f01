"""What mouse and keyboard do with messages: click their parts, choose, copy, ask by the menu."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QWidget

from sms_desktop.domain.message import TimelineKey, TimelineRow
from sms_desktop.ui.delegates.bubble_text import is_cut
from sms_desktop.ui.delegates.links import Link, LinkKind
from sms_desktop.ui.delegates.notes import NoteAction
from sms_desktop.ui.models.conversation_model import ConversationModel
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.confirmation import confirm
from sms_desktop.ui.widgets.system_links import open_in_system
from sms_desktop.ui.widgets.timeline_copy import copied
from sms_desktop.ui.widgets.timeline_menu import Asked, add_link, message_menu
from sms_desktop.ui.widgets.timeline_word_selection import Grip, TimelineWords

_CHOOSE: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect


class TimelineHands(TimelineWords):
    """The asked-signals carry the ``ClientId`` of the message; ``details_asked`` its TimelineKey."""

    retry_asked = Signal(str)
    check_asked = Signal(str)
    discard_asked = Signal(str)
    numbers_asked = Signal(str)
    account_asked = Signal(str)
    details_asked = Signal(object)
    scheduled_asked = Signal(object, object)
    """A ``NoteAction`` and the ``TimelineRow`` of a scheduled text."""
    write_asked = Signal(str)
    """The person wants to write to a phone number that stands in a text."""

    def __init__(
        self,
        model: ConversationModel,
        theme: Theme,
        moments: Moments,
        parent: QWidget | None = None,
        *,
        open_link: Callable[[str], None] = open_in_system,
    ) -> None:
        super().__init__(model, theme, moments, parent)
        self._open_link = open_link
        self._pressed: Link | NoteAction | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)

    def copy_chosen(self) -> None:
        """Copy the chosen words, else the chosen messages in order, else the current one."""
        if words := self.chosen_words():
            self._copy_text(words)
            return
        indexes = self.selectedIndexes() or [self.currentIndex()]
        rows = [self._rows.bubble(index.row()).row for index in indexes if index.isValid()]
        if rows:
            self._copy_text(copied(rows, self._rows.remote_name, self._moments))

    def menu_for(self, index: QModelIndex, link: Link | None = None) -> QMenu:
        """The context menu of a row; for a part of its text, or else for all of them."""
        remote = self._rows.remote
        bubble = self._rows.bubble(index.row())
        return message_menu(
            self,
            bubble.row,
            len(self.selectedIndexes()),
            self._layout(index.row()).links[:5] if link is None else (link,),
            shown_number(remote) if remote is not None else "",
            self._asked(bubble.row.key),
            has_words=self._row_of_words() == index.row(),
            is_cut=is_cut(bubble),
        )

    def _asked(self, key: TimelineKey) -> Asked:
        return Asked(
            copy=self.copy_chosen,
            copy_text=self._copy_text,
            open_link=self._open_link,
            write_to=self.write_asked.emit,
            act=self._act,
            show_details=lambda: self.details_asked.emit(key),
        )

    def _act(self, action: NoteAction, row: TimelineRow) -> None:
        if action is NoteAction.SHOW_ALL:
            at = self._rows.row_of(row.key)
            if at is not None:
                self._rows.show_whole(at)
            return
        asked = {
            NoteAction.RETRY: self.retry_asked,
            NoteAction.CHECK: self.check_asked,
            NoteAction.DISCARD: self.discard_asked,
            NoteAction.NUMBERS: self.numbers_asked,
            NoteAction.ACCOUNT: self.account_asked,
        }
        if row.client_id is None:
            return
        if action in asked:
            asked[action].emit(row.client_id)
        else:
            self.scheduled_asked.emit(action, row)

    def _follow(self, link: Link, row: TimelineRow, point: QPoint) -> None:
        """What a click on a part of a text does."""
        if link.kind is LinkKind.CODE:
            self._copy_text(link.target)
            words = self.tr("Copied {code}").format(code=link.target)
            confirm(self.viewport(), point, words)
        elif link.kind is LinkKind.PHONE:
            menu = QMenu(self)
            add_link(menu, link, self._asked(row.key))
            self._pop_up(menu, point)
        else:
            self._open_link(link.target)

    def _copy_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def _pop_up(self, menu: QMenu, point: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(point))

    def _drag(self, event: QMouseEvent, grip: Grip) -> None:
        point = event.position().toPoint()
        if (point - grip.point).manhattanLength() < QApplication.startDragDistance():
            return
        is_elsewhere = self.indexAt(point).row() != grip.row
        if is_elsewhere and self._pressed is None:
            super().mouseMoveEvent(event)  # scrolls at the edges
        self._pressed = None
        self._choose_to(point, grip)

    # What Qt calls.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on something to click chooses nothing."""
        self._shows_focus = False
        self._grip = self._pressed = None
        point = event.position().toPoint()
        row = self.indexAt(point).row()
        if event.button() is Qt.MouseButton.LeftButton:
            self.show_words(None)
            self._pressed = self.hit(point)
            if row >= 0 and self._is_in_bubble(row, point):
                index = QPersistentModelIndex(self._rows.index(row))
                self._grip = Grip(index, self._place_in(row, point), point)
        elif row >= 0 and row == self._row_of_words():
            return  # the menu is for the chosen words
        if self._pressed is None:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A link opens, and an action of a note asks, where press and release meet."""
        pressed, self._pressed, self._grip = self._pressed, None, None
        point = event.position().toPoint()
        if pressed is None:
            super().mouseReleaseEvent(event)
            if words := self.chosen_words():
                QGuiApplication.clipboard().setText(words, QClipboard.Mode.Selection)
        elif self.hit(point) == pressed:
            row = self._rows.bubble(self.indexAt(point).row()).row
            if isinstance(pressed, Link):
                self._follow(pressed, row, point)
            else:
                self._act(pressed, row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose the word under the mouse."""
        point = event.position().toPoint()
        row = self.indexAt(point).row()
        if row < 0 or not self._is_in_bubble(row, point) or self.hit(point) is not None:
            super().mouseDoubleClickEvent(event)
            return
        self._choose_words(row, *self._layout(row).text.word_at(self._place_in(row, point)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose what is dragged over; show a hand over what can be clicked, a beam over texts."""
        point = event.position().toPoint()
        if self._grip is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event, self._grip)
            return
        if self._pressed is None:
            super().mouseMoveEvent(event)
        row = self.indexAt(point).row()
        shape = Qt.CursorShape.ArrowCursor
        if self.hit(point) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        elif row >= 0 and self._is_in_bubble(row, point):
            shape = Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that choose, and the one that shows details."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if self.currentIndex().isValid():
                self.details_asked.emit(self._rows.bubble(self.currentIndex().row()).row.key)
        elif not self._extend_words(event):
            if event.matches(QKeySequence.StandardKey.SelectAll):
                self.show_words(None)
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the mouse, or of the current row for the menu key."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        if index not in self.selectedIndexes() and self._row_of_words() != index.row():
            self.selectionModel().setCurrentIndex(index, _CHOOSE)
        hit = None if by_key else self.hit(event.pos())
        at = self.visualRect(index).center() if by_key else event.pos()
        self._pop_up(self.menu_for(index, hit if isinstance(hit, Link) else None), at)

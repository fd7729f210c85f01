"""The rows of the thread list: one is open, or several are picked to do something with them all."""

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QInputEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QListView, QWidget

from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.thread_flags import Folder
from sms_desktop.ui.delegates.thread_delegate import ThreadDelegate
from sms_desktop.ui.models.moments import DayWatch, Moments
from sms_desktop.ui.models.thread_list_model import ThreadListModel, ThreadRole
from sms_desktop.ui.theme.theme import Theme

_Flag = QItemSelectionModel.SelectionFlag
_PICKING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

if TYPE_CHECKING:
    from sms_desktop.ui.photos import Photos


class ThreadListView(QListView):
    """One painted row a conversation; the chosen conversation stays chosen while rows move.

    ``picked_changed`` carries the picked conversations, none when picking is over. ``menu_asked``
    carries the conversations that a menu is wanted for, and a place on the screen.
    """

    conversation_chosen = Signal(int)
    picked_changed = Signal(object)
    menu_asked = Signal(object, QPoint)
    delete_asked = Signal()

    def __init__(
        self, model: ThreadListModel, theme: Theme, moments: Moments, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._threads = model
        self._theme = theme
        self._delegate = ThreadDelegate(theme, moments, self)
        self._chosen: ConversationId | None = None
        self._is_picking = False
        self.setObjectName("threads")
        self.setAccessibleName(self.tr("Conversations"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setModel(model)
        # Not ``currentChanged``: Qt makes a row current when the list gets the focus or loses a
        # row, and nothing may open by itself.
        self.selectionModel().selectionChanged.connect(self._take_selection)
        model.modelReset.connect(self.end_picking)
        model.modelReset.connect(self._choose_again)
        model.rowsInserted.connect(self._choose_again)
        theme.changed.connect(self._forget)
        DayWatch(moments, self).day_changed.connect(self._forget)

    def use_photos(self, photos: "Photos") -> None:
        """Paint photos in place of initials from now on."""
        self._delegate.use_photos(photos)
        photos.changed.connect(self.viewport().update)
        self.viewport().update()

    @property
    def chosen(self) -> ConversationId | None:
        """The conversation that is open, also while the filter hides it."""
        return self._chosen

    @property
    def picked(self) -> tuple[ConversationId, ...]:
        """The conversations that the person picked, from above; none while nobody is picking."""
        return tuple(row.conversation_id for row in self.picked_rows)

    @property
    def picked_rows(self) -> list[ConversationRow]:
        """The summaries of those that are picked."""
        if not self._is_picking:
            return []
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._threads.conversation(place) for place in places]

    def current_id(self) -> tuple[ConversationId, ...]:
        """The row where the keys are, if they are in the list; none or one."""
        index = self.currentIndex()
        if not self.hasFocus() or not index.isValid():
            return ()
        return (self._threads.conversation(index.row()).conversation_id,)

    def choose(self, conversation_id: ConversationId | None) -> None:
        """Mark a conversation as the open one without telling anybody; picking is over."""
        self._chosen = conversation_id
        self._threads.keep(conversation_id)
        self._show_chosen()
        self._tell_picking_is_over()

    def end_picking(self) -> None:
        """Only the open conversation is marked again."""
        if self._is_picking:
            self._show_chosen()
            self._tell_picking_is_over()

    def pick_all(self) -> None:
        """Pick everything that the list shows, also what was not read yet."""
        self._threads.fetch_all()
        if self._threads.rowCount():
            self._is_picking = True
            self.selectAll()
            self._take_selection()

    def _show_chosen(self) -> None:
        chosen = self._chosen
        row = None if chosen is None else self._threads.row_of(chosen)
        selection = self.selectionModel()
        was_blocked = selection.blockSignals(True)
        index = QModelIndex() if row is None else self._threads.index(row)
        selection.setCurrentIndex(index, _Flag.ClearAndSelect)
        if row is None:
            selection.clearSelection()
        selection.blockSignals(was_blocked)
        self.viewport().update()

    def _tell_picking_is_over(self) -> None:
        if self._is_picking:
            self._is_picking = False
            self.picked_changed.emit(())

    def _choose_again(self) -> None:
        if (
            self._chosen is not None
            and not self._is_picking
            and self.currentIndex().data(ThreadRole.CONVERSATION_ID) != self._chosen
        ):
            self.choose(self._chosen)

    def _take_selection(self) -> None:
        if self._is_picking:
            if picked := self.picked:
                self.picked_changed.emit(picked)
            else:
                self.end_picking()
            return
        selected = self.selectedIndexes()
        chosen = selected[0].data(ThreadRole.CONVERSATION_ID) if selected else None
        if chosen is not None and chosen != self._chosen:
            self._chosen = chosen
            self._threads.keep(chosen)
            self.conversation_chosen.emit(chosen)

    def _forget(self) -> None:
        self._delegate.forget()
        self.setSpacing(0)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """With Ctrl or Shift rows are picked; without, one is opened and nothing is picked."""
        command = super().selectionCommand(index, event)
        if isinstance(event, QInputEvent) and command != _Flag.NoUpdate:
            was_picking, is_picking = self._is_picking, bool(event.modifiers() & _PICKING)
            self._is_picking = is_picking
            if was_picking and not is_picking:
                self.picked_changed.emit(())
        return command

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The right button asks for a menu, and opens nothing."""
        if event.button() == Qt.MouseButton.RightButton:
            event.accept()
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the row, or with all that are picked where it is one of them."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if not index.isValid():
            return
        here: ConversationId = index.data(ThreadRole.CONVERSATION_ID)
        area = self.visualRect(index)
        place = event.globalPos() if by_mouse else self.viewport().mapToGlobal(area.center())
        self.menu_asked.emit(self.picked if here in self.picked else (here,), place)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or a word where there are none."""
        super().paintEvent(event)
        if self._threads.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.colour("text_muted"))
            painter.setFont(self._theme.font(10))
            words = self._empty_words()
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, words)
            painter.end()

    def _empty_words(self) -> str:
        wanted = self._threads.wanted
        if wanted.unread_only:
            return self.tr("Nothing unread")
        return {
            Folder.ARCHIVED: self.tr("Nothing archived"),
            Folder.BLOCKED: self.tr("Nobody is blocked"),
            Folder.SNOOZED: self.tr("Nothing snoozed"),
        }.get(wanted.folder, self.tr("No conversations yet"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that move, pick or delete; letters are left to the window."""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.pick_all()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.delete_asked.emit()
        elif event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)

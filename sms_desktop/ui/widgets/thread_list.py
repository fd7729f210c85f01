"""The list of conversations with its chips and the button for a new message."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.ids import ConversationId
from sms_desktop.ui.delegates.thread_delegate import ThreadDelegate
from sms_desktop.ui.models.moments import DayWatch, Moments
from sms_desktop.ui.models.thread_list_model import ThreadListModel, ThreadRole
from sms_desktop.ui.ports import ConversationFilter
from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.filter_chips import FilterChips
from sms_desktop.ui.widgets.search_field import SearchField
from sms_desktop.ui.widgets.search_results import SearchResults


class ThreadListView(QListView):
    """One painted row a conversation; the chosen conversation stays chosen while rows move."""

    conversation_chosen = Signal(int)

    def __init__(
        self, model: ThreadListModel, theme: Theme, moments: Moments, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._threads = model
        self._theme = theme
        self._delegate = ThreadDelegate(theme, moments, self)
        self._chosen: ConversationId | None = None
        self.setObjectName("threads")
        self.setAccessibleName(self.tr("Conversations"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setModel(model)
        # Not ``currentChanged``: Qt makes a row current when the list gets the focus or loses a
        # row, and nothing may open by itself.
        self.selectionModel().selectionChanged.connect(self._take_selection)
        model.modelReset.connect(self._choose_again)
        model.rowsInserted.connect(self._choose_again)
        theme.changed.connect(self._forget)
        DayWatch(moments, self).day_changed.connect(self._forget)

    @property
    def chosen(self) -> ConversationId | None:
        """The conversation that is open, also while the filter hides it."""
        return self._chosen

    def choose(self, conversation_id: ConversationId | None) -> None:
        """Mark a conversation as the open one without telling anybody."""
        self._chosen = conversation_id
        self._threads.keep(conversation_id)
        row = None if conversation_id is None else self._threads.row_of(conversation_id)
        selection = self.selectionModel()
        was_blocked = selection.blockSignals(True)
        index = QModelIndex() if row is None else self._threads.index(row)
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        selection.blockSignals(was_blocked)
        self.viewport().update()

    def _choose_again(self) -> None:
        if (
            self._chosen is not None
            and self.currentIndex().data(ThreadRole.CONVERSATION_ID) != self._chosen
        ):
            self.choose(self._chosen)

    def _take_selection(self) -> None:
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or a word where there are none."""
        super().paintEvent(event)
        if self._threads.rowCount() == 0:
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.colour("text_muted"))
            painter.setFont(self._theme.font(10))
            unread = self._threads.wanted.unread_only
            words = self.tr("Nothing unread") if unread else self.tr("No conversations yet")
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, words)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that move; letters are left to the window."""
        if event.text().isprintable() and event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)


class ThreadPane(QFrame):
    """Everything between the rail and the conversation."""

    conversation_chosen = Signal(int)
    new_message_asked = Signal()

    def __init__(
        self, model: ThreadListModel, theme: Theme, moments: Moments, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self.setProperty("role", "panel")
        self.list = ThreadListView(model, theme, moments, self)
        self.chips = FilterChips(theme, self)
        self.search = SearchField(theme, self)
        self.results = SearchResults(theme, moments, self)
        self.results.hide()
        self.new_button = QPushButton(self)
        self.new_button.setProperty("kind", "primary")
        self.new_button.setAccessibleName(self.tr("New message"))
        dress(self.new_button, theme, "plus", "on_accent", 20)
        self._top = QHBoxLayout()
        self._top.addWidget(self.search, 1)
        self._top.addWidget(self.new_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._top)
        column.addWidget(self.chips)
        column.addWidget(self.list, 1)
        column.addWidget(self.results, 1)
        self.new_button.clicked.connect(self.new_message_asked)
        self.list.conversation_chosen.connect(self.conversation_chosen)
        self.chips.unread_only_chosen.connect(self._filter_unread)
        model.unread_changed.connect(self.show_unread)
        model.modelReset.connect(self.show_unread)
        theme.changed.connect(self._measure)
        self._measure()
        self.set_title("")
        self.show_unread()

    def set_filter(self, wanted: ConversationFilter, title: str = "") -> None:
        """Show the conversations of a number, or all; the chip stays as it is pressed."""
        unread_only = self._model.wanted.unread_only
        self._model.load(ConversationFilter(wanted.account_id, wanted.local, unread_only))
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """What the list shows; without one, everything."""
        self.list.setAccessibleName(title or self.tr("Conversations"))

    def set_shortcut(self, keys: str) -> None:
        """Name the shortcut of the New message button in its tool tip."""
        self.new_button.setToolTip(self.tr("New message ({keys})").format(keys=keys))

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        lists = [self.list, self.results.list]
        return [self.search, self.new_button, *self.chips.tab_stops(), *lists]

    @property
    def is_searching(self) -> bool:
        """Whether what was found stands in place of the list."""
        return not self.results.isHidden()

    def show_results(self, shown: bool) -> None:
        """Put what was found in place of the list, or the list back."""
        self.results.setVisible(shown)
        for part in (self.chips, self.list):
            part.setVisible(not shown)

    def show_unread(self) -> None:
        """Count again what is unread."""
        self.chips.show_unread(self._model.unread())

    def _filter_unread(self, unread_only: bool) -> None:
        wanted = self._model.wanted
        self._model.load(ConversationFilter(wanted.account_id, wanted.local, unread_only))

    def _measure(self) -> None:
        px = self._theme.px
        self._top.setContentsMargins(px(12), px(12), px(12), px(10))
        self._top.setSpacing(px(8))
        edge = px(36)
        self.new_button.setFixedSize(edge, edge)

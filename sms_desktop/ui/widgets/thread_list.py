"""The list of conversations with its chips and the button for a new message."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from sms_desktop.domain.ids import ConversationId
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.thread_list_model import ThreadListModel
from sms_desktop.ui.ports import ConversationFilter
from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.filter_chips import FilterChips, ThreadView
from sms_desktop.ui.widgets.search_field import SearchField
from sms_desktop.ui.widgets.search_results import SearchResults
from sms_desktop.ui.widgets.selection_bar import PickedBar
from sms_desktop.ui.widgets.thread_list_view import ThreadListView
from sms_desktop.ui.widgets.undo_bar import UndoBar

if TYPE_CHECKING:
    from sms_desktop.ui.photos import Photos


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
        self.picked_bar = PickedBar(theme, self)
        self.undo_bar = UndoBar(theme, self)
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
        column.addWidget(self.picked_bar)
        column.addWidget(self.list, 1)
        column.addWidget(self.results, 1)
        column.addWidget(self.undo_bar)
        self.new_button.clicked.connect(self.new_message_asked)
        self.list.conversation_chosen.connect(self.conversation_chosen)
        self.list.picked_changed.connect(self._show_picked)
        self.picked_bar.closed.connect(self.list.end_picking)
        self.chips.view_chosen.connect(self._show_view)
        model.unread_changed.connect(self.show_unread)
        model.modelReset.connect(self.show_unread)
        theme.changed.connect(self._measure)
        self._measure()
        self.set_title("")
        self.show_unread()

    def use_photos(self, photos: "Photos") -> None:
        """Paint photos in place of initials from now on."""
        self.list.use_photos(photos)
        self.results.use_photos(photos)

    def set_filter(self, wanted: ConversationFilter, title: str = "") -> None:
        """Show the conversations of a number, or all; the chip stays as it is pressed."""
        now = self._model.wanted
        self._model.load(
            replace(
                wanted,
                unread_only=now.unread_only,
                folder=now.folder,
                scheduled_only=now.scheduled_only,
            )
        )
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """What the list shows; without one, everything."""
        self.list.setAccessibleName(title or self.tr("Conversations"))

    def set_shortcut(self, keys: str) -> None:
        """Name the shortcut of the New message button in its tool tip."""
        self.new_button.setToolTip(self.tr("New message ({keys})").format(keys=keys))

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        stops = [self.search, self.new_button, *self.chips.tab_stops()]
        stops += [*self.picked_bar.tab_stops(), self.list, self.results.list]
        return [*stops, *self.undo_bar.tab_stops()]

    @property
    def is_searching(self) -> bool:
        """Whether what was found stands in place of the list."""
        return not self.results.isHidden()

    def show_results(self, shown: bool) -> None:
        """Put what was found in place of the list, or the list back."""
        self.list.end_picking()
        self.results.setVisible(shown)
        for part in (self.chips, self.list):
            part.setVisible(not shown)

    def show_unread(self) -> None:
        """Count again what is unread."""
        self.chips.show_unread(self._model.unread())
        folders = self._model.filled_folders()
        filled = {view for view in ThreadView if view.folder in folders}
        if self._model.has_scheduled():
            filled.add(ThreadView.SCHEDULED)
        self.chips.show_filled(filled)

    def _show_view(self, view: ThreadView) -> None:
        wanted = replace(
            self._model.wanted,
            unread_only=view.unread_only,
            folder=view.folder,
            scheduled_only=view.scheduled_only,
        )
        self._model.load(wanted)

    def _show_picked(self, picked: tuple[ConversationId, ...]) -> None:
        """What can be done with them stands in place of the chips."""
        self.picked_bar.show_count(len(picked))
        self.chips.setVisible(not picked and not self.is_searching)

    def _measure(self) -> None:
        px = self._theme.px
        self._top.setContentsMargins(px(12), px(12), px(12), px(10))
        self._top.setSpacing(px(8))
        edge = px(36)
        self.new_button.setFixedSize(edge, edge)

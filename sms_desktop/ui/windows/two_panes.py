"""The list and the conversation: side by side, or one at a time where the window is narrow."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.thread_list import ThreadPane
from sms_desktop.ui.windows.conversation_pane import ConversationPane

_NARROW_BELOW: Final = 720
_LIST_WIDTH: Final = 332
_LEAST_LIST_WIDTH: Final = 240


class TwoPanes(QSplitter):
    """While narrow, an open conversation takes the place of the list, and leads back to it."""

    def __init__(
        self,
        theme: Theme,
        threads: ThreadPane,
        conversation: ConversationPane,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._threads = threads
        self._conversation = conversation
        self._list_width = theme.px(_LIST_WIDTH)
        self.is_narrow = False
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(threads)
        self.addWidget(conversation)
        self.setStretchFactor(1, 1)
        conversation.header.back_pressed.connect(self.leave)
        theme.changed.connect(self._measure)
        threads.setMinimumWidth(theme.px(_LEAST_LIST_WIDTH))

    @property
    def list_width(self) -> int:
        """Width of the list in pixels; while it is hidden, what it was before."""
        return self.sizes()[0] or self._list_width

    def set_list_width(self, width_px: int) -> None:
        """Give the list a width; 0: the usual one."""
        self._list_width = width_px or self._theme.px(_LIST_WIDTH)
        # The window has its size before its parts have theirs.
        self.setSizes([self._list_width, max(1, self.window().width() - self._list_width)])

    def arrange(self) -> None:
        """Show what the window has room for; call it whenever the window's width changes."""
        is_open = self._conversation.conversation_id is not None
        self.is_narrow = self.window().width() < self._theme.px(_NARROW_BELOW)
        self._threads.setVisible(not (self.is_narrow and is_open))
        self._conversation.setVisible(is_open or not self.is_narrow)
        self._conversation.header.back_button.setVisible(self.is_narrow)

    def back(self) -> None:
        """First to the field; from there, in a narrow window, to the list."""
        if self._conversation.conversation_id is None:
            self._threads.list.setFocus()
        elif not self._conversation.composer.field.hasFocus():
            self._conversation.focus_field()
        elif self.is_narrow:
            self.leave()

    def to_list(self) -> None:
        """Straight to the list."""
        if self.is_narrow and self._conversation.conversation_id is not None:
            self.leave()
        else:
            self._threads.list.setFocus()

    def leave(self) -> None:
        """Close the conversation; the list has the keys."""
        self._conversation.close_conversation()
        self._threads.list.setFocus()

    def _measure(self) -> None:
        self._threads.setMinimumWidth(self._theme.px(_LEAST_LIST_WIDTH))
        self.arrange()

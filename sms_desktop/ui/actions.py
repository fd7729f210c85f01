"""Everything the window can be asked to do, in one table: words, shortcut, group.

Buttons, menus, tooltips and the list of shortcuts (F1) all read this table, so that a shortcut is
shown wherever it can be used.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Entry:
    """``name`` is for code, ``text`` for people; ``shortcut`` in Qt's portable form or empty."""

    name: str
    text: str
    shortcut: str
    group: str


TABLE: Final = (
    Entry("new_message", "New message", "Ctrl+N", "Messages"),
    Entry("send_later", "Send later…", "Ctrl+Shift+Return", "Messages"),
    Entry("scheduled", "Scheduled messages", "Ctrl+Shift+D", "Messages"),
    Entry("search", "Search, or go to a person, a number, an action", "Ctrl+K", "Search"),
    Entry("find", "Search in this conversation", "Ctrl+F", "Search"),
    Entry("next_hit", "Next hit", "F3", "Search"),
    Entry("previous_hit", "Previous hit", "Shift+F3", "Search"),
    Entry("go_to_day", "Go to a day of this conversation…", "Ctrl+G", "Search"),
    Entry("next_thread", "Next conversation", "Alt+Down", "Conversations"),
    Entry("previous_thread", "Previous conversation", "Alt+Up", "Conversations"),
    Entry("next_unread", "Next unread conversation", "Ctrl+Shift+U", "Conversations"),
    Entry("back", "To the message field, or back to the list", "Escape", "Conversations"),
    Entry("to_list", "To the list of conversations", "Alt+Left", "Conversations"),
    Entry("name_contact", "Name this contact…", "F2", "Conversations"),
    Entry("copy_number", "Copy number", "Ctrl+Shift+C", "Conversations"),
    Entry("mark_read", "Mark all read", "Ctrl+Shift+R", "Conversations"),
    Entry("mark_unread", "Mark unread", "Ctrl+Shift+L", "Conversations"),
    Entry("pin", "Pin or unpin", "Ctrl+Shift+P", "Conversations"),
    Entry("archive", "Archive, or back to the inbox", "Ctrl+Shift+E", "Conversations"),
    Entry("mute", "Mute or unmute", "Ctrl+Shift+M", "Conversations"),
    Entry("snooze", "Snooze…", "Ctrl+Shift+S", "Conversations"),
    Entry("block", "Block or unblock", "Ctrl+Shift+B", "Conversations"),
    Entry("delete_here", "Delete this conversation here", "Ctrl+Shift+Del", "Conversations"),
    Entry("delete_at_kandy", "Delete it here and at Kandy", "Ctrl+Shift+K", "Conversations"),
    Entry("undo", "Undo, while it is offered", "Ctrl+Z", "Conversations"),
    Entry("settings", "Settings", "Ctrl+,", "Program"),
    Entry("lock", "Lock now", "Ctrl+L", "Program"),
    Entry("shortcuts", "Keyboard shortcuts", "F1", "Program"),
    Entry("quit", "Quit", "Ctrl+Q", "Program"),
)

_ON_A_MAC: Final = {
    "next_thread": "Ctrl+Alt+Down",
    "previous_thread": "Ctrl+Alt+Up",
    "to_list": "Ctrl+[",
}
"""Where Option and an arrow move the cursor by words and paragraphs; Qt's ``Ctrl`` is ⌘ there."""

KEYS_IN_PLACE: Final = {
    "Messages": (
        ("Send", "Enter"),
        ("New line", "Shift+Enter"),
        ("Message above or below", "Up, Down"),
        ("A page up or down", "PgUp, PgDown"),
        ("Oldest message", "Home"),
        ("Newest message", "End"),
        ("Choose several messages", "Shift+Up, Shift+Down"),
        ("Choose all messages", "Ctrl+A"),
        ("Choose letters of a message", "Shift+Left, Shift+Right"),
        ("Choose words of a message", "Ctrl+Shift+Left, Ctrl+Shift+Right"),
        ("Copy what is chosen", "Ctrl+C"),
        ("Details of a message", "Alt+Enter"),
        ("What can be done with a message", "Menu, Shift+F10"),
    ),
    "Search": (("What was found, above or below", "Up, Down"), ("Back to where one was", "Esc")),
    "Conversations": (
        ("Open the chosen conversation", "Enter"),
        ("Choose several conversations", "Shift+Up, Shift+Down"),
        ("Choose all conversations", "Ctrl+A"),
        ("Delete the chosen conversations here", "Del"),
        ("What can be done with a conversation", "Menu, Shift+F10"),
    ),
    "Program": (("To the next part of the window", "Tab"),),
}
"""What fields and lists do with keys by themselves; listed with the shortcuts of their group."""


def shortcut_of(entry: Entry, platform: str = sys.platform) -> str:
    """The shortcut of an entry on a system, in Qt's portable form."""
    return _ON_A_MAC.get(entry.name, entry.shortcut) if platform == "darwin" else entry.shortcut


class Actions(QObject):
    """The table as `QAction`s that belong to one window."""

    def __init__(self, window: QWidget, handlers: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        for entry in TABLE:
            action = QAction(entry.text, self)
            action.setShortcut(QKeySequence.fromString(shortcut_of(entry)))
            action.setShortcutVisibleInContextMenu(True)
            action.triggered.connect(lambda _checked=False, run=handlers[entry.name]: run())
            window.addAction(action)
            self._actions[entry.name] = action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def all_but(self, name: str) -> list[QAction]:
        """Every action except one."""
        return [action for one, action in self._actions.items() if one != name]

    def entries(self) -> tuple[Entry, ...]:
        """The whole table."""
        return TABLE

    def keys(self, name: str) -> str:
        """The shortcut of an action as the system writes it; empty without one."""
        return self._actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

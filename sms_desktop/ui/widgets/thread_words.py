"""What actions on whole conversations are called: before they are done, and when they are."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from sms_desktop.domain.conversation import ConversationRow

_WORDS: Final = {
    "pin": (QT_TRANSLATE_NOOP("ThreadWords", "Pin"), QT_TRANSLATE_NOOP("ThreadWords", "Unpin")),
    "archive": (
        QT_TRANSLATE_NOOP("ThreadWords", "Archive"),
        QT_TRANSLATE_NOOP("ThreadWords", "Move to the inbox"),
    ),
    "mute": (QT_TRANSLATE_NOOP("ThreadWords", "Mute"), QT_TRANSLATE_NOOP("ThreadWords", "Unmute")),
    "block": (
        QT_TRANSLATE_NOOP("ThreadWords", "Block"),
        QT_TRANSLATE_NOOP("ThreadWords", "Unblock"),
    ),
    "mark_read": (QT_TRANSLATE_NOOP("ThreadWords", "Mark read"), ""),
    "mark_unread": (QT_TRANSLATE_NOOP("ThreadWords", "Mark unread"), ""),
    "delete_here": (QT_TRANSLATE_NOOP("ThreadWords", "Delete here"), ""),
    "delete_at_kandy": (QT_TRANSLATE_NOOP("ThreadWords", "Delete here and at Kandy"), ""),
}
_DONE: Final = {
    "archive": (
        QT_TRANSLATE_NOOP("ThreadWords", "Archived"),
        QT_TRANSLATE_NOOP("ThreadWords", "{n} conversations archived"),
    ),
    "block": (
        QT_TRANSLATE_NOOP("ThreadWords", "Blocked"),
        QT_TRANSLATE_NOOP("ThreadWords", "{n} conversations blocked"),
    ),
    "snooze": (
        QT_TRANSLATE_NOOP("ThreadWords", "Snoozed: {time}"),
        QT_TRANSLATE_NOOP("ThreadWords", "{n} conversations snoozed: {time}"),
    ),
    "delete_here": (
        QT_TRANSLATE_NOOP("ThreadWords", "Deleted"),
        QT_TRANSLATE_NOOP("ThreadWords", "{n} conversations deleted"),
    ),
    "delete_at_kandy": (
        QT_TRANSLATE_NOOP("ThreadWords", "Deleted, also at Kandy"),
        QT_TRANSLATE_NOOP("ThreadWords", "{n} conversations deleted, also at Kandy"),
    ),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("ThreadWords", text)


def is_so_for_all(name: str, rows: Iterable[ConversationRow]) -> bool:
    """Whether a toggle is on for every conversation, so that the next step is to take it off."""
    is_on: Callable[[ConversationRow], bool] = {
        "pin": lambda row: row.flags.is_pinned,
        "archive": lambda row: row.flags.is_archived,
        "mute": lambda row: row.flags.is_muted,
        "block": lambda row: row.flags.is_blocked,
    }.get(name, lambda _row: False)
    return all(map(is_on, rows))


def action_words(name: str, rows: Sequence[ConversationRow]) -> str:
    """What an action would do with these conversations."""
    do, undo = _WORDS[name]
    return _tr(str(undo if undo and is_so_for_all(name, rows) else do))


def done_words(name: str, count: int) -> str:
    """What an action that takes conversations off the list has done to so many."""
    one, several = _DONE[name]
    return _tr(str(one if count == 1 else several)).replace("{n}", str(count))

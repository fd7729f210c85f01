"""The menu of one conversation or several: what can be done with them, and by which keys."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.domain.snooze import SnoozeTime, snooze_choices
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.widgets.thread_words import action_words

Keys = Callable[[str], str]
"""The shortcut of an action by its name."""

_SNOOZES: Final = {
    SnoozeTime.LATER: QT_TRANSLATE_NOOP("ThreadMenu", "Later today"),
    SnoozeTime.EVENING: QT_TRANSLATE_NOOP("ThreadMenu", "This evening"),
    SnoozeTime.TOMORROW: QT_TRANSLATE_NOOP("ThreadMenu", "Tomorrow morning"),
    SnoozeTime.NEXT_WEEK: QT_TRANSLATE_NOOP("ThreadMenu", "Next week"),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("ThreadMenu", text)


def fill_menu(
    menu: QMenu,
    rows: Sequence[ConversationRow],
    moments: Moments,
    *,
    keys: Keys,
    act: Callable[[str], object],
    snooze: Callable[[int], object],
    choose_snooze: Callable[[], object],
) -> None:
    """Add everything that can be done with these conversations.

    ``act`` is given the name of an action, ``snooze`` a time in milliseconds.
    """

    def add(name: str, words: str = "") -> None:
        shown = words or action_words(name, rows)
        menu.addAction(f"{shown}\t{keys(name)}").triggered.connect(lambda: act(name))

    if any(row.is_unread for row in rows):
        add("mark_read")
    if not all(row.is_unread for row in rows):
        add("mark_unread")
    menu.addSeparator()
    add("pin")
    add("mute")
    add("archive")
    if all(row.flags.snoozed_until_ms for row in rows):
        add("snooze", _tr("End the snooze"))
    else:
        times = menu.addMenu(_tr("Snooze"))
        fill_snooze_menu(times, moments, snooze=snooze, choose=choose_snooze, keys=keys)
    menu.addSeparator()
    add("block")
    add("delete_here")
    add("delete_at_kandy")


def fill_snooze_menu(
    menu: QMenu,
    moments: Moments,
    *,
    snooze: Callable[[int], object],
    choose: Callable[[], object],
    keys: Keys | None = None,
) -> None:
    """Add the times to snooze to, and a way to any other."""
    now = datetime.fromtimestamp(moments.now_ms() / 1000).astimezone()
    for choice in snooze_choices(now):
        at_ms = round(choice.at.timestamp() * 1000)
        words = f"{_tr(str(_SNOOZES[choice.name]))}\t{moments.ahead(at_ms)}"
        menu.addAction(words).triggered.connect(lambda _=False, at_ms=at_ms: snooze(at_ms))
    menu.addSeparator()
    shown = keys("snooze") if keys is not None else ""
    other = _tr("Another time…") + (f"\t{shown}" if shown else "")
    menu.addAction(other).triggered.connect(choose)


def new_menu(parent: QWidget) -> QMenu:
    """An empty menu that goes when it is closed."""
    menu = QMenu(parent)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu

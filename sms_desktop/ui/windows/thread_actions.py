"""What a person does with whole conversations: the open one, the one under a menu, or all picked."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.thread_flags import ThreadChange
from sms_desktop.ui.actions import Actions
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.ports import Reader, ThreadCommands
from sms_desktop.ui.widgets.thread_list import ThreadPane
from sms_desktop.ui.widgets.thread_menu import fill_menu, new_menu
from sms_desktop.ui.widgets.thread_words import action_words, done_words, is_so_for_all
from sms_desktop.ui.windows.conversation_pane import ConversationPane
from sms_desktop.ui.windows.sheets import Sheets

_NAMES = (
    "mark_read",
    "mark_unread",
    "pin",
    "archive",
    "mute",
    "snooze",
    "block",
    "delete_here",
    "delete_at_kandy",
)


class Tidying(QObject):
    """Leads from menus, keys and bars to commands, says what was done, and offers the way back."""

    def __init__(
        self,
        reader: Reader,
        commands: ThreadCommands,
        moments: Moments,
        sheets: Sheets,
        threads: ThreadPane,
        pane: ConversationPane,
    ) -> None:
        super().__init__(threads)
        self._reader = reader
        self._commands = commands
        self._moments = moments
        self._sheets = sheets
        self._threads = threads
        self._list = threads.list
        self._pane = pane
        self._actions: Actions | None = None
        self._deleted: list[ConversationId] = []
        self._list.menu_asked.connect(self._open_menu)
        self._list.picked_changed.connect(self._on_picked)
        self._list.delete_asked.connect(partial(self._act_on_targets, "delete_here"))
        threads.picked_bar.asked.connect(self._act_on_targets)
        threads.picked_bar.more_asked.connect(self._open_menu_of_picked)
        threads.undo_bar.undo_asked.connect(self.undo)
        threads.undo_bar.passed.connect(self._on_passed)
        pane.opened.connect(self._on_opened)
        pane.header.menu_opening.connect(self._fill_header_menu)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """By the names of the table of actions."""
        of_targets = {name: partial(self._act_on_targets, name) for name in _NAMES}
        return {**of_targets, "undo": self.undo}

    def offer(self, actions: Actions) -> None:
        """Shortcuts are shown where they can be used."""
        self._actions = actions
        self._threads.undo_bar.set_shortcut(actions.keys("undo"))
        self._offer_undo()
        self._on_opened(self._pane.conversation_id)

    def leave_or(self, other: Callable[[], object]) -> None:
        """Stop picking; where nobody is picking, the other."""
        if self._list.picked:
            self._list.end_picking()
        else:
            other()

    def act(self, name: str, rows: Sequence[ConversationRow]) -> None:
        """Do what an action's name says with these conversations."""
        if not rows:
            return
        if name == "mark_read":
            self._commands.mark_all_read([row.conversation_id for row in rows])
            self._list.end_picking()
        elif name == "snooze":
            self._snooze_or_wake(rows)
        elif name in ("delete_here", "delete_at_kandy"):
            self._delete(rows, done_words(name, len(rows)), at_kandy=name == "delete_at_kandy")
        else:
            self._toggle(name, rows)

    def undo(self) -> None:
        """Take back what the bar speaks of."""
        if not self._threads.undo_bar.isHidden():
            self._commands.undo()
            self._deleted = []
            self._threads.undo_bar.dismiss()

    # What it is done to.

    def _act_on_targets(self, name: str) -> None:
        self.act(name, self._targets())

    def _targets(self) -> list[ConversationRow]:
        """What is picked, else what is open, else the row where the keys are."""
        opened = self._pane.conversation_id
        beside = self._list.current_id() if opened is None else (opened,)
        return self._list.picked_rows or self._rows(beside)

    def _rows(self, conversation_ids: Sequence[ConversationId]) -> list[ConversationRow]:
        found = map(self._reader.conversation, conversation_ids)
        return [row for row in found if row is not None]

    # What happens to it.

    def _toggle(self, name: str, rows: Sequence[ConversationRow]) -> None:
        on = not is_so_for_all(name, rows)
        wanted = {
            "pin": ThreadChange(pinned=on),
            "archive": ThreadChange(archived=on),
            "mute": ThreadChange(muted=on),
            "block": ThreadChange(blocked=on),
            "mark_unread": ThreadChange(marked_unread=True),
        }[name]
        said = done_words(name, len(rows)) if wanted.puts_away else ""
        self._change(rows, wanted, said, leaves=wanted.puts_away or bool(wanted.marked_unread))

    def _change(
        self,
        rows: Sequence[ConversationRow],
        wanted: ThreadChange,
        said: str = "",
        *,
        leaves: bool = False,
    ) -> None:
        """``leaves``: they are out of the way now, so none of them stays open."""
        changed = [row.conversation_id for row in rows]
        if leaves:
            self._leave(changed)
        self._commands.change(changed, wanted)
        self._list.end_picking()
        if said:
            self._forget_deleted()
            self._threads.undo_bar.say(said)
        self._offer_undo()

    def _delete(
        self, rows: Sequence[ConversationRow], said: str, *, at_kandy: bool = False
    ) -> None:
        deleted = [row.conversation_id for row in rows]
        self._leave(deleted)
        self._commands.delete(deleted, at_kandy=at_kandy)
        self._list.end_picking()
        self._forget_deleted()
        self._deleted = deleted
        self._threads.undo_bar.say(said)
        self._offer_undo()

    def _forget_deleted(self) -> None:
        """There is no way back to these."""
        for one in self._deleted:
            self._pane.composer.forget(one)
        self._deleted = []

    def _leave(self, conversation_ids: Sequence[ConversationId]) -> None:
        """None of these stays open; closing keeps what is written there."""
        if self._pane.conversation_id in conversation_ids:
            self._pane.close_conversation()
            self._list.setFocus()

    def _snooze_or_wake(self, rows: Sequence[ConversationRow]) -> None:
        if all(row.flags.snoozed_until_ms for row in rows):
            self._change(rows, ThreadChange(snoozed_until_ms=0))
        else:
            sheet = self._sheets.open_snooze(self._moments.now_ms)
            sheet.chosen.connect(lambda at_ms: self._snooze(rows, at_ms))

    def _snooze(self, rows: Sequence[ConversationRow], at_ms: int) -> None:
        said = done_words("snooze", len(rows)).replace("{time}", self._moments.ahead(at_ms))
        self._change(rows, ThreadChange(snoozed_until_ms=at_ms), said, leaves=True)

    # Menus and bars.

    def _open_menu(self, conversation_ids: Sequence[ConversationId], place: QPoint) -> None:
        if rows := self._rows(conversation_ids):
            menu = new_menu(self._list)
            self._fill(menu, rows)
            menu.popup(place)

    def _open_menu_of_picked(self) -> None:
        button = self._threads.picked_bar.more_button
        self._open_menu(self._list.picked, button.mapToGlobal(button.rect().bottomLeft()))

    def _fill_header_menu(self, menu: QMenu) -> None:
        opened = self._pane.conversation_id
        if opened is not None and (rows := self._rows((opened,))):
            if menu.actions():
                menu.addSeparator()
            self._fill(menu, rows)

    def _fill(self, menu: QMenu, rows: Sequence[ConversationRow]) -> None:
        fill_menu(
            menu,
            rows,
            self._moments,
            keys=self._keys,
            act=lambda name: self.act(name, rows),
            snooze=lambda at_ms: self._snooze(rows, at_ms),
            choose_snooze=lambda: self._snooze_or_wake(rows),
        )

    def _keys(self, name: str) -> str:
        return self._actions.keys(name) if self._actions is not None else ""

    def _on_picked(self, picked: Sequence[ConversationId]) -> None:
        rows = self._list.picked_rows if picked else []
        for name in self._threads.picked_bar.buttons if rows else ():
            self._threads.picked_bar.name_button(name, action_words(name, rows), self._keys(name))
        self._on_opened(self._pane.conversation_id)

    def _on_opened(self, conversation_id: ConversationId | None) -> None:
        if self._actions is not None:
            for name in _NAMES:
                self._actions[name].setEnabled(bool(conversation_id or self._list.picked))
            for name in ("edit_contact", "copy_number", "go_to_day"):
                self._actions[name].setEnabled(conversation_id is not None)
        if conversation_id is not None:
            row = self._reader.conversation(conversation_id)
            if row is not None and row.flags.is_marked_unread:
                self._commands.change([conversation_id], ThreadChange(marked_unread=False))

    def _on_passed(self) -> None:
        self._forget_deleted()
        self._offer_undo()

    def _offer_undo(self) -> None:
        if self._actions is not None:
            self._actions["undo"].setEnabled(not self._threads.undo_bar.isHidden())

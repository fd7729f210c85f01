"""Searching inside the open conversation: which hit of how many is shown, and going to the next."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.folding import fold
from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.ui.ports import SearchCommands
from sms_desktop.ui.surroundings import Running, Spawn
from sms_desktop.ui.windows.conversation_pane import ConversationPane

MOST: Final = 1_000


class FindHere(QObject):
    """Fills the pane's bar and moves its timeline; the words stay marked until it is closed."""

    failed = Signal(str)

    def __init__(self, search: SearchCommands, spawn: Spawn, pane: ConversationPane) -> None:
        super().__init__(pane)
        self._search = search
        self._spawn = spawn
        self._pane = pane
        self._bar = pane.find_bar
        self._keys: tuple[TimelineKey, ...] = ()
        self._at: int | None = None
        self._running: Running | None = None
        self._bar.typed.connect(self._on_typed)
        self._bar.stepped.connect(self.step)
        self._bar.closed.connect(self.close)
        pane.opened.connect(self._on_opened)

    @property
    def is_open(self) -> bool:
        """Whether the bar is shown."""
        return not self._bar.isHidden()

    def open(self) -> None:
        """Show the bar, ready to type."""
        if self._pane.conversation_id is None:
            return
        self._bar.show()
        self._bar.field.setFocus()
        self._bar.field.selectAll()

    def show_hit(
        self, conversation_id: ConversationId, key: TimelineKey, text: str, needles: tuple[str, ...]
    ) -> None:
        """Go to a message that a search found; its words are the bar's."""
        self._pane.open(conversation_id)
        if self._pane.conversation_id != conversation_id:
            return
        self._pane.timeline.mark_words(needles)
        self._pane.timeline.go_to(key)
        self._bar.field.setText(text)
        self._bar.setVisible(bool(needles))
        if needles:
            self._find(text, key)

    def step(self, by: int) -> None:
        """Go to the next hit, around the ends: 1 is the newer, -1 the older."""
        if not self.is_open:
            self.open()
        elif self._keys:
            self._go(((self._at or 0) + by) % len(self._keys))

    def close(self) -> None:
        """Hide the bar and the marks; the conversation stays where it is."""
        self._stop()
        had_focus = self._bar.isAncestorOf(self._bar.window().focusWidget() or self._bar.window())
        self._bar.hide()
        self._pane.timeline.mark_words(())
        self._pane.timeline.clearSelection()
        if had_focus:
            self._pane.focus_field()

    def _on_typed(self, text: str) -> None:
        # Of what is typed here every word counts, also one that reads like a filter.
        self._pane.timeline.mark_words(tuple(fold(word) for word in text.split()))
        self._find(_without_filters(text), None)

    def _on_opened(self, _conversation_id: object) -> None:
        if self.is_open:
            self.close()

    def _find(self, text: str, at: TimelineKey | None) -> None:
        self._stop()
        self._keys, self._at = (), None
        self._bar.show_place(None, 0)
        conversation = self._pane.conversation_id
        if text.strip() and conversation is not None:
            self._running = self._spawn(self._found(conversation, text, at), "find in conversation")

    async def _found(self, conversation: ConversationId, text: str, at: TimelineKey | None) -> None:
        try:
            keys = await self._search.keys_in(conversation, text)
        except SmsDesktopError as error:
            self.failed.emit(error.text())
            return
        self._running = None
        if self._pane.conversation_id != conversation:
            return
        self._keys = keys
        if at is not None and at in keys:
            self._at = keys.index(at)
            self._show_place()
        elif keys:
            self._go(len(keys) - 1)
        else:
            self._bar.show_place(None, 0)

    def _go(self, at: int) -> None:
        self._at = at
        self._pane.timeline.go_to(self._keys[at])
        self._show_place()

    def _show_place(self) -> None:
        count = len(self._keys)
        self._bar.show_place(self._at, count, is_cut=count >= MOST)

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None


def _without_filters(text: str) -> str:
    """Each word quoted, so that the query takes it as it is."""
    return " ".join(f'"{word}"' for word in text.replace('"', " ").split())

"""The search above the thread list: asks while one types, shows what was found, goes there.

Typing never waits: the question runs beside the window, and the next letter cancels it.
"""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from sms_desktop.domain.conversation import ConversationRow, Correspondent
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.folding import fold
from sms_desktop.domain.search import Found, Hit, fits_person
from sms_desktop.ui.actions import Actions, Entry
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.models.search_results import (
    ActionResult,
    Heading,
    NumberResult,
    Result,
)
from sms_desktop.ui.ports import ConversationFilter, SearchCommands
from sms_desktop.ui.surroundings import Running, Spawn
from sms_desktop.ui.widgets.thread_list import ThreadPane
from sms_desktop.ui.windows.conversation_pane import ConversationPane
from sms_desktop.ui.windows.find_here import FindHere

_LOOK_AGAIN_MS: Final = 1_000
_MOST_ACTIONS: Final = 4
_NOT_OFFERED: Final = frozenset({"search", "find", "next_hit", "previous_hit", "back", "to_list"})


class Finding(QObject):
    """``wanted``: a conversation, ready to type. ``number_wanted``: a ``ConversationFilter``.

    ``person_wanted``: a number with which there is no conversation yet.
    """

    wanted = Signal(int)
    number_wanted = Signal(object)
    person_wanted = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        search: SearchCommands,
        spawn: Spawn,
        facts: Facts,
        threads: ThreadPane,
        pane: ConversationPane,
    ) -> None:
        super().__init__(threads)
        self._search = search
        self._spawn = spawn
        self._facts = facts
        self._threads = threads
        self._pane = pane
        self._here = FindHere(search, spawn, pane)
        self._field = threads.search
        self._results = threads.results
        self._found: Found | None = None
        self._running: Running | None = None
        self._before: QWidget | None = None
        self._actions: Actions | None = None
        self._again = QTimer(self, singleShot=True, interval=_LOOK_AGAIN_MS)
        self._again.timeout.connect(self._ask)
        self._field.textChanged.connect(self._on_typed)
        self._field.stepped.connect(self._results.step)
        self._field.taken.connect(self._results.take)
        self._results.chosen.connect(self._choose)
        self._results.model.more_wanted.connect(self._ask_more)
        self._here.failed.connect(self.failed)
        facts.bridge.timeline_changed.connect(self._look_again)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """By the names of the table of actions."""
        return {
            "search": self.open,
            "find": self._here.open,
            "next_hit": lambda: self._here.step(1),
            "previous_hit": lambda: self._here.step(-1),
        }

    def offer(self, actions: Actions) -> None:
        """These can be found by their words, and done."""
        self._actions = actions
        self._field.set_shortcut(actions.keys("search"))
        header, bar = self._pane.header, self._pane.find_bar
        header.search_asked.connect(actions["find"].trigger)
        header.set_search_shortcut(actions.keys("find"))
        header.date_asked.connect(actions["go_to_day"].trigger)
        header.set_date_shortcut(actions.keys("go_to_day"))
        bar.set_shortcuts(actions.keys("previous_hit"), actions.keys("next_hit"))

    @property
    def is_open(self) -> bool:
        """Whether results stand in place of the list."""
        return self._threads.is_searching

    def open(self) -> None:
        """Go to the field; what stands there can be typed over."""
        now = QApplication.focusWidget()
        if now is not None and now is not self._field:
            self._before = now
        self._field.setFocus()
        self._field.selectAll()

    def leave(self) -> bool:
        """Back to where one was; false where nothing was being searched for."""
        if self._here.is_open:
            self._here.close()
            return True
        if not self.is_open and not self._field.hasFocus():
            return False
        self._field.clear()
        before, self._before = self._before, None
        (before if before is not None and before.isVisible() else self._threads.list).setFocus()
        return True

    def leave_or(self, other: Callable[[], None]) -> None:
        """``leave``; where there is nothing to leave, the other."""
        if not self.leave():
            other()

    def _on_typed(self, text: str) -> None:
        self._again.stop()
        self._found = None
        self._threads.show_results(bool(text.strip()))
        self._ask()

    def _ask(self) -> None:
        """Ask anew; what is shown stays until the answer is there."""
        self._stop()
        text = self._field.text()
        if text.strip():
            self._running = self._spawn(self._answer(text), "search")

    async def _answer(self, text: str) -> None:
        try:
            found = await self._search.search(text)
        except SmsDesktopError as error:
            self.failed.emit(error.text())
            return
        self._running = None
        if text == self._field.text():
            self._show(found)

    def _show(self, found: Found) -> None:
        results = self._results
        chosen = results.current() if self._found is not None else None
        self._found = found
        rows = self._rows(found)
        numbers = {state.number.key: state.number for state in self._facts.numbers}
        has_more = found.after is not None
        results.model.show_results(rows, found.query.needles, numbers, has_more=has_more)
        results.say(found.query, found.indexed)
        kept = results.model.row_like(chosen)
        results.mark(kept if kept is not None else results.model.step(-1, 1))
        if found.indexed < 1:
            self._again.start()

    def _rows(self, found: Found) -> list[Result]:
        rows: list[Result] = []
        typed = found.query.shown_words
        if typed and not found.query.has_filters:
            states = self._facts.numbers
            own = [s.number for s in states if fits_person(typed, s.number.name, s.number.number)]
            rows += _under(
                self.tr("People and numbers"),
                [*found.people, *found.contacts, *map(NumberResult, own)],
            )
            rows += _under(self.tr("Actions"), self._fitting_actions(typed))
        return rows + _under(self.tr("Messages"), found.hits)

    def _fitting_actions(self, typed: str) -> list[ActionResult]:
        if self._actions is None:
            return []
        words = fold(typed).split()
        actions = self._actions
        fitting = [
            ActionResult(entry.name, entry.text, actions.keys(entry.name))
            for entry in actions.entries()
            if _is_offered(entry) and actions[entry.name].isEnabled() and _begins(entry.text, words)
        ]
        return fitting[:_MOST_ACTIONS]

    def _ask_more(self) -> None:
        if self._found is not None and self._found.after is not None and self._running is None:
            self._running = self._spawn(self._answer_more(self._found), "search on")

    async def _answer_more(self, before: Found) -> None:
        try:
            found = await self._search.search(self._field.text(), before.after)
        except SmsDesktopError as error:
            self.failed.emit(error.text())
            return
        self._running = None
        if self._found is before:
            self._found = found
            self._results.model.add_hits(found.hits, has_more=found.after is not None)

    def _choose(self, result: Result) -> None:
        query = self._found.query if self._found is not None else None
        if isinstance(result, Hit) and query is not None:
            words = query.shown_words
            self._here.show_hit(result.conversation_id, result.key, words, query.needles)
        elif isinstance(result, ConversationRow):
            self._field.clear()
            self.wanted.emit(result.conversation_id)
        elif isinstance(result, Correspondent):
            self._field.clear()
            self.person_wanted.emit(result.remote)
        elif isinstance(result, NumberResult):
            self._field.clear()
            self._threads.list.setFocus()
            self.number_wanted.emit(ConversationFilter(*result.number.key))
        elif isinstance(result, ActionResult) and self._actions is not None:
            self.leave()
            self._actions[result.name].trigger()

    def _look_again(self, _event: object) -> None:
        # Only the first page is asked for again, and not under a reader who is further down.
        if self.is_open and not self._again.isActive() and self._is_at_top():
            self._again.start()

    def _is_at_top(self) -> bool:
        return self._results.list.verticalScrollBar().value() == 0

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None


def _under(heading: str, rows: Sequence[Result]) -> list[Result]:
    return [Heading(heading), *rows] if rows else []


def _is_offered(entry: Entry) -> bool:
    return entry.name not in _NOT_OFFERED


def _begins(text: str, words: Sequence[str]) -> bool:
    own = fold(text).split()
    return bool(words) and all(any(one.startswith(word) for one in own) for word in words)

"""Deleting and merging people, and the way back from that and from imports."""

from collections.abc import Coroutine, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from sms_desktop.domain.contact import UndoableChange
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import ContactId
from sms_desktop.ui.models.contact_words import people, undo_words, undone_sentence
from sms_desktop.ui.ports.contact_commands import ContactCommands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.banner import Banner
from sms_desktop.ui.windows.contacts.duplicates import DuplicatesSheet, groups_of


class Changing(QObject):
    """Says what was done in the banner, with Undo beside it. ``merged``: the ``ContactId`` left."""

    merged = Signal(int)

    def __init__(
        self,
        contacts: ContactCommands,
        theme: Theme,
        spawn: Spawn,
        banner: Banner,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._contacts = contacts
        self._theme = theme
        self._spawn = spawn
        self._banner = banner
        self._window = window
        self._offered: UndoableChange | None = None
        self.sheet: DuplicatesSheet | None = None
        banner.chosen.connect(self._undo_what_was_offered)

    def offer(self, menu: QMenu) -> None:
        """What can be done with the whole book, as entries of a menu."""
        menu.addAction(self.tr("Find duplicates…"), self.find_duplicates)
        for change in self._contacts.undoable():
            menu.addAction(undo_words(change), partial(self.undo, change))

    def delete(self, those: Sequence[ContactId]) -> None:
        """Delete people; their conversations stay."""
        if those:
            self._carry_out(self._delete(those), "delete contacts")

    def merge(self, those: Sequence[ContactId]) -> None:
        """Ask which name one of several shall have."""
        if len(those) > 1:
            self._open([those], is_chosen=True)

    def find_duplicates(self) -> None:
        """Show entries that look alike."""
        self._carry_out(self._find(), "find duplicates")

    def undo(self, change: UndoableChange) -> None:
        """Take a change back."""
        self._carry_out(self._undo(change), "undo")

    def undo_newest(self) -> None:
        """Take the last change back that can be."""
        for change in self._contacts.undoable()[:1]:
            self.undo(change)

    def offer_undo(self, sentence: str) -> None:
        """Say what was done, with the way back."""
        self._offered = next(iter(self._contacts.undoable()), None)
        self._banner.say(sentence, self.tr("Undo") if self._offered else "")

    def _undo_what_was_offered(self) -> None:
        if self._offered is not None:
            self.undo(self._offered)

    async def _delete(self, those: Sequence[ContactId]) -> None:
        first = self._contacts.contact(those[0])
        await self._contacts.delete(those)
        name = first.name if first is not None and len(those) == 1 else people(len(those))
        self.offer_undo(self.tr("{name} deleted.").format(name=name))

    async def _undo(self, change: UndoableChange) -> None:
        self._banner.say(undone_sentence(await self._contacts.undo(change.change_id)))

    async def _find(self) -> None:
        self._open(groups_of(await self._contacts.duplicates()), is_chosen=False)

    def _open(self, groups: Sequence[Sequence[ContactId]], *, is_chosen: bool) -> None:
        self.sheet = sheet = DuplicatesSheet(
            self._contacts, self._theme, self._spawn, groups, self._window, is_chosen=is_chosen
        )
        sheet.merged.connect(self._on_merged)
        sheet.open()

    def _on_merged(self, contact_id: int) -> None:
        self.merged.emit(contact_id)
        self.offer_undo(self.tr("Merged."))

    def _carry_out(self, work: Coroutine[Any, Any, None], name: str) -> None:
        async def told() -> None:
            try:
                await work
            except SmsDesktopError as error:
                self._banner.say(error.text())

        self._spawn(told(), name)

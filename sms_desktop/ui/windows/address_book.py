"""The address book as the main window holds it: its window, the editor, pictures, and who is known."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import ContactId
from sms_desktop.ui.actions import Actions
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.ports import Commands, Reader
from sms_desktop.ui.widgets.rail import Rail
from sms_desktop.ui.widgets.thread_list import ThreadPane
from sms_desktop.ui.windows.conversation_pane import ConversationPane
from sms_desktop.ui.windows.sheets import Sheets

if TYPE_CHECKING:
    from sms_desktop.ui.photos import Photos
    from sms_desktop.ui.windows.contacts.window import ContactsWindow


class AddressBook(QObject):
    """``message_asked`` carries a number that somebody shall be texted at."""

    message_asked = Signal(str)

    def __init__(
        self,
        reader: Reader,
        commands: Commands,
        bridge: Bridge,
        sheets: Sheets,
        threads: ThreadPane,
        pane: ConversationPane,
    ) -> None:
        super().__init__(pane)
        self._reader = reader
        self._commands = commands
        self._sheets = sheets
        self._threads = threads
        self._pane = pane
        self._actions: Actions | None = None
        self._photos: Photos | None = None
        bridge.contacts_changed.connect(self._on_change)
        pane.opened.connect(self._say_what_can_be_done)

    @property
    def photos(self) -> "Photos":
        """Pictures of people; made when first wanted."""
        if self._photos is None:
            from sms_desktop.ui.photos import Photos

            self._photos = Photos(self._commands.contacts, self)
        return self._photos

    def handlers(self) -> dict[str, Callable[[], object]]:
        """By the names of the table of actions."""
        return {"contacts": self.open, "edit_contact": self.edit_open_one}

    def offer(self, actions: Actions, rail: Rail) -> None:
        """Let the rail open it, and the action about the open conversation say what it does."""
        self._actions = actions
        rail.contacts_asked.connect(actions["contacts"].trigger)

    def show_photos(self) -> None:
        """Paint pictures from now on; called once the window was painted without."""
        self._threads.use_photos(self.photos)
        self._pane.header.avatar.use_photos(self.photos)

    def open(self, contact_id: ContactId | None = None) -> "ContactsWindow":
        """Bring the address book forward."""
        window = self._sheets.open_contacts(self.photos)
        if not window.property("isHeard"):
            window.setProperty("isHeard", True)
            window.message_asked.connect(self._write_to)
        window.come_forward(contact_id)
        return window

    def edit_open_one(self) -> None:
        """Edit whom the open conversation is with, or make them a contact."""
        shown = self._pane.conversation_id
        row = self._reader.conversation(shown) if shown is not None else None
        if row is not None:
            self.edit(row.remote)

    def edit(self, number: Address) -> None:
        """Edit whoever has a number, or make somebody who has it."""
        self._sheets.open_contact_editor(self._commands.contacts.owner_of(number), number)

    def _write_to(self, number: str) -> None:
        window = self._pane.window()
        window.show()
        window.raise_()
        window.activateWindow()
        self.message_asked.emit(number)

    def _on_change(self, _event: object) -> None:
        if self._photos is not None:
            self._photos.forget()
        self._say_what_can_be_done()

    def _say_what_can_be_done(self, *_shown: object) -> None:
        shown = self._pane.conversation_id
        row = self._reader.conversation(shown) if shown is not None else None
        if self._actions is None or row is None:
            return
        is_known = bool(row.remote_name)
        words = self.tr("Edit contact…") if is_known else self.tr("Add to contacts…")
        self._actions["edit_contact"].setText(words)

"""The windows and sheets that the main window opens; sheets are opened, never executed.

Their modules are imported when they are first wanted, so that they cost nothing before first paint.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import ContactId
from sms_desktop.settings import AUTOMATIC_REGION, REGION, Settings
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.people import People
from sms_desktop.ui.ports import Commands, Reader
from sms_desktop.ui.safe import Safe
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.window_placement import bound, put_over

if TYPE_CHECKING:
    from sms_desktop.ui.models.message_details import Detail
    from sms_desktop.ui.photos import Photos
    from sms_desktop.ui.windows.contacts.editor import ContactEditor
    from sms_desktop.ui.windows.contacts.window import ContactsWindow
    from sms_desktop.ui.windows.first_run.window import FirstRunWindow
    from sms_desktop.ui.windows.message_details import MessageDetailsSheet
    from sms_desktop.ui.windows.new_message import LastSender, NewMessageSheet
    from sms_desktop.ui.windows.recovery_key.sheet import RecoveryKeySheet
    from sms_desktop.ui.windows.schedule_sheet import ScheduleSheet
    from sms_desktop.ui.windows.scheduled_window import ScheduledWindow
    from sms_desktop.ui.windows.settings.page_name import PageName
    from sms_desktop.ui.windows.settings.window import SettingsWindow
    from sms_desktop.ui.windows.shortcuts import ShortcutsWindow
    from sms_desktop.ui.windows.snooze_sheet import SnoozeSheet


class Sheets:
    """The settings window is made once, the first run until it is finished, every sheet anew."""

    def __init__(
        self,
        parent: QWidget,
        commands: Commands,
        facts: Facts,
        theme: Theme,
        settings: Settings,
        now_ms: NowMs,
        spawn: Spawn,
        safe: Safe,
    ) -> None:
        self._parent = parent
        self._commands = commands
        self._facts = facts
        self._theme = theme
        self._values = settings
        self._now_ms = now_ms
        self._spawn = spawn
        self._safe = safe
        self.settings: SettingsWindow | None = None
        self.contacts: ContactsWindow | None = None
        self.first_run: FirstRunWindow | None = None

    def open_settings(self, page: "PageName") -> "SettingsWindow":
        """Bring the settings forward with a page."""
        from sms_desktop.ui.windows.settings.window import SettingsWindow

        if self.settings is None:
            self.settings = SettingsWindow(
                self._commands,
                self._facts,
                self._theme,
                self._values,
                self._now_ms,
                self._spawn,
                self._safe,
            )
            self.settings.privacy_page.key_asked.connect(self._open_recovery_key_again)
            put_over(self._parent, self.settings)
        self.settings.show_page(page)
        return self.settings

    def open_first_run(self) -> "FirstRunWindow":
        """Lead from an account at Kandy to numbers that receive; what was typed before is there."""
        from sms_desktop.ui.windows.first_run.window import FirstRunWindow

        if self.first_run is None:
            self.first_run = FirstRunWindow(self._commands, self._facts, self._theme, self._spawn)
            self.first_run.finished.connect(self._end_first_run)
            put_over(self._parent, self.first_run)
        self.first_run.come_forward()
        return self.first_run

    def open_new_message(
        self,
        numbers: Sequence[OwnNumber],
        people: People,
        preferred: OwnNumber | None,
        last_sender: "LastSender | None" = None,
    ) -> "NewMessageSheet":
        """Ask whom to text."""
        from sms_desktop.ui.windows.new_message import NewMessageSheet

        sheet = NewMessageSheet(
            self._theme, numbers, people, self.regions(), preferred, last_sender, self._parent
        )
        sheet.open()
        return sheet

    def open_schedule(
        self, now_ms: NowMs, text: str, send_at_ms: int | None = None
    ) -> "ScheduleSheet":
        """Ask when a text shall be sent; with ``send_at_ms`` one that waits may be written anew."""
        from sms_desktop.ui.windows.schedule_sheet import ScheduleSheet

        sheet = ScheduleSheet(self._theme, now_ms, text, send_at_ms, self._parent)
        sheet.open()
        return sheet

    def open_scheduled(self, reader: Reader, moments: Moments) -> "ScheduledWindow":
        """A list of what waits for its time."""
        from sms_desktop.ui.windows.scheduled_window import ScheduledWindow

        window = ScheduledWindow(reader, self._theme, moments, self._parent)
        put_over(self._parent, window)
        return window

    def regions(self) -> tuple[str, ...]:
        """The country that numbers without ``+`` belong to, as the person or the desktop says."""
        chosen = self._values[REGION]
        if chosen != AUTOMATIC_REGION:
            return (chosen,)
        system = QLocale.territoryToCode(QLocale.system().territory())
        return (system,) if system else ()

    def open_contacts(self, photos: "Photos") -> "ContactsWindow":
        """The address book, made when it is first wanted."""
        from sms_desktop.ui.windows.contacts.window import ContactsWindow

        if self.contacts is None:
            self.contacts = ContactsWindow(
                self._commands.contacts,
                self._facts,
                self._theme,
                photos,
                self._spawn,
                self.regions,
            )
            put_over(self._parent, self.contacts)
        return self.contacts

    def open_contact_editor(self, contact_id: ContactId | None, number: Address) -> "ContactEditor":
        """Edit somebody, or make somebody with a number."""
        from sms_desktop.ui.windows.contacts.editor import ContactEditor

        contacts = self._commands.contacts
        known = contacts.contact(contact_id) if contact_id is not None else None
        sheet = ContactEditor(
            contacts, self._theme, self._spawn, self.regions(), known, number, self._parent
        )
        sheet.open()
        return sheet

    def open_details(self, details: "Sequence[Detail]") -> "MessageDetailsSheet":
        """Tell all that is known of a message."""
        from sms_desktop.ui.windows.message_details import MessageDetailsSheet

        sheet = MessageDetailsSheet(details, self._theme, self._parent)
        sheet.open()
        return sheet

    def open_recovery_key(self, *, asks_first: bool) -> "RecoveryKeySheet":
        """Show the recovery key, or ask first whether it shall be shown."""
        from sms_desktop.ui.windows.recovery_key.sheet import RecoveryKeySheet

        parent = self.settings if asks_first and self.settings is not None else self._parent
        sheet = RecoveryKeySheet(
            self._safe, self._theme, self._spawn, asks_first=asks_first, parent=parent
        )
        bound(sheet)
        if self.settings is not None:
            sheet.kept.connect(self.settings.privacy_page.show_kept)
        sheet.show()
        return sheet

    def _open_recovery_key_again(self) -> None:
        self.open_recovery_key(asks_first=True)

    def open_snooze(self, now_ms: NowMs) -> "SnoozeSheet":
        """Ask until when something shall be out of the way."""
        from sms_desktop.ui.windows.snooze_sheet import SnoozeSheet

        sheet = SnoozeSheet(now_ms, self._parent)
        sheet.open()
        return sheet

    def open_shortcuts(self) -> "ShortcutsWindow":
        """List the shortcuts beside the window."""
        from sms_desktop.ui.windows.shortcuts import ShortcutsWindow

        window = ShortcutsWindow(self._parent)
        put_over(self._parent, window)
        window.show()
        return window

    def standing(self) -> list[QWidget]:
        """The windows that stand beside the main one, also while they are closed."""
        made = (self.settings, self.contacts, self.first_run)
        return [window for window in made if window is not None]

    def close(self) -> None:
        """Close what stands on its own."""
        for window in self.standing():
            window.close()

    def _end_first_run(self) -> None:
        if self.first_run is not None:
            # With it goes the secret that was typed.
            self.first_run.close()
            self.first_run.deleteLater()
            self.first_run = None
        self._parent.activateWindow()

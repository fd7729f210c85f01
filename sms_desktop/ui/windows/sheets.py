"""The windows and sheets that the main window opens; sheets are opened, never executed.

Their modules are imported when they are first wanted, so that they cost nothing before first paint.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.settings import Settings
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme

if TYPE_CHECKING:
    from sms_desktop.ui.windows.naming import NamingSheet
    from sms_desktop.ui.windows.new_message import NewMessageSheet
    from sms_desktop.ui.windows.settings.page_name import PageName
    from sms_desktop.ui.windows.settings.window import SettingsWindow
    from sms_desktop.ui.windows.shortcuts import ShortcutsWindow


def _put_over(parent: QWidget, window: QWidget) -> None:
    """In the middle of the parent: window managers put a window of its own anywhere."""
    place = window.frameGeometry()
    place.moveCenter(parent.frameGeometry().center())
    room = parent.screen().availableGeometry()
    left = max(room.left(), min(place.left(), room.right() - place.width()))
    top = max(room.top(), min(place.top(), room.bottom() - place.height()))
    window.move(left, top)


class Sheets:
    """The settings window is made once; every sheet is made anew and goes when it closes."""

    def __init__(
        self,
        parent: QWidget,
        commands: Commands,
        facts: Facts,
        theme: Theme,
        settings: Settings,
        now_ms: NowMs,
        spawn: Spawn,
    ) -> None:
        self._parent = parent
        self._commands = commands
        self._facts = facts
        self._theme = theme
        self._values = settings
        self._now_ms = now_ms
        self._spawn = spawn
        self.settings: SettingsWindow | None = None

    def open_settings(self, page: "PageName") -> "SettingsWindow":
        """Bring the settings forward with a page."""
        from sms_desktop.ui.windows.settings.window import SettingsWindow

        if self.settings is None:
            self.settings = SettingsWindow(
                self._commands, self._facts, self._theme, self._values, self._now_ms, self._spawn
            )
            _put_over(self._parent, self.settings)
        self.settings.show_page(page)
        return self.settings

    def open_new_message(
        self,
        numbers: Sequence[OwnNumber],
        preferred: Address | None,
        started: Callable[[OwnNumber, str, str], None],
    ) -> "NewMessageSheet":
        """Ask whom to text."""
        from sms_desktop.ui.windows.new_message import NewMessageSheet

        sheet = NewMessageSheet(self._theme, numbers, preferred, self._parent)
        sheet.started.connect(started)
        sheet.open()
        return sheet

    def open_naming(self, row: ConversationRow) -> "NamingSheet":
        """Ask for a contact's name."""
        from sms_desktop.ui.windows.naming import NamingSheet

        sheet = NamingSheet(row.remote, row.remote_name, self._parent)
        sheet.named.connect(lambda remote, name: self._commands.name_contact(Address(remote), name))
        sheet.open()
        return sheet

    def open_shortcuts(self) -> "ShortcutsWindow":
        """List the shortcuts beside the window."""
        from sms_desktop.ui.windows.shortcuts import ShortcutsWindow

        window = ShortcutsWindow(self._parent)
        window.show()
        return window

    def close(self) -> None:
        """Close what stands on its own."""
        if self.settings is not None:
            self.settings.close()

"""Pictures of people as they are painted: read when first wanted, a few at a time, and forgotten again.

Nothing here is made before the window was painted: until then everybody has initials.
"""

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmap

from sms_desktop.domain.address import Address
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import ContactId
from sms_desktop.ui.photo import kept_photo
from sms_desktop.ui.ports.contact_commands import ContactCommands

Whose = Address | ContactId
_KEPT: Final = 300
_AT_ONCE: Final = 4


class Photos(QObject):
    """``changed``: somebody's picture can be painted now, or is another one."""

    changed = Signal()

    def __init__(self, contacts: ContactCommands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contacts = contacts
        self._known: OrderedDict[Whose, QPixmap | None] = OrderedDict()
        self._wanted: list[Whose] = []
        self._has_some: bool | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._load)

    def of(self, whose: Whose) -> QPixmap | None:
        """The picture of a number's or a contact's; ``None`` where there is none yet."""
        if whose in self._known:
            self._known.move_to_end(whose)
            return self._known[whose]
        if self._has_some is not False and whose not in self._wanted:
            # What was asked for last is on screen now.
            self._wanted.append(whose)
            self._soon.start()
        return None

    def forget(self) -> None:
        """Somebody's picture may be another one."""
        self._known.clear()
        self._wanted.clear()
        self._has_some = None
        self.changed.emit()

    def _load(self) -> None:
        try:
            if self._has_some is None:
                self._has_some = self._contacts.has_photos()
            if not self._has_some:
                self._wanted.clear()
                return
            for _ in range(min(_AT_ONCE, len(self._wanted))):
                whose = self._wanted.pop()
                self._known[whose] = self._read(whose)
        except SmsDesktopError:
            # Whatever ails the store is told by those who cannot do without.
            self._wanted.clear()
            return
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        if self._wanted:
            self._soon.start()
        self.changed.emit()

    def _read(self, whose: Whose) -> QPixmap | None:
        read = self._contacts
        data = read.photo_of(whose) if isinstance(whose, str) else read.photo(whose)
        image = kept_photo(data) if data is not None else None
        return None if image is None else QPixmap.fromImage(image)

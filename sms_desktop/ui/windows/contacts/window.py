"""The address book's window: search and list at the left, a person at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import ContactId
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.models.contact_list import ContactListModel
from sms_desktop.ui.models.contact_words import people
from sms_desktop.ui.photos import Photos
from sms_desktop.ui.ports.contact_commands import ContactCommands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.banner import Banner
from sms_desktop.ui.widgets.empty_state import EmptyState
from sms_desktop.ui.widgets.search_field import SearchField
from sms_desktop.ui.windows.contacts.changing import Changing
from sms_desktop.ui.windows.contacts.contact_list import ContactList
from sms_desktop.ui.windows.contacts.editor import ContactEditor
from sms_desktop.ui.windows.contacts.importing import Importing
from sms_desktop.ui.windows.contacts.person import PersonPane
from sms_desktop.ui.windows.window_placement import bound


class ContactsWindow(QWidget):
    """``message_asked`` carries a number. Nothing here waits for an OK; what is deleted can come back."""

    message_asked = Signal(str)

    def __init__(
        self,
        contacts: ContactCommands,
        facts: Facts,
        theme: Theme,
        photos: Photos,
        spawn: Spawn,
        regions: Callable[[], Sequence[str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Contacts"))
        self.setObjectName("contactsWindow")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._contacts = contacts
        self._theme = theme
        self._photos = photos
        self._spawn = spawn
        self._regions = regions
        self.editor: ContactEditor | None = None
        self.model = ContactListModel(contacts, self)
        self.list = ContactList(self.model, theme, photos, self)
        self.search = SearchField(theme, self)
        self.search.setPlaceholderText(self.tr("Search contacts"))
        self.search.setAccessibleName(self.tr("Search contacts by name, organisation or number"))
        self.new_button = self._icon_button("plus", self.tr("New contact"))
        self.menu_button = self._icon_button("menu", self.tr("Import, export and more"))
        self.person = PersonPane(theme, photos, self)
        self.empty = EmptyState(theme, "people", self)
        self.banner = Banner(theme, self, is_calm=True)
        self.changing = Changing(contacts, theme, spawn, self.banner, self)
        self.importing = Importing(contacts, facts, theme, spawn, regions, self)
        self._lay_out()
        self._wire(facts)
        self.look()

    def come_forward(self, contact_id: ContactId | None = None) -> None:
        """Be seen, perhaps with somebody chosen."""
        self.show()
        self.raise_()
        self.activateWindow()
        if contact_id is None:
            self.search.setFocus()
            return
        self.search.clear()
        self.list.choose([contact_id])
        self.list.setFocus()

    def look(self) -> None:
        """Read anew what is shown."""
        chosen = self.list.chosen()
        self.model.look()
        self.list.choose(chosen)
        self._show_chosen()

    def edit(self, contact_id: ContactId | None, number: Address | None = None) -> ContactEditor:
        """Open the editor for somebody, or for somebody new."""
        contact = self._contacts.contact(contact_id) if contact_id is not None else None
        self.editor = ContactEditor(
            self._contacts, self._theme, self._spawn, self._regions(), contact, number, self
        )
        self.editor.saved.connect(self._go_to)
        self.editor.open()
        return self.editor

    def menu(self) -> QMenu:
        """What can be done with the whole book."""
        menu = QMenu(self)
        self.importing.offer(menu)
        menu.addSeparator()
        self.changing.offer(menu)
        return menu

    # What happens.

    def _on_typed(self, text: str) -> None:
        self.model.look(text)
        ids = [self.model.contact_id(0)] if text.strip() and self.model.rowCount() else []
        self.list.choose(ids)

    def _take(self) -> None:
        if self.list.chosen():
            self.list.setFocus()

    def _show_chosen(self) -> None:
        chosen = self.list.chosen()
        contact = self._contacts.contact(chosen[0]) if len(chosen) == 1 else None
        if contact is not None:
            self.person.show_contact(contact)
        elif len(chosen) > 1:
            self.person.show_several(len(chosen))
        self._pages.setCurrentIndex(1 if contact is not None or len(chosen) > 1 else 0)
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        count = self.model.rowCount()
        if count or self.model.typed:
            heading = people(count) if not self.model.typed else self.tr("Nobody chosen")
            self.empty.say(heading, self.tr("Choose somebody to see their numbers."))
        else:
            self.empty.say(
                self.tr("Nobody here yet"),
                self.tr(
                    "Import a vCard or CSV file from your telephone or another program, or add"
                    " people one by one. They stay on this computer, encrypted."
                ),
                self.tr("Import from a file…"),
            )

    def _go_to(self, contact_id: int) -> None:
        self.look()
        if self.model.row_of(ContactId(contact_id)) is None:
            self.search.clear()
        self.list.choose([ContactId(contact_id)])
        self.list.setFocus()

    def _edit_chosen(self) -> None:
        chosen = self.list.chosen()
        if len(chosen) == 1:
            self.edit(chosen[0])

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        corner = QPoint(
            self.menu_button.width() - menu.sizeHint().width(), self.menu_button.height()
        )
        menu.popup(self.menu_button.mapToGlobal(corner))

    # How the parts hang together.

    def _wire(self, facts: Facts) -> None:
        self.search.textChanged.connect(self._on_typed)
        self.search.stepped.connect(self.list.step)
        self.search.taken.connect(self._take)
        self.list.chosen_changed.connect(self._show_chosen)
        self.list.deletion_asked.connect(lambda: self.changing.delete(self.list.chosen()))
        self.list.activated.connect(self._edit_chosen)
        self.new_button.clicked.connect(lambda: self.edit(None))
        self.menu_button.clicked.connect(self._open_menu)
        self.person.edit_asked.connect(self._edit_chosen)
        self.person.merge_asked.connect(lambda: self.changing.merge(self.list.chosen()))
        self.person.delete_asked.connect(lambda: self.changing.delete(self.list.chosen()))
        self.person.message_asked.connect(self.message_asked)
        self.empty.chosen.connect(self.importing.choose_file)
        self.changing.merged.connect(self._go_to)
        self.importing.finished.connect(self.changing.offer_undo)
        self.importing.said.connect(self.banner.say)
        facts.bridge.contacts_changed.connect(self.look)
        for keys, act in (
            (QKeySequence(Qt.Key.Key_Escape), self._leave),
            (QKeySequence(QKeySequence.StandardKey.Find), self.search.setFocus),
            (QKeySequence(QKeySequence.StandardKey.New), lambda: self.edit(None)),
            (QKeySequence(QKeySequence.StandardKey.Undo), self.changing.undo_newest),
        ):
            QShortcut(keys, self, act)

    def _leave(self) -> None:
        """Escape ends a search first."""
        if self.search.text():
            self.search.clear()
        else:
            self.close()

    def _icon_button(self, drawing: str, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("kind", "icon")
        button.setAccessibleName(name)
        button.setToolTip(name)
        dress(button, self._theme, drawing)
        return button

    def _lay_out(self) -> None:
        px = self._theme.px
        top = QHBoxLayout()
        top.setContentsMargins(px(12), px(12), px(8), px(8))
        top.setSpacing(px(4))
        top.addWidget(self.search, 1)
        top.addWidget(self.new_button)
        top.addWidget(self.menu_button)
        left = QFrame(self)
        left.setProperty("role", "panel")
        left.setMinimumWidth(px(210))
        left.setMaximumWidth(px(320))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        area = QScrollArea(self)
        area.setWidget(self.person)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(area)
        line = QFrame(self)
        line.setProperty("role", "line")
        line.setFixedWidth(1)
        both = QHBoxLayout()
        both.setSpacing(0)
        for part, stretch in ((left, 2), (line, 0), (self._pages, 3)):
            both.addWidget(part, stretch)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(both, 1)
        outer.addWidget(self.banner)
        self.resize(px(860), px(600))
        self.setMinimumSize(px(480), px(380))
        bound(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was said has been read."""
        self.banner.hide()
        super().closeEvent(event)

"""Who is at the other end, which own number writes, and what can be done with the conversation."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import is_short_code
from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.avatar import Avatar
from sms_desktop.ui.widgets.elided import ElidedLabel
from sms_desktop.ui.widgets.sender_pill import SenderPill

_SHORT_PILL_BELOW_PX = 640


class ConversationHeader(QFrame):
    """Avatar, name, number, sender pill and menu; the window fills the menu with its actions."""

    sender_chosen = Signal(OwnNumber)
    back_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setObjectName("conversationHeader")
        self._theme = theme
        self._actions: tuple[QAction, ...] = ()
        self.back_button = self._icon_button("back", "Back to the list")
        self.back_button.clicked.connect(self.back_pressed)
        self.back_button.hide()
        self.avatar = Avatar(theme, self)
        self.name_label = ElidedLabel(self, "heading")
        self.number_label = ElidedLabel(self, "muted")
        self.pill = SenderPill(theme, self)
        self.pill.sender_chosen.connect(self.sender_chosen)
        self.menu_button = self._icon_button("menu", "More")
        self.menu_button.clicked.connect(self.open_menu)
        self._lay_out()

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """What the ⋮ button offers."""
        self._actions = tuple(actions)

    def show_conversation(self, row: ConversationRow, own: Sequence[OwnNumber]) -> None:
        """Introduce a conversation; ``own`` are all numbers of its account."""
        shown = shown_number(row.remote)
        kind = "short code" if is_short_code(row.remote) else ""
        self.name_label.set_full_text(row.remote_name or shown)
        under = " · ".join(p for p in (shown if row.remote_name else "", kind) if p)
        self.number_label.set_full_text(under)
        self.number_label.setVisible(bool(under))
        self.avatar.show_person(row.remote, row.remote_name)
        present = next((n for n in own if n.number == row.local), None)
        self.pill.setVisible(present is not None)
        if present is not None:
            self.pill.show_numbers(present, own)

    def open_menu(self) -> None:
        """Show the actions under the button."""
        menu = QMenu(self)
        menu.addActions(list(self._actions))
        menu.aboutToHide.connect(menu.deleteLater)
        size = menu.sizeHint()
        corner = QPoint(self.menu_button.width() - size.width(), self.menu_button.height() + 2)
        menu.popup(self.menu_button.mapToGlobal(corner))

    def _icon_button(self, drawing: str, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("kind", "icon")
        button.setAccessibleName(name)
        button.setToolTip(name)
        dress(button, self._theme, drawing)
        return button

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addStretch(1)
        names.addWidget(self.name_label)
        names.addWidget(self.number_label)
        names.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(self.back_button)
        row.addWidget(self.avatar)
        row.addLayout(names, 1)
        row.addWidget(self.pill)
        row.addWidget(self.menu_button)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it may get."""
        return QSize(260, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the contents to the new size."""
        super().resizeEvent(event)
        self.pill.set_short(self.width() < self._theme.px(_SHORT_PILL_BELOW_PX))

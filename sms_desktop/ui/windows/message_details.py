"""The sheet that tells everything that is known of one message."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.ui.models.message_details import Detail, details_text
from sms_desktop.ui.theme.theme import Theme

_WIDE_PX = 460
_MOST_OF_SCREEN = 0.8


class MessageDetailsSheet(QDialog):
    """Shows the lines, each of which can be chosen and copied. Show it with ``open()``."""

    def __init__(
        self, details: Sequence[Detail], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Message details"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._details = list(details)
        self._px = theme.px
        inside = QWidget(self)
        self._fill(inside)
        area = QScrollArea(self)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.copy_button = QPushButton(self.tr("Copy all"), self)
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self._copy)
        self.close_button = QPushButton(self.tr("Close"), self)
        self.close_button.setProperty("kind", "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(22), 0, theme.px(22), 0)
        foot.addWidget(self.copy_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(14), 0, theme.px(16))
        column.setSpacing(theme.px(10))
        column.addWidget(area, 1)
        column.addLayout(foot)
        self._fit(inside, foot.sizeHint().height())
        self.close_button.setFocus()

    def _fill(self, inside: QWidget) -> None:
        grid = QGridLayout(inside)
        grid.setContentsMargins(self._px(22), self._px(4), self._px(22), self._px(4))
        grid.setHorizontalSpacing(self._px(18))
        grid.setVerticalSpacing(self._px(7))
        grid.setColumnStretch(1, 1)
        for row, detail in enumerate(self._details):
            name, value = QLabel(detail.name, inside), QLabel(detail.value, inside)
            name.setProperty("role", "muted")
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setWordWrap(True)
            value.setAccessibleName(f"{detail.name}: {detail.value}")
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(name, row, 0, top)
            grid.addWidget(value, row, 1, top)

    def _fit(self, inside: QWidget, foot: int) -> None:
        """As high as its lines, as far as the screen has room."""
        room = self.screen().availableGeometry().size() * _MOST_OF_SCREEN
        width = min(self._px(_WIDE_PX), room.width())
        layout = inside.layout()
        assert layout is not None  # noqa: S101 - _fill made it
        wanted = max(layout.heightForWidth(width), inside.sizeHint().height())
        self.resize(width, min(room.height(), wanted + foot + self._px(48)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(details_text(self._details))

"""A face that is being edited: a picture that nobody has kept yet, else initials."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from sms_desktop.domain.address import Address
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.avatar import paint_avatar, paint_photo

_SIZE = 64


class Face(QWidget):
    """Says nothing to screen readers: the buttons beside it do."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name, self._address = "", Address("")
        self._photo: QPixmap | None = None
        self.setFixedSize(theme.px(_SIZE), theme.px(_SIZE))

    @property
    def has_photo(self) -> bool:
        """Whether a picture is shown."""
        return self._photo is not None

    def show_face(self, name: str, address: Address, photo: QPixmap | None) -> None:
        """Show a picture, or the initials of a name."""
        self._name, self._address, self._photo = name, address, photo
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The circle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self._photo is not None:
            paint_photo(painter, box, self._photo)
        else:
            font = self._theme.font(_SIZE * 0.27, 600)
            paint_avatar(painter, box, self._name, self._address, self._theme, font)
        painter.end()

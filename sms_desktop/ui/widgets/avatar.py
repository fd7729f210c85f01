"""Round pictures of people: a photo, else initials on a colour that follows from the number."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QPainter, QPaintEvent, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import ContactId
from sms_desktop.ui.models.numbers import initials
from sms_desktop.ui.theme.palette import avatar_colour
from sms_desktop.ui.theme.theme import Theme

if TYPE_CHECKING:
    # Pictures come after the first paint.
    from sms_desktop.ui.photos import Photos, Whose

_ROOMY = 3


def paint_avatar(
    painter: QPainter, box: QRectF, name: str, address: Address, theme: Theme, font: QFont
) -> None:
    """Paint an avatar into a square."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(avatar_colour(address)))
    painter.drawEllipse(box)
    painter.setPen(Qt.GlobalColor.white)
    letters = initials(name, address)
    painter.setFont(fitting(font, letters))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letters)


def paint_photo(painter: QPainter, box: QRectF, photo: QPixmap) -> None:
    """Paint a picture into the circle of a square."""
    brush = QBrush(photo)
    fit = QTransform.fromTranslate(box.left(), box.top())
    fit.scale(box.width() / photo.width(), box.height() / photo.height())
    brush.setTransform(fit)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawEllipse(box)
    painter.restore()


def fitting(font: QFont, letters: str) -> QFont:
    """The font, smaller where the letters are many (calling codes have up to four)."""
    if len(letters) <= _ROOMY:
        return font
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * _ROOMY / len(letters))
    return smaller


class Avatar(QWidget):
    """An avatar as a widget; ``size`` in design pixels. Says nothing to screen readers: the name does."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, size: int = 38) -> None:
        super().__init__(parent)
        self._theme = theme
        self._size = size
        self._name = ""
        self._address = Address("")
        self._photos: Photos | None = None
        self._whose: Whose | None = None
        self._resize()
        theme.changed.connect(self._resize)

    def use_photos(self, photos: "Photos") -> None:
        """Paint photos from now on, where there are some."""
        self._photos = photos
        photos.changed.connect(self.update)
        self.update()

    def show_person(self, address: Address, name: str, contact: ContactId | None = None) -> None:
        """Whose avatar it is; ``name`` is empty for an unnamed number.

        ``contact``: whose photo it is, where that is not whoever has the number.
        """
        self._name, self._address = name, address
        self._whose = address if contact is None else contact
        self.update()

    def _resize(self) -> None:
        edge = self._theme.px(self._size)
        self.setFixedSize(edge, edge)
        self.update()

    def sizeHint(self) -> QSize:
        """The square."""
        return QSize(self._theme.px(self._size), self._theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The circle and the letters."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        photo = self._photos.of(self._whose) if self._photos and self._whose else None
        if photo is not None:
            paint_photo(painter, QRectF(self.rect()), photo)
            painter.end()
            return
        font = self._theme.font(self._size * 0.27, 600)
        paint_avatar(painter, QRectF(self.rect()), self._name, self._address, self._theme, font)
        painter.end()

"""Paints one line of the address book: picture, name, number."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from sms_desktop.domain.contact import ContactRow
from sms_desktop.ui.models.contact_list import ContactRole
from sms_desktop.ui.models.contact_words import number_line
from sms_desktop.ui.models.texts import one_line
from sms_desktop.ui.photos import Photos
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.avatar import paint_avatar, paint_photo

_Index = QModelIndex | QPersistentModelIndex


class ContactDelegate(QStyledItemDelegate):
    """Rows of one height."""

    def __init__(self, theme: Theme, photos: Photos, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._photos = photos

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as the others."""
        del index
        return QSize(option.rect.width(), self._theme.px(52))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Ground, picture, two lines."""
        row: ContactRow | None = index.data(ContactRole.ROW)
        if row is None:
            return
        theme, px = self._theme, self._theme.px
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option)
        box = QRectF(option.rect.left() + px(14), option.rect.top() + px(8), px(36), px(36))
        photo = self._photos.of(row.contact_id) if row.has_photo else None
        if photo is not None:
            paint_photo(painter, box, photo)
        else:
            paint_avatar(painter, box, row.name, row.number, theme, theme.font(9.75, 600))
        left = box.right() + px(11)
        room = option.rect.right() - px(14) - left
        middle = option.rect.top() + option.rect.height() / 2
        lines = ((row.name, theme.font(10, 600), "text", -19), (_under(row), theme.font(9), "", 1))
        for text, font, role, above in lines:
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            painter.setPen(theme.colour(role or "text_muted"))
            shown = metrics.elidedText(one_line(text), Qt.TextElideMode.ElideRight, max(0, room))
            line = QRectF(left, middle + px(above), room, px(18))
            painter.setClipRect(line)
            painter.drawText(
                line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown
            )
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme, px, state = self._theme, self._theme.px, option.state
        box = QRectF(option.rect).adjusted(px(6), 0, -px(6), 0)
        role = ""
        if state & QStyle.StateFlag.State_Selected:
            role = "selection"
        elif state & QStyle.StateFlag.State_MouseOver:
            role = "hover"
        if role:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(role))
            painter.drawRoundedRect(box, px(10), px(10))
        keys = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
        if (state & keys) == keys:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("accent_text"))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(9), px(9))


def _under(row: ContactRow) -> str:
    return " · ".join(part for part in (row.organisation, number_line(row)) if part)

"""Our larger drawings, which are made in the light palette's colours and follow the theme."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sms_desktop.resources import resource
from sms_desktop.ui.theme.palette import LIGHT
from sms_desktop.ui.theme.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

# Roles that a drawing may use; each has a colour of its own in the light palette.
_ROLES: Final = (
    "window",
    "rail",
    "border",
    "border_strong",
    "text",
    "text_muted",
    "accent_text",
    "accent_soft",
)


class Drawing(QWidget):
    """``resources/drawings/<name>.svg`` as wide as there is room, up to its own size."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._follow)

    def show_drawing(self, name: str) -> None:
        """Show another one."""
        self._name = name
        self._follow()

    def _follow(self) -> None:
        self.updateGeometry()
        self.update()

    def _own_size(self) -> QSize:
        size = self._renderer(themed=False).defaultSize()
        return QSize(self._theme.px(size.width()), self._theme.px(size.height()))

    def _renderer(self, *, themed: bool = True) -> "QSvgRenderer":
        from PySide6.QtSvg import QSvgRenderer

        source = resource(f"drawings/{self._name}.svg").read_text(encoding="utf-8")
        if themed:
            for role in _ROLES:
                # By way of a mark: a new colour may be another role's old one.
                source = source.replace(getattr(LIGHT, role), f"@{role}@")
            for role in _ROLES:
                source = source.replace(f"@{role}@", self._theme.colour(role).name())
            family = self._theme.font().family()
            source = source.replace('font-family="Inter"', f'font-family="{family}"')
        return QSvgRenderer(QByteArray(source.encode()))

    def sizeHint(self) -> QSize:
        """Its own size."""
        return self._own_size()

    def minimumSizeHint(self) -> QSize:
        """Half of it."""
        return self._own_size() / 2

    def hasHeightForWidth(self) -> bool:
        """It keeps its proportions."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that goes with a width."""
        own = self._own_size()
        return round(min(width, own.width()) * own.height() / own.width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The drawing, in the upper left corner."""
        own = self._own_size()
        width = min(self.width(), own.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        where = QRectF(0, 0, width, width * own.height() / own.width())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            where.moveRight(self.width())
        self._renderer().render(painter, where)

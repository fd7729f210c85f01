"""A label of one line that ends in … where the room ends, and says all of it when asked."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """Never wider than it is given, never the reason why a window cannot be made narrower."""

    def __init__(self, parent: QWidget | None = None, role: str = "") -> None:
        super().__init__(parent)
        self._full = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)

    @property
    def full_text(self) -> str:
        """What the label would show with room enough."""
        return self._full

    def set_full_text(self, text: str) -> None:
        """Show this, as far as it fits."""
        self._full = " ".join(text.split())
        self.setAccessibleName(self._full)
        self.updateGeometry()
        self._elide()

    def _elide(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self._full, mode, max(0, self.contentsRect().width()))
        self.setText(shown)
        self.setToolTip("" if shown == self._full else self._full)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it may get."""
        return QSize(0, self.fontMetrics().height())

    def sizeHint(self) -> QSize:
        """Wide enough for the whole text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._full) + 2, metrics.height() + 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the contents to the new size."""
        super().resizeEvent(event)
        self._elide()

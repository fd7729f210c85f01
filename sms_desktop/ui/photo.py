"""Pictures of people: hostile until proven small and sound, kept as a little square JPEG."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from sms_desktop.domain.contact_card import LARGEST_PHOTO

EDGE: Final = 192
_QUALITY: Final = 85
_MOST_PIXELS: Final = 40_000_000
_MOST_MB: Final = 192
# By their first bytes: what a file calls itself does not choose the decoder, and there is none for
# SVG, which is a program of a kind.
_KINDS: Final = (
    (b"\xff\xd8\xff", b"jpeg"),
    (b"\x89PNG\r\n\x1a\n", b"png"),
    (b"GIF8", b"gif"),
    (b"RIFF", b"webp"),
)


def small_photo(data: bytes) -> bytes | None:
    """A square JPEG of ``EDGE`` pixels; ``None`` for what is no picture, or one too large to be one.

    May be called on any thread.
    """
    image = _decoded(data)
    if image is None:
        return None
    square = QImage(EDGE, EDGE, QImage.Format.Format_RGB32)
    square.fill(Qt.GlobalColor.white)
    painter = QPainter(square)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    side = min(image.width(), image.height())
    middle = QRect((image.width() - side) // 2, (image.height() - side) // 2, side, side)
    painter.drawImage(QRect(0, 0, EDGE, EDGE), image, middle)
    painter.end()
    out = QByteArray()
    buffer = QBuffer(out)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not square.save(buffer, "jpeg", _QUALITY):  # type: ignore[call-overload]
        return None
    return bytes(out.data())


def kept_photo(data: bytes) -> QImage | None:
    """A picture as it was kept, decoded as carefully as one from outside."""
    return _decoded(data)


def _decoded(data: bytes) -> QImage | None:
    """About twice as large as needed at most: the decoder of JPEG skips what nobody will see."""
    kind = next((kind for mark, kind in _KINDS if data.startswith(mark)), None)
    if kind is None or len(data) > LARGEST_PHOTO:
        return None
    raw = QByteArray(data)
    buffer = QBuffer(raw)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind))
    reader.setAllocationLimit(_MOST_MB)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isEmpty() or size.width() * size.height() > _MOST_PIXELS:
        return None
    least = min(size.width(), size.height())
    if least > 2 * EDGE:
        factor = 2 * EDGE / least
        scaled = QSize(max(1, round(size.width() * factor)), max(1, round(size.height() * factor)))
        reader.setScaledSize(scaled)
    image = reader.read()
    return None if image.isNull() else image

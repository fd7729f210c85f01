"""Pictures of people: any picture becomes a small one, and nothing else does any harm."""

import struct
import zlib

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage

from sms_desktop.ui.photo import EDGE, kept_photo, small_photo


def picture(width: int, height: int, kind: str, colour: str = "#336699") -> bytes:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour))
    out = QByteArray()
    buffer = QBuffer(out)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(out.data())


@pytest.mark.parametrize("kind", ["jpeg", "png"])
@pytest.mark.parametrize("size", [(1, 1), (40, 900), (3000, 2000), (192, 192)])
def test_a_picture_becomes_a_small_square(kind, size):
    small = small_photo(picture(*size, kind))
    assert small is not None
    assert len(small) < 20_000
    image = kept_photo(small)
    assert (image.width(), image.height()) == (EDGE, EDGE)
    middle = image.pixelColor(EDGE // 2, EDGE // 2)
    assert abs(middle.red() - 0x33) < 8
    assert abs(middle.blue() - 0x99) < 8


def png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\nnonsense",
        b"GIF89a",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        b"RIFF....WEBP",
        png_that_claims(60_000, 60_000),
        png_that_claims(2**31 - 1, 1),
        b"\xff\xd8\xff" + b"\0" * (9 * 1024 * 1024),
    ],
    ids=range(9),
)
@pytest.mark.filterwarnings("ignore")
def test_what_is_no_picture_is_none(data, qtlog):
    with qtlog.disabled():
        assert small_photo(data) is None

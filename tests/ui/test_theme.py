from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QImage
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from sms_desktop.resources import resource
from sms_desktop.ui.theme.icons import dress, icon
from sms_desktop.ui.theme.palette import DARK, DARK_HIGH_CONTRAST, LIGHT, LIGHT_HIGH_CONTRAST
from sms_desktop.ui.theme.theme import Theme


@pytest.fixture
def dressed(theme: Theme, qapp: QApplication) -> Iterator[Theme]:
    theme.apply(qapp)
    yield theme
    theme.set_mode("system")
    qapp.setStyleSheet("")


def test_the_bundled_font_is_used(dressed: Theme) -> None:
    assert QFontInfo(dressed.font()).family() == "Inter"


def test_dark_light_and_back_to_the_system(dressed: Theme, qapp: QApplication) -> None:
    told: list[bool] = []
    dressed.changed.connect(lambda: told.append(dressed.palette.is_dark))
    dressed.set_mode("dark")
    assert dressed.palette is DARK
    assert qapp.palette().window().color() == QColor(DARK.window)
    assert DARK.accent in qapp.styleSheet()
    dressed.set_mode("light")
    assert dressed.palette is LIGHT
    assert told == [True, False]


def test_the_systems_wish_for_contrast_is_followed_live(dressed: Theme, qapp: QApplication) -> None:
    hints = qapp.styleHints()
    if not hasattr(hints, "accessibility"):
        pytest.skip("this Qt does not tell")
    wishes = hints.accessibility()
    dressed.set_mode("light")
    wishes.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert dressed.palette is LIGHT_HIGH_CONTRAST
    assert LIGHT_HIGH_CONTRAST.border in qapp.styleSheet()
    dressed.set_mode("dark")
    assert dressed.palette is DARK_HIGH_CONTRAST
    wishes.contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
    assert dressed.palette is DARK


def test_text_size_scales_fonts_and_lengths_within_limits(dressed: Theme) -> None:
    small, gap = dressed.font(10).pointSizeF(), dressed.px(10)
    dressed.set_text_percent(200)
    assert dressed.font(10).pointSizeF() == pytest.approx(2 * small)
    assert dressed.px(10) == 2 * gap
    dressed.set_text_percent(900)
    assert dressed.text_percent == 200
    dressed.set_text_percent(10)
    assert dressed.text_percent == 85


def inked(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_an_icon_follows_the_theme(dressed: Theme, qtbot: QtBot) -> None:
    dressed.set_mode("light")
    button = QPushButton()
    qtbot.addWidget(button)
    dress(button, dressed, "plus", "text", 24)
    assert LIGHT.text in inked(button.icon().pixmap(24, 24).toImage())
    dressed.set_mode("dark")
    assert DARK.text in inked(button.icon().pixmap(24, 24).toImage())


def test_a_button_that_is_gone_is_not_dressed_again(dressed: Theme) -> None:
    button = QPushButton()
    dress(button, dressed, "plus")
    button.deleteLater()
    del button
    QApplication.processEvents()
    dressed.set_mode("dark")
    assert dressed.palette is DARK


@pytest.mark.parametrize(
    "path", sorted(resource("icons").glob("*.svg")), ids=lambda path: path.stem
)
def test_every_icon_draws_something(dressed: Theme, path: Path) -> None:
    image = icon(dressed, path.stem, "text", 24).pixmap(24, 24).toImage()
    assert any(image.pixelColor(x, y).alpha() > 128 for x in range(24) for y in range(24))


def test_one_that_was_let_go_follows_the_system_no_longer(qapp: QApplication) -> None:
    hints = qapp.styleHints()
    if not hasattr(hints, "accessibility"):
        pytest.skip("this Qt does not tell")
    theme = Theme()
    theme.set_mode("light")
    theme.let_go()
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert theme.palette is LIGHT

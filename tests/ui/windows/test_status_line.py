import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sms_desktop.domain.health import Check, CheckState, Health, Level
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.status_line import StatusLine


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> StatusLine:
    line = StatusLine(theme)
    qtbot.addWidget(line)
    line.resize(900, 30)
    line.show()
    return line


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.LIVE])
def test_only_live_is_called_live(line: StatusLine, level: Level) -> None:
    line.show_health(Health(level, "why"))
    assert "live" not in line.level_label.text().lower()
    assert "connected" not in line.accessibleName().lower()
    assert line.dot.colour not in ("live", "success")


def test_live_shows_the_sentence(line: StatusLine) -> None:
    sentence = "webhook through loopback · last inbound 14:32:07 · 3 of 3 numbers subscribed"
    line.show_health(Health(Level.LIVE, sentence))
    assert line.level_label.text() == "Live"
    assert line.sentence_label.full_text == sentence
    assert line.dot.colour == "live"


@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        ("0 waiting · 0 being checked", ""),
        ("0 waiting · 1 being checked", "1 being checked"),
        ("12 waiting · 0 being checked", "12 waiting"),
    ],
)
def test_what_is_on_its_way_stands_at_the_right(line: StatusLine, detail: str, shown: str) -> None:
    check = Check("sending", "Sending", CheckState.OK, detail)
    line.show_health(Health(Level.LIVE, "", (check,)))
    assert line.sending_label.text() == shown


def test_what_is_on_its_way_has_its_room_in_the_same_frame(qtbot: QtBot, line: StatusLine) -> None:
    qtbot.waitExposed(line)
    check = Check("sending", "Sending", CheckState.OK, "1 waiting · 0 being checked")
    line.show_health(Health(Level.LIVE, "webhook through loopback", (check,)))
    assert line.sending_label.width() >= line.sending_label.sizeHint().width()


def test_mouse_and_keys_open_the_details(qtbot: QtBot, line: StatusLine) -> None:
    with qtbot.waitSignal(line.clicked):
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(line.clicked):
        qtbot.keyClick(line, Qt.Key.Key_Return)

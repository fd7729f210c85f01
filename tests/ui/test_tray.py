"""The tray's icon: unread messages, and a mark that cannot be overlooked while the program is deaf."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from sms_desktop.domain.health import Health, Level
from sms_desktop.sync import events
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.tray import Tray

LIVE = Health(Level.LIVE, "webhook")


@pytest.fixture
def bridge(qapp: QApplication) -> Bridge:
    made = Bridge()
    made.open()
    return made


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp)
    yield theme
    theme.let_go()


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    return QObject(qapp)


def _image(tray: Tray) -> QImage:
    return tray.icon.icon().pixmap(64, 64).toImage()


def test_each_state_has_a_look_and_words_of_its_own(
    theme: Theme, bridge: Bridge, owner: QObject
) -> None:
    tray = Tray(theme, bridge, LIVE, owner)
    looks = [_image(tray)]
    assert tray.icon.toolTip() == "SMS Desktop"
    tray.show_unread(3)
    looks.append(_image(tray))
    assert "3 unread" in tray.icon.toolTip()
    bridge.publish(events.HealthChanged(Health(Level.DEAF, "The tunnel is down.")))
    looks.append(_image(tray))
    assert "Not receiving. The tunnel is down." in tray.icon.toolTip()
    bridge.publish(events.HealthChanged(Health(Level.SLOW, "Polling.")))
    looks.append(_image(tray))
    assert all(a != b for at, a in enumerate(looks) for b in looks[at + 1 :])
    bridge.publish(events.HealthChanged(LIVE))
    tray.show_unread(0)
    assert _image(tray) == looks[0]


def test_without_a_tray_there_is_no_icon(
    theme: Theme, bridge: Bridge, owner: QObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    assert not Tray(theme, bridge, LIVE, owner).icon.isVisible()

"""The system says that the computer is about to sleep, on a bus of the test's own."""

import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from sms_desktop.ui.sleep_watch import SleepWatch

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="systemd's words"),
    pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="not installed: dbus-daemon"),
]


@pytest.fixture
def address() -> Iterator[str]:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


def test_it_is_heard_before_the_computer_sleeps(qtbot: QtBot, address: str) -> None:
    from jeepney import DBusAddress, message_bus, new_signal
    from jeepney.io.blocking import open_dbus_connection
    from PySide6.QtDBus import QDBusConnection

    owner, heard = QObject(), []
    watch = SleepWatch(lambda: heard.append("sleep"), owner)
    manager = DBusAddress("/org/freedesktop/login1", interface="org.freedesktop.login1.Manager")
    with open_dbus_connection(address) as logind:
        logind.send_and_get_reply(message_bus.RequestName("org.freedesktop.login1"))
        bus = QDBusConnection.connectToBus(address, "of the test")
        assert bus.isConnected()
        assert watch.listen(bus)
        for begins in (False, True):
            logind.send(new_signal(manager, "PrepareForSleep", "b", (begins,)))
        qtbot.waitUntil(lambda: bool(heard))
    QDBusConnection.disconnectFromBus("of the test")
    assert heard == ["sleep"]

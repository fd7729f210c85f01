"""Qt calls must not use up references to ``None``: some versions of PySide6 do, and then abort."""

import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

CALLS = 2000


class Listener(QObject):
    """Answers Qt from Python, the way every window of the program does."""

    def event(self, event: QEvent) -> bool:
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return False

    def customEvent(self, event: QEvent) -> None:
        return None


@pytest.mark.skipif(
    sys.version_info >= (3, 12),
    reason="None, True and False are immortal since Python 3.12 (PEP 683): their counts mean nothing",
)
def test_references_to_none_and_booleans_stay_stable_over_qt_calls(qapp: QApplication) -> None:
    listener, watched = Listener(), QObject()
    watched.installEventFilter(listener)
    kind = QEvent.Type(QEvent.registerEventType())
    constants = (None, True, False)
    before = [sys.getrefcount(constant) for constant in constants]
    for _ in range(CALLS):
        QCoreApplication.sendEvent(listener, QEvent(kind))
        QCoreApplication.sendEvent(watched, QEvent(kind))
        watched.setProperty("anything", None)
        watched.property("nothing")
        watched.setObjectName("name")
    lost = [
        old - sys.getrefcount(constant) for old, constant in zip(before, constants, strict=True)
    ]
    assert max(lost) < CALLS / 10, f"references lost to None, True and False: {lost}"

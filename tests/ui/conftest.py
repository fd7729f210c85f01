"""What the tests of single widgets and models share."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.theme import Theme
from tests.helpers.reader import MemoryReader


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme()
    yield theme
    theme.let_go()


@pytest.fixture
def at() -> Callable[..., int]:
    """Milliseconds of a local time on a day of November 2026; today is Monday 23rd, 14:34."""
    return lambda day, hour, minute=0, second=0: int(
        time.mktime(datetime(2026, 11, day, hour, minute, second).timetuple()) * 1000  # noqa: DTZ001
    )


@pytest.fixture
def moments(at: Callable[..., int]) -> Moments:
    return Moments(lambda: at(23, 14, 34), QLocale("en_GB"))


@pytest.fixture
def reader() -> MemoryReader:
    return MemoryReader()


def pytest_itemcollected(item: pytest.Item) -> None:
    # Only the offscreen platform says this, about every window that is raised or has a least size.
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))

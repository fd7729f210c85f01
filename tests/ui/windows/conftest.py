"""Windows over a shelf and a notebook, dressed as in the program."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.theme.theme import Theme
from tests.helpers.window_parts import Notebook, Shelf


def pytest_itemcollected(item: pytest.Item) -> None:
    # Only the offscreen platform says this, about every window that is raised or has a least size.
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme()
    theme.apply(qapp)
    yield theme
    theme.let_go()


@pytest.fixture
def bridge(qapp: QApplication) -> Bridge:
    bridge = Bridge()
    bridge.open()
    return bridge


@pytest.fixture
def facts(bridge: Bridge) -> Facts:
    return Facts(bridge)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def notebook(shelf: Shelf, bridge: Bridge) -> Notebook:
    return Notebook(shelf, bridge)

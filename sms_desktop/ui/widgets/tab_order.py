"""The order in which Tab goes through what has been put together from several parts."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtWidgets import QWidget


def put_in_order(stops: Iterable[QWidget]) -> None:
    """One after the other, whatever the order in which they were made."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)

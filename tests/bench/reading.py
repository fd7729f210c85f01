"""``python -m tests.bench.reading``: opening, jumping and scrolling in a thread that holds half of it all.

In units of painting one full view of a short thread, measured in the same run. Counts rows laid out
and rows read as well: those tell what the machine's speed cannot hide.
"""

import argparse
import os
import random
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from sms_desktop.compose import now_ms
from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import ServerMessage
from sms_desktop.store.connection import connect
from sms_desktop.store.database import open_database
from sms_desktop.store.reading import StoreReader
from sms_desktop.ui.models.conversation_model import ConversationModel
from sms_desktop.ui.models.message_days import MessageDays, moved
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.timeline_view import TimelineView
from tests.bench.searching import KEY, fill, one_message, timed

BUSY: Final = Address("+16131230000")
_ROUNDS: Final = 300
_STEP_PX: Final = 90


def main() -> None:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reading", description=__doc__)
    parser.add_argument("--messages", type=int, nargs="*", default=[1_000, 100_000])
    application = QApplication([])
    theme = Theme()
    theme.apply(application)
    for count in parser.parse_args().messages:
        with tempfile.TemporaryDirectory(prefix="sms-desktop-bench-") as folder:
            measure(Path(folder) / "messages.db", count, theme)


def measure(path: Path, count: int, theme: Theme) -> None:
    """Fill a store, and read in its largest thread."""
    database = open_database(path, KEY)
    fill(database, count, half_of_them)
    database.close()
    reader = StoreReader(connect(path, KEY, readonly=True))
    (thread,) = [row.conversation_id for row in reader.conversations_with(BUSY)]
    view = a_view(reader, theme)
    view.open(thread)
    floor_s = middle([timed(view.viewport().repaint) for _ in range(_ROUNDS)])
    days = MessageDays(reader, thread)
    print(
        f"{count:,} messages; painting a full view takes {floor_s * 1e3:.2f} ms; in multiples of it:"
    )
    print(f"{'what':26} {'median':>8} {'p99':>8} {'p99 ms':>8} {'laid out':>9}")
    chance = random.Random(5)
    oldest, newest = days.oldest(), days.newest()
    assert oldest is not None
    assert newest is not None

    def any_day() -> date:
        return moved(oldest, chance.randrange((newest - oldest).days + 1))

    tell("open the thread", view, floor_s, lambda: show(view, thread))
    tell("a month of the calendar", view, floor_s, lambda: month(days, any_day()))
    tell("jump to a day", view, floor_s, lambda: jump(view, days, any_day()))
    view.jump_to_newest()
    tell("scroll a step up", view, floor_s, lambda: scroll(view))


def a_view(reader: StoreReader, theme: Theme) -> TimelineView:
    """A timeline as large as in a usual window."""
    moments = Moments(now_ms)
    view = TimelineView(ConversationModel(reader, moments), theme, moments)
    view.resize(820, 640)
    view.show()
    QApplication.processEvents()
    return view


def half_of_them(chance: random.Random, number: int) -> ServerMessage:
    """Every second message is with one and the same person."""
    message = one_message(chance, number)
    return replace(message, remote=BUSY) if number % 2 else message


def show(view: TimelineView, thread: ConversationId) -> None:
    """Open it anew, until it is painted; nothing is laid out before."""
    view.row_painter.forget()
    view.open(thread)
    view.viewport().repaint()


def month(days: MessageDays, day: date) -> None:
    """The six weeks that a calendar shows."""
    days.within(day.replace(day=1), moved(day.replace(day=1), 41))


def jump(view: TimelineView, days: MessageDays, day: date) -> None:
    """From the choice of a day to its first message painted on top."""
    key = days.first_key(day)
    assert key is not None
    view.go_to_day(key)
    view.viewport().repaint()


def scroll(view: TimelineView) -> None:
    """A turn of the wheel, painted."""
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() - _STEP_PX)
    view.viewport().repaint()


def tell(name: str, view: TimelineView, floor_s: float, work: Callable[[], None]) -> None:
    """One line of the table."""
    laid_out = view.row_painter.layouts_made
    took = sorted(timed(work) for _ in range(_ROUNDS))
    each = (view.row_painter.layouts_made - laid_out) / _ROUNDS
    late = took[int(len(took) * 0.99)]
    usual = middle(took)
    print(f"{name:26} {usual / floor_s:8.1f} {late / floor_s:8.1f} {late * 1e3:8.1f} {each:9.1f}")


def middle(took: list[float]) -> float:
    """The median."""
    return sorted(took)[len(took) // 2]


if __name__ == "__main__":
    main()

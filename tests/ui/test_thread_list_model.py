from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.message import Origin
from sms_desktop.domain.thread_flags import Folder, ThreadFlags
from sms_desktop.sync.events import NumbersChanged, NumberState
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.thread_list_model import PAGE, ThreadListModel, ThreadRole
from sms_desktop.ui.ports import ConversationFilter
from tests.helpers.reader import ACCOUNT, OWN, MemoryReader, changed

At = Callable[..., int]


@pytest.fixture
def pages(reader: MemoryReader, moments: Moments) -> ThreadListModel:
    """Without a tester: that one reads further pages as soon as the model is reset."""
    return ThreadListModel(reader, moments)


@pytest.fixture
def model(pages: ThreadListModel) -> Iterator[ThreadListModel]:
    model = pages
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield model
    del tester


def names(model: ThreadListModel) -> list[str]:
    return [str(model.data(model.index(i))) for i in range(model.rowCount())]


def three(reader: MemoryReader, at: At) -> list[int]:
    threads = []
    for hour, name in enumerate(("Ann", "Bea", "Cyd")):
        thread = reader.thread(f"+1514555010{hour}", name)
        reader.receive(thread, f"from {name}", at(23, 10 + hour))
        threads.append(thread)
    return threads


def moves_and_resets(model: ThreadListModel) -> list[str]:
    seen: list[str] = []
    model.rowsMoved.connect(lambda *_: seen.append("moved"))
    model.modelReset.connect(lambda: seen.append("reset"))
    model.rowsInserted.connect(lambda *_: seen.append("inserted"))
    model.rowsRemoved.connect(lambda *_: seen.append("removed"))
    return seen


def test_a_message_moves_its_conversation_to_the_top(
    reader: MemoryReader, model: ThreadListModel, at: At
) -> None:
    threads = three(reader, at)
    model.load()
    assert names(model) == ["Cyd", "Bea", "Ann"]
    seen = moves_and_resets(model)
    model.take_change(reader.receive(threads[0], "again", at(23, 14)))
    assert names(model) == ["Ann", "Cyd", "Bea"]
    assert seen == ["moved"]
    assert model.conversation(0).last_text == "again"


def test_a_deleted_last_message_moves_its_conversation_down(
    reader: MemoryReader, model: ThreadListModel, at: At
) -> None:
    threads = three(reader, at)
    newest = reader.row(threads[0], "newest", at(23, 14))
    reader.add(newest)
    model.load()
    assert names(model) == ["Ann", "Cyd", "Bea"]
    model.take_change(reader.remove(newest))
    assert names(model) == ["Cyd", "Bea", "Ann"]


def test_a_new_conversation_is_inserted_at_its_place(
    reader: MemoryReader, model: ThreadListModel, at: At
) -> None:
    three(reader, at)
    model.load()
    seen = moves_and_resets(model)
    thread = reader.thread("+12066417772")
    model.take_change(reader.receive(thread, "hi", at(23, 11, 30)))
    assert names(model) == ["Cyd", "+1 206 641 7772", "Bea", "Ann"]
    assert seen == ["inserted"]


def test_pages_are_read_on_demand_and_in_order(
    reader: MemoryReader, pages: ThreadListModel, at: At
) -> None:
    for number in range(PAGE * 2 + 7):
        reader.receive(
            reader.thread(f"+1514555{number:04}", f"n{number}"), "hi", at(1, 0) + number * 1000
        )
    pages.load()
    assert pages.rowCount() == PAGE
    tester = QAbstractItemModelTester(pages, QAbstractItemModelTester.FailureReportingMode.Fatal)
    while pages.canFetchMore(QModelIndex()):
        pages.fetchMore(QModelIndex())
    assert names(pages) == [f"n{number}" for number in reversed(range(PAGE * 2 + 7))]
    del tester


def test_a_change_far_below_the_read_pages_waits_for_its_page(
    reader: MemoryReader, pages: ThreadListModel, at: At
) -> None:
    threads = [reader.thread(f"+1514555{n:04}", f"n{n}") for n in range(PAGE + 5)]
    for n, thread in enumerate(threads):
        reader.receive(thread, "hi", at(2, 0) + n * 1000)
    pages.load()
    pages.take_change(reader.change_thread(threads[0], draft="later"))
    assert pages.rowCount() == PAGE
    pages.fetchMore(QModelIndex())
    assert names(pages)[-1] == "n0"
    assert len(set(names(pages))) == PAGE + 5


def test_a_conversation_that_becomes_older_than_the_read_pages_waits_too(
    reader: MemoryReader, pages: ThreadListModel, at: At
) -> None:
    threads = [reader.thread(f"+1514555{n:04}", f"n{n}") for n in range(PAGE + 5)]
    for n, thread in enumerate(threads):
        reader.receive(thread, "hi", at(2, 0) + n * 1000)
    newest = reader.row(threads[0], "sent by mistake", at(23, 14))
    reader.add(newest)
    pages.load()
    assert names(pages)[0] == "n0"
    pages.take_change(reader.remove(newest))
    assert "n0" not in names(pages)
    pages.fetchMore(QModelIndex())
    assert names(pages) == [f"n{n}" for n in reversed(range(PAGE + 5))]


def test_filters_by_number_and_by_unread(
    reader: MemoryReader, model: ThreadListModel, at: At
) -> None:
    threads = three(reader, at)
    other = Address("+15202241142")
    reader.receive(reader.thread("+15145550109", "Dan", local=other), "hi", at(23, 9))
    reader.look(threads[1])
    model.load(ConversationFilter(ACCOUNT, Address(OWN)))
    assert names(model) == ["Cyd", "Bea", "Ann"]
    assert model.unread() == 2
    model.load(ConversationFilter(ACCOUNT, Address(OWN), unread_only=True))
    assert names(model) == ["Cyd", "Ann"]
    model.load(ConversationFilter(ACCOUNT, other))
    assert names(model) == ["Dan"]
    model.take_change(reader.receive(threads[0], "not here", at(23, 14)))
    assert names(model) == ["Dan"]


def test_the_open_conversation_stays_among_the_unread_until_another_is_opened(
    reader: MemoryReader, model: ThreadListModel, at: At
) -> None:
    threads = three(reader, at)
    model.load(ConversationFilter(unread_only=True))
    model.keep(threads[1])
    model.take_change(reader.look(threads[1]))
    assert names(model) == ["Cyd", "Bea", "Ann"]
    model.keep(threads[0])
    assert names(model) == ["Cyd", "Ann"]


def test_every_row_is_one_sentence(reader: MemoryReader, model: ThreadListModel, at: At) -> None:
    maria = reader.thread("+16131234567", "Maria Rossi")
    reader.receive(maria, "Perfect,\nsee you", at(23, 14, 31))
    reader.receive(maria, "at 4", at(23, 14, 32))
    noah = reader.thread("+15145550102")
    reader.add(reader.row(noah, "I'll check", at(22, 9), state=State.DELIVERED))
    dev = reader.thread("72345", draft="rolling back")
    reader.add(reader.row(dev, "x", at(19, 9), state=State.ACCEPTED, origin=Origin.OTHER_DEVICE))
    reader.change_thread(dev, draft="rolling back")
    own = OwnNumber(ACCOUNT, Address(OWN), "Support", "#7c5cfc", 0, True, True)
    model.take_numbers(NumbersChanged((NumberState(own, Receiving.ACTIVE),)))
    model.load()
    role = Qt.ItemDataRole.AccessibleTextRole
    assert [model.data(model.index(i), role) for i in range(3)] == [
        "Maria Rossi. 2 unread messages. at 4. Today 14:32. On Support.",
        "+1 514 555 0102. You: I'll check. Yesterday 09:00. Delivered. On Support.",
        "72345. Draft: rolling back. On Support.",
    ]
    assert model.data(model.index(0), ThreadRole.COLOUR) == "#7c5cfc"


def test_the_sentence_of_a_row_says_what_was_made_of_it(
    reader: MemoryReader, model: ThreadListModel, at: At
) -> None:
    ann = reader.thread("+15145550100", "Ann")
    reader.receive(ann, "hi", at(23, 9))
    reader.look(ann)
    flags = ThreadFlags(is_pinned=True, is_muted=True, is_marked_unread=True)
    reader.change_thread(ann, flags=flags)
    model.load()
    role = Qt.ItemDataRole.AccessibleTextRole
    assert str(model.index(0).data(role)).startswith(
        "Ann. Pinned. Muted. Marked unread. hi. Today 09:00."
    )
    reader.change_thread(ann, flags=ThreadFlags(snoozed_until_ms=at(24, 9)))
    model.load(ConversationFilter(folder=Folder.SNOOZED))
    assert "Snoozed until Tomorrow 09:00." in str(model.index(0).data(role))
    tip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "+1 514 555 0100 · Snoozed until Tomorrow 09:00"


def test_a_pin_moves_one_row_and_resets_nothing(
    reader: MemoryReader, model: ThreadListModel, at: At
) -> None:
    threads = three(reader, at)
    model.load()
    seen = moves_and_resets(model)
    model.take_change(reader.change_thread(threads[0], flags=ThreadFlags(is_pinned=True)))
    assert names(model) == ["Ann", "Cyd", "Bea"]
    model.take_change(reader.change_thread(threads[1], flags=ThreadFlags(is_archived=True)))
    model.take_change(reader.change_thread(threads[1], flags=ThreadFlags()))
    assert names(model) == ["Ann", "Cyd", "Bea"]
    assert seen == ["moved", "removed", "inserted"]


def test_all_means_also_what_was_not_read_yet(
    reader: MemoryReader, pages: ThreadListModel, at: At
) -> None:
    for number in range(PAGE * 2 + 7):
        reader.receive(reader.thread(f"+1514555{number:04}"), "hi", at(1, 0) + number * 1000)
    pages.load()
    pages.fetch_all()
    assert pages.rowCount() == PAGE * 2 + 7


def test_a_crowd_goes_and_comes_back_in_few_steps(
    reader: MemoryReader, model: ThreadListModel, at: At
) -> None:
    threads = [reader.thread(f"+1514555{n:04}", f"n{n:02}") for n in range(40)]
    for n, thread in enumerate(threads):
        reader.receive(thread, "hi", at(2, 0) + n * 1000)
    model.load()
    before = names(model)
    seen = moves_and_resets(model)
    away = [one for one in threads if one not in (threads[3], threads[20])]
    for one in away:
        reader.change_thread(one, flags=ThreadFlags(is_archived=True))
    model.take_change(changed(*away))
    assert names(model) == ["n20", "n03"]
    assert seen == ["removed"] * 3
    for one in away:
        reader.change_thread(one, flags=ThreadFlags())
    model.take_change(changed(*away))
    assert names(model) == before
    assert "reset" not in seen


def test_a_crowd_that_is_pinned_stands_above_and_unread_pages_wait(
    reader: MemoryReader, pages: ThreadListModel, at: At
) -> None:
    threads = [reader.thread(f"+1514555{n:04}", f"n{n:03}") for n in range(PAGE + 30)]
    for n, thread in enumerate(threads):
        reader.receive(thread, "hi", at(2, 0) + n * 1000)
    pages.load()
    for one in threads[:25]:
        reader.change_thread(one, draft="later")
    pages.take_change(changed(*threads[:25]))
    assert pages.rowCount() == PAGE
    for one in threads[:25]:
        reader.change_thread(one, flags=ThreadFlags(is_pinned=True))
    pages.take_change(changed(*threads[:25]))
    assert names(pages)[:25] == [f"n{n:03}" for n in reversed(range(25))]
    pages.fetch_all()
    assert len(set(names(pages))) == PAGE + 30


def test_where_all_that_was_read_goes_the_next_page_comes(
    reader: MemoryReader, pages: ThreadListModel, at: At
) -> None:
    threads = [reader.thread(f"+1514555{n:04}", f"n{n:03}") for n in range(PAGE + 30)]
    for n, thread in enumerate(threads):
        reader.receive(thread, "hi", at(2, 0) + n * 1000)
    pages.load()
    for one in threads[30:]:
        reader.change_thread(one, flags=ThreadFlags(is_archived=True))
    pages.take_change(changed(*threads[30:]))
    assert names(pages) == [f"n{n:03}" for n in reversed(range(30))]

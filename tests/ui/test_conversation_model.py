from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from sms_desktop.domain.delivery import State
from sms_desktop.domain.message import Origin
from sms_desktop.sync.events import EchoWithdrawn, MessageEchoed
from sms_desktop.ui.models.conversation_model import ConversationModel
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.timeline_window import LARGEST, PAGE
from tests.helpers.reader import MemoryReader, changed

At = Callable[..., int]


class Resets:
    """How often a model was reset."""

    def __init__(self, model: ConversationModel) -> None:
        self.count = 0
        model.modelReset.connect(self._count)

    def _count(self) -> None:
        self.count += 1


@pytest.fixture
def model(reader: MemoryReader, moments: Moments) -> Iterator[ConversationModel]:
    model = ConversationModel(reader, moments)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield model
    del tester


def texts(model: ConversationModel) -> list[str]:
    return [model.bubble(i).row.text for i in range(model.rowCount())]


def test_opening_a_long_conversation_reads_one_page(
    reader: MemoryReader, model: ConversationModel
) -> None:
    thread = reader.thread()
    reader.fill(thread, 5_000)
    model.open(thread)
    assert model.rowCount() == PAGE
    assert reader.rows_read <= 2 * PAGE
    assert texts(model)[-1] == "message 4999"
    assert (model.at_start, model.at_end) == (False, True)


def test_the_window_grows_upwards_and_lets_go_of_the_far_end(
    reader: MemoryReader, model: ConversationModel
) -> None:
    thread = reader.thread()
    reader.fill(thread, 1_000)
    model.open(thread)
    resets = Resets(model)
    while not model.at_start:
        model.extend_up()
        assert model.rowCount() <= LARGEST
    assert texts(model)[0] == "message 0"
    assert not model.at_end
    while not model.at_end:
        model.extend_down()
        assert model.rowCount() <= LARGEST
    assert texts(model)[-1] == "message 999"
    assert resets.count == 0


def test_rows_keep_their_order_without_gaps_while_the_window_wanders(
    reader: MemoryReader, model: ConversationModel
) -> None:
    thread = reader.thread()
    reader.fill(thread, 700)
    model.open(thread)
    for step in (model.extend_up,) * 9 + (model.extend_down,) * 4:
        step()
    numbers = [int(text.split()[1]) for text in texts(model)]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_a_new_message_is_inserted_and_announced(
    reader: MemoryReader, model: ConversationModel, at: At
) -> None:
    thread = reader.thread()
    reader.fill(thread, 3)
    model.open(thread)
    resets, news = Resets(model), []
    model.arrived.connect(news.append)
    model.take_change(reader.receive(thread, "hello", at(23, 14)))
    assert texts(model)[-1] == "hello"
    assert [[row.text for row in rows] for rows in news] == [["hello"]]
    assert resets.count == 0


def test_news_below_the_window_are_announced_and_not_shown(
    reader: MemoryReader, model: ConversationModel, at: At
) -> None:
    thread = reader.thread()
    reader.fill(thread, 1_000)
    model.open(thread)
    model.show_oldest()
    before, news = texts(model), []
    model.arrived.connect(news.append)
    model.take_change(reader.receive(thread, "hello", at(23, 14)))
    assert texts(model) == before
    assert [[row.text for row in rows] for rows in news] == [["hello"]]
    model.show_newest()
    assert texts(model)[-1] == "hello"


def test_other_conversations_cost_no_query(
    reader: MemoryReader, model: ConversationModel, at: At
) -> None:
    thread, other = reader.thread(), reader.thread("+15145550100")
    reader.fill(thread, 3)
    model.open(thread)
    asked = reader.queries
    model.take_change(reader.receive(other, "elsewhere", at(23, 14)))
    assert reader.queries == asked


def test_an_echo_becomes_the_stored_row_without_a_second_bubble(
    reader: MemoryReader, model: ConversationModel, at: At
) -> None:
    thread = reader.thread()
    reader.fill(thread, 2)
    model.open(thread)
    steps: list[str] = []
    echo = reader.row(thread, "on my way", at(23, 14), state=State.QUEUED, client_id="c1", tie=0)
    model.take_echo(MessageEchoed(echo))
    assert texts(model)[-1] == "on my way"
    model.rowsInserted.connect(lambda *_: steps.append("inserted"))
    model.rowsRemoved.connect(lambda *_: steps.append("removed"))
    # The store gives another key and, later, another state.
    stored = reader.row(thread, "on my way", at(23, 14) + 1, state=State.SENDING, client_id="c1")
    model.take_change(reader.add(stored))
    assert texts(model).count("on my way") == 1
    assert model.bubble(model.rowCount() - 1).row == stored
    assert steps == []


def test_two_echoes_and_an_answer_in_between_keep_their_order(
    reader: MemoryReader, model: ConversationModel, at: At
) -> None:
    thread = reader.thread()
    model.open(thread)
    one = reader.row(thread, "one", at(23, 14), state=State.QUEUED, client_id="c1")
    two = reader.row(thread, "two", at(23, 14), state=State.QUEUED, client_id="c2")
    model.take_echo(MessageEchoed(one))
    model.take_echo(MessageEchoed(two))
    model.take_change(reader.add(one))
    model.take_change(reader.receive(thread, "answer", at(23, 14)))
    assert texts(model) == ["one", "answer", "two"]
    model.take_change(
        reader.add(reader.row(thread, "two", at(23, 14), state=State.QUEUED, client_id="c2"))
    )
    assert texts(model) == ["one", "answer", "two"]


def test_an_echo_that_comes_after_its_row_adds_nothing(
    reader: MemoryReader, model: ConversationModel, at: At
) -> None:
    thread = reader.thread()
    model.open(thread)
    row = reader.row(thread, "quick", at(23, 14), state=State.QUEUED, client_id="c1")
    model.take_change(reader.add(row))
    model.take_echo(MessageEchoed(row))
    assert texts(model) == ["quick"]


def test_a_withdrawn_echo_goes(reader: MemoryReader, model: ConversationModel, at: At) -> None:
    thread = reader.thread()
    reader.fill(thread, 1)
    model.open(thread)
    echo = reader.row(thread, "no room", at(23, 14), state=State.QUEUED, client_id="c1")
    model.take_echo(MessageEchoed(echo))
    model.take_withdrawal(EchoWithdrawn(thread, echo.client_id, "no room", "The disk is full."))
    assert texts(model) == ["message 0"]


def test_a_removed_row_goes_and_a_changed_state_is_told_once(
    reader: MemoryReader, model: ConversationModel, at: At
) -> None:
    thread = reader.thread()
    first = reader.row(thread, "first", at(23, 13), state=State.ACCEPTED, client_id="c1")
    second = reader.row(thread, "second", at(23, 14))
    reader.add(first, second)
    model.open(thread)
    told: list[int] = []
    model.dataChanged.connect(lambda one, two: told.extend(range(one.row(), two.row() + 1)))
    delivered = reader.row(
        thread, "first", at(23, 13), state=State.DELIVERED, client_id="c1", tie=first.key.tie
    )
    model.take_change(reader.add(delivered))
    assert told == [0]
    model.take_change(reader.remove(second))
    assert texts(model) == ["first"]


def test_everything_can_be_deleted(reader: MemoryReader, model: ConversationModel, at: At) -> None:
    thread = reader.thread()
    rows = [reader.row(thread, f"m{i}", at(23, 13) + i) for i in range(3)]
    reader.add(*rows)
    model.open(thread)
    for row in rows:
        reader.remove(row)
    model.take_change(changed(thread))
    assert model.rowCount() == 0
    model.take_change(reader.receive(thread, "again", at(23, 14)))
    assert texts(model) == ["again"]


def test_history_that_comes_in_above_can_be_reached(
    reader: MemoryReader, model: ConversationModel, at: At
) -> None:
    thread = reader.thread()
    reader.receive(thread, "newest", at(23, 14))
    model.open(thread)
    assert model.at_start
    model.take_change(reader.receive(thread, "from last week", at(16, 9)))
    assert not model.at_start
    model.extend_up()
    assert texts(model) == ["from last week", "newest"]


def test_separators_divider_and_groups(
    reader: MemoryReader, model: ConversationModel, at: At
) -> None:
    thread = reader.thread()
    reader.receive(thread, "yesterday", at(22, 9))
    reader.add(reader.row(thread, "sent", at(23, 9, 0, 1), state=State.DELIVERED))
    reader.add(reader.row(thread, "same minute", at(23, 9, 0, 30), state=State.DELIVERED))
    reader.look(thread)
    reader.receive(thread, "unread", at(23, 10))
    reader.receive(thread, "unread too", at(23, 10, 0, 5))
    model.open(thread)
    bubbles = [model.bubble(i) for i in range(5)]
    assert [b.starts_day for b in bubbles] == [True, True, False, False, False]
    assert [b.joins_previous for b in bubbles] == [False, False, True, False, True]
    assert [b.starts_new for b in bubbles] == [False, False, False, True, False]


def test_a_conversation_opens_where_the_unread_begin(
    reader: MemoryReader, model: ConversationModel, at: At
) -> None:
    thread = reader.thread()
    reader.fill(thread, 1_000)
    reader.look(thread, reader.stored(thread)[300].key)
    model.open(thread)
    assert model.new_from == reader.stored(thread)[301].key
    assert model.row_of(model.new_from) is not None
    assert model.rowCount() <= 2 * PAGE


def test_every_row_is_one_sentence(reader: MemoryReader, model: ConversationModel, at: At) -> None:
    thread = reader.thread(name="Maria Rossi")
    reader.receive(thread, "See you\nat 4", at(23, 14, 20))
    reader.add(
        reader.row(thread, "Fine!", at(23, 14, 21), state=State.DELIVERED),
        reader.row(thread, "Hi", at(22, 9), state=State.ACCEPTED, origin=Origin.OTHER_DEVICE),
        reader.row(
            thread, "Code", at(23, 14, 30), state=State.REFUSED, client_id="c", reason="No credit"
        ),
    )
    model.open(thread)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert [model.data(model.index(i), role) for i in range(4)] == [
        "You, from another device: Hi. Yesterday 09:00. Sent.",
        "Maria Rossi: See you at 4. Today 14:20.",
        "You: Fine! Today 14:21. Delivered.",
        "You: Code. Today 14:30. Refused: No credit.",
    ]


def test_a_view_that_asks_for_more_in_the_middle_of_news_gets_a_whole_conversation(
    reader: MemoryReader, model: ConversationModel
) -> None:
    thread = reader.thread()
    reader.fill(thread, 1_000)
    model.open(thread)
    asked = iter(range(3))
    model.rowsInserted.connect(lambda *_: model.extend_up() if next(asked, None) is not None else 0)
    newest = reader.stored(thread)[-1].at_ms
    model.take_change(reader.receive(thread, "flood", newest + 1))
    stored = [row.text for row in reader.stored(thread)]
    assert model.rowCount() > PAGE
    assert texts(model) == stored[len(stored) - model.rowCount() :]


def test_an_echo_whose_row_comes_by_scrolling_is_one_bubble(
    reader: MemoryReader, model: ConversationModel, at: At
) -> None:
    thread = reader.thread()
    reader.fill(thread, 3)
    model.open(thread)
    echo = reader.row(thread, "on my way", at(23, 14), state=State.QUEUED, client_id="c1", tie=0)
    model.take_echo(MessageEchoed(echo))
    reader.add(reader.row(thread, "on my way", at(23, 14), state=State.SENDING, client_id="c1"))
    model.extend_down()
    assert texts(model).count("on my way") == 1

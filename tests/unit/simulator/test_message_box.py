"""What the simulated Kandy stores, pages through, and loses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.address import Address
from sms_desktop.domain.message import Direction
from sms_desktop.simulator.messages import MessageBox, Status, StoredMessage
from sms_desktop.simulator.paging import PageQuery, page_query
from sms_desktop.simulator.refusals import Refusal

OWN, ANNA, BEN = Address("+16139998877"), Address("+16131234567"), Address("+12066417772")
NOW_MS = 1_568_889_113_850


def message(number: int, at_ms: int, remote: Address = ANNA, ours: bool = False) -> StoredMessage:
    direction = Direction.OUTBOUND if ours else Direction.INBOUND
    text = f"text {number}"
    return StoredMessage(f"SM{number}", direction, OWN, remote, text, at_ms, Status.NETWORK, number)


def box_of(*messages: StoredMessage, cap: int | None = None) -> MessageBox:
    box = MessageBox(lambda: NOW_MS, cap)
    for one in messages:
        box.add(one)
    return box


@given(
    times=st.lists(st.integers(NOW_MS, NOW_MS + 5), max_size=40),
    max_rows=st.integers(1, 12),
)
def test_pages_give_every_message_once_newest_first(times: list[int], max_rows: int) -> None:
    box = box_of(*(message(n, at_ms) for n, at_ms in enumerate(times)))
    found: list[StoredMessage] = []
    query = {"max": str(max_rows)}
    # One page more than there can be: a pointer that leads nowhere shall not hang the test.
    for _ in range(len(times) + 1):
        page = box.pull(ANNA, OWN, page_query(query))
        assert len(page.rows) <= max_rows
        found += page.rows
        if page.next_page is None:
            break
        query["next"] = page.next_page
    assert len(found) == len(times)
    assert found == sorted(found, key=lambda m: (m.at_ms, m.number), reverse=True)


def test_a_text_that_comes_between_two_pages_does_not_shift_the_second() -> None:
    box = box_of(*(message(n, NOW_MS + n) for n in range(4)))
    first = box.pull(ANNA, OWN, PageQuery(max_rows=2))
    box.add(message(9, NOW_MS + 9))
    assert first.next_page is not None
    second = box.pull(ANNA, OWN, page_query({"max": "2", "next": first.next_page}))
    assert [m.number for m in second.rows] == [1, 0]


def test_a_thread_says_what_it_holds_and_what_is_new() -> None:
    box = box_of(message(1, NOW_MS), message(2, NOW_MS + 5), message(3, NOW_MS + 9, ours=True))
    thread = box.thread(ANNA, OWN)
    assert (thread.length, thread.new, thread.last_text) == (3, 2, "text 3")
    assert (thread.first_at_ms, thread.last_at_ms) == (NOW_MS, NOW_MS + 9)
    assert thread.pulled_at_ms is None


def test_reading_a_page_makes_its_texts_old() -> None:
    box = box_of(*(message(n, NOW_MS + n) for n in range(3)))
    box.pull(ANNA, OWN, PageQuery(max_rows=2))
    thread = box.thread(ANNA, OWN)
    assert (thread.new, thread.pulled_at_ms) == (1, NOW_MS)
    only_new = box.pull(ANNA, OWN, page_query({"new": "true"}))
    assert [m.number for m in only_new.rows] == [0]
    assert box.threads(page_query({"new": "true"})).rows == ()


@pytest.mark.parametrize("since", [str(NOW_MS + 1000), str(NOW_MS // 1000 + 1)])
def test_last_message_time_is_taken_in_seconds_and_in_milliseconds(since: str) -> None:
    box = box_of(message(1, NOW_MS), message(2, NOW_MS + 2500), message(3, NOW_MS, remote=BEN))
    query = page_query({"lastMessageTime": since})
    assert [t.remote for t in box.threads(query).rows] == [ANNA]
    assert [m.number for m in box.pull(ANNA, OWN, query).rows] == [2]


def test_threads_come_newest_first_and_can_be_those_with_one_remote() -> None:
    box = box_of(message(1, NOW_MS), message(2, NOW_MS + 1, remote=BEN))
    assert [t.remote for t in box.threads(PageQuery()).rows] == [BEN, ANNA]
    assert [t.remote for t in box.threads(PageQuery(), ANNA).rows] == [ANNA]


def test_the_oldest_fall_out_without_a_word() -> None:
    box = box_of(*(message(n, NOW_MS + n) for n in range(12)), cap=10)
    assert len(box) == 10
    assert "SM1" not in box
    assert "SM2" in box
    box.set_cap(3)
    assert [m.number for m in box.pull(ANNA, OWN, PageQuery()).rows] == [11, 10, 9]


def test_a_thread_whose_last_message_is_gone_is_gone() -> None:
    box = box_of(message(1, NOW_MS))
    assert [m.message_id for m in box.delete(ANNA, OWN, "SM1")] == ["SM1"]
    for message_id in ("SM1", None):
        with pytest.raises(Refusal) as refused:
            box.delete(ANNA, OWN, message_id)
        assert refused.value.http_status == 404
    assert box.threads(PageQuery()).rows == ()


@pytest.mark.parametrize(
    "query", [{"max": "0"}, {"max": "x"}, {"next": "what"}, {"lastMessageTime": "soon"}]
)
def test_a_query_that_makes_no_sense_is_refused_by_name(query: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refused:
        page_query(query)
    assert refused.value.http_status == 400
    assert next(iter(query)) in str(refused.value.body)

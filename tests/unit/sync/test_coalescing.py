"""Facts that come in a flood: told together, in their order, and none is lost."""

import asyncio
import logging

import pytest

from sms_desktop.domain.changes import Changes
from sms_desktop.domain.ids import ConversationId
from sms_desktop.sync.events import BecameReady, Event, TimelineChanged
from sms_desktop.sync.running.coalescing import Coalescing
from sms_desktop.sync.running.frame_batching import FrameBatching
from sms_desktop.sync.running.tasks import TaskOwner


def _owner() -> TaskOwner:
    def failed(name: str, error: BaseException) -> None:
        raise AssertionError(name) from error

    return TaskOwner(failed)


async def test_many_who_ask_in_one_turn_are_served_once() -> None:
    calls: list[int] = []
    tasks = _owner()
    gathering = Coalescing(lambda: calls.append(1), tasks, share=0.5)
    for _ in range(5):
        gathering.ask()
    assert not calls
    await tasks.wait_idle()
    assert calls == [1]


async def test_who_asks_while_it_is_called_is_served_again() -> None:
    calls: list[int] = []
    tasks = _owner()

    def act() -> None:
        calls.append(1)
        if len(calls) < 3:
            gathering.ask()

    gathering = Coalescing(act, tasks, share=0.5)
    gathering.ask()
    await tasks.wait_idle()
    assert len(calls) == 3


async def test_what_was_called_at_once_is_not_called_again() -> None:
    calls: list[int] = []
    tasks = _owner()
    gathering = Coalescing(lambda: calls.append(1), tasks, share=0.5)
    gathering.ask()
    gathering.now()
    gathering.now()
    await tasks.wait_idle()
    assert calls == [1]


async def test_after_a_failure_it_serves_whoever_asks_next(
    caplog: pytest.LogCaptureFixture,
) -> None:
    failures: list[str] = []
    calls: list[int] = []
    tasks = TaskOwner(lambda name, _: failures.append(name))

    def act() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise ValueError

    gathering = Coalescing(act, tasks, share=0.5)
    with caplog.at_level(logging.CRITICAL, "sms_desktop.sync.running.tasks"):
        gathering.ask()
        await tasks.wait_idle()
    gathering.ask()
    await tasks.wait_idle()
    assert (len(calls), failures) == (2, ["gathering"])


def _change(*conversations: int) -> TimelineChanged:
    return TimelineChanged(Changes(frozenset(map(ConversationId, conversations))))


async def test_changes_are_told_together_and_never_after_what_followed_them() -> None:
    told: list[Event] = []
    tasks = _owner()
    outside = FrameBatching(told.append, tasks)
    outside.publish(_change(1))
    outside.publish(_change(2, 1))
    outside.publish(BecameReady())
    outside.publish(_change(3))
    assert told == [_change(1, 2), BecameReady()]
    await tasks.wait_idle()
    assert told == [_change(1, 2), BecameReady(), _change(3)]


async def test_a_closed_program_tells_nothing_more() -> None:
    told: list[Event] = []
    tasks = _owner()
    outside = FrameBatching(told.append, tasks)
    await tasks.close()
    outside.publish(_change(1))
    await asyncio.sleep(0)
    await tasks.wait_idle()
    assert told == []

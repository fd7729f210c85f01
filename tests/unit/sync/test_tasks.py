"""The task owner: nothing is lost, nothing is swallowed, idle is honest."""

import asyncio
import logging

import pytest

from sms_desktop.sync.running.tasks import TaskGroup, TaskOwner, until_one_ends


def _nothing(_name: str, _error: BaseException) -> None:
    """For tests in which no task fails."""


async def test_is_idle_only_while_no_work_runs() -> None:
    tasks = TaskOwner(_nothing)
    gate = asyncio.Event()
    assert tasks.is_idle
    tasks.spawn(gate.wait(), "work")
    assert not tasks.is_idle
    gate.set()
    await tasks.wait_idle()
    assert tasks.is_idle


async def test_a_service_does_not_keep_the_program_busy() -> None:
    tasks = TaskOwner(_nothing)
    tasks.spawn(asyncio.Event().wait(), "service", service=True)
    await asyncio.wait_for(tasks.wait_idle(), 1)
    await tasks.close()


async def test_a_failure_is_told_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    told: list[tuple[str, str]] = []
    tasks = TaskOwner(lambda name, error: told.append((name, type(error).__name__)))

    async def fail() -> None:
        raise LookupError

    with caplog.at_level(logging.CRITICAL, "sms_desktop.sync.running.tasks"):
        tasks.spawn(fail(), "doomed")
        await tasks.wait_idle()
    assert told == [("doomed", "LookupError")]


async def test_close_ends_everything_and_what_comes_later() -> None:
    tasks = TaskOwner(_nothing)
    early = tasks.spawn(asyncio.Event().wait(), "early")
    await tasks.close()
    late = tasks.spawn(asyncio.Event().wait(), "late")
    await asyncio.wait({late})
    assert early.cancelled()
    assert late.cancelled()


async def test_close_waits_for_what_is_started_while_closing() -> None:
    tasks = TaskOwner(_nothing)
    late: list[asyncio.Task[bool]] = []

    async def stubborn() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            late.append(tasks.spawn(asyncio.Event().wait(), "late"))

    tasks.spawn(stubborn(), "stubborn")
    await asyncio.sleep(0)
    await tasks.close()
    assert [task.done() for task in late] == [True]


async def test_a_group_ends_without_the_others() -> None:
    tasks = TaskOwner(_nothing)
    group = TaskGroup(tasks)
    mine = group.spawn(asyncio.Event().wait(), "mine")
    other = tasks.spawn(asyncio.Event().wait(), "other")
    await group.close()
    assert mine.cancelled()
    assert not other.done()
    await tasks.close()


async def test_a_group_can_be_waited_for() -> None:
    tasks = TaskOwner(_nothing)
    group = TaskGroup(tasks)
    gate = asyncio.Event()
    group.spawn(gate.wait(), "first")
    finishing = asyncio.create_task(group.finish())
    await asyncio.sleep(0)
    assert not finishing.done()
    gate.set()
    await finishing


async def test_the_first_to_end_ends_the_others_and_its_error_comes_as_it_is() -> None:
    ended: list[str] = []

    async def patient() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("patient")

    async def doomed() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await until_one_ends(patient(), doomed())
    assert ended == ["patient"]


async def test_who_is_cancelled_twice_still_waits_until_everything_is_put_away() -> None:
    may_end, is_put_away = asyncio.Event(), asyncio.Event()

    async def slow_to_end() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await may_end.wait()
            is_put_away.set()

    async def never() -> None:
        await asyncio.Event().wait()

    both = asyncio.ensure_future(until_one_ends(slow_to_end(), never()))
    for _ in range(2):
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        both.cancel()
    await asyncio.sleep(0)
    assert not both.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await both
    assert is_put_away.is_set()

"""The task owner: nothing is lost, nothing is swallowed, idle is honest."""

import asyncio
import logging

import pytest

from sms_desktop.sync.tasks import TaskOwner


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

    with caplog.at_level(logging.CRITICAL, "sms_desktop.sync.tasks"):
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

"""The one owner of running coroutines: strong references, names, failures told, an honest idle.

Bare ``ensure_future`` lets a task be collected half-way and swallows its error; everything that the
program starts goes through here instead.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

_log = logging.getLogger(__name__)

OnFailure = Callable[[str, BaseException], None]
"""Told the name and the error of a task that failed."""


class TaskOwner:
    """Starts tasks and keeps them until they end.

    A *service* runs as long as the program and does not count against ``is_idle``; everything else
    is work that somebody waits for.
    """

    def __init__(self, on_failure: OnFailure) -> None:
        self._on_failure = on_failure
        self._work: set[asyncio.Task[Any]] = set()
        self._services: set[asyncio.Task[Any]] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self._is_closed = False

    @property
    def is_idle(self) -> bool:
        """Whether nothing but services runs."""
        return not self._work

    def spawn(
        self, coroutine: Coroutine[Any, Any, Any], name: str, *, service: bool = False
    ) -> "asyncio.Task[Any]":
        """Run a coroutine as a task of its own; its failure is logged and told, never lost."""
        task = asyncio.get_running_loop().create_task(coroutine, name=name)
        kept = self._services if service else self._work
        kept.add(task)
        if not service:
            self._idle.clear()
        task.add_done_callback(self._ended)
        if self._is_closed:
            task.cancel()
        return task

    async def wait_idle(self) -> None:
        """Return once nothing but services runs."""
        await self._idle.wait()

    async def close(self) -> None:
        """Cancel everything and wait for its end, of what is started meanwhile too."""
        self._is_closed = True
        for task in self._others():
            task.cancel()
        while others := self._others():
            await asyncio.wait(others)

    def _others(self) -> set["asyncio.Task[Any]"]:
        # A task that closes its own owner must not wait for itself.
        return {*self._work, *self._services} - {asyncio.current_task()}

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._work.discard(task)
        self._services.discard(task)
        if not self._work:
            self._idle.set()
        if task.cancelled():
            return
        if error := task.exception():
            _log.error("task %s failed: %s", task.get_name(), type(error).__name__, exc_info=error)
            self._on_failure(task.get_name(), error)


class TaskGroup:
    """The tasks of one part of the program, which can be ended, or waited for, without the others."""

    def __init__(self, owner: TaskOwner) -> None:
        self._owner = owner
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_closed = False

    def spawn(
        self, coroutine: Coroutine[Any, Any, Any], name: str, *, service: bool = False
    ) -> "asyncio.Task[Any]":
        """As ``TaskOwner.spawn``."""
        task = self._owner.spawn(coroutine, name, service=service)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if self._is_closed:
            task.cancel()
        return task

    async def finish(self) -> None:
        """Wait until every task has ended by itself."""
        while others := self._tasks - {asyncio.current_task()}:
            await asyncio.wait(others)

    async def close(self) -> None:
        """Cancel every task and wait for its end."""
        self._is_closed = True
        for task in self._tasks - {asyncio.current_task()}:
            task.cancel()
        await self.finish()


async def until_one_ends(*work: Coroutine[Any, Any, None]) -> None:
    """Run coroutines side by side until one of them ends; the others are cancelled.

    Raises what that one raised, as it is: no group of one to take apart.
    """
    tasks = [asyncio.create_task(one) for one in work]
    ended: set[asyncio.Task[None]] = set()
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await _all_ended(tasks)
    for task in tasks:
        if task in ended:
            task.result()


async def _all_ended(tasks: "list[asyncio.Task[None]]") -> None:
    """Return once every one has put its things away, however often we are told to hurry."""
    is_hurried = False
    while running := [task for task in tasks if not task.done()]:
        try:
            await asyncio.wait(running)
        except asyncio.CancelledError:
            is_hurried = True
    for task in tasks:
        # Whoever ended after the first has nobody to tell.
        task.cancelled() or task.exception()
    if is_hurried:
        raise asyncio.CancelledError

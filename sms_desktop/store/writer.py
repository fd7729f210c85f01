"""The one thread that writes: waiting jobs are committed together, answers come after the commit.

Must not know what the jobs do, and must not answer anybody before the data is on the disk.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import apsw
from apsw import Connection

from sms_desktop.store.connection import store_error
from sms_desktop.store.errors import StoreClosed, StoreError

Job = Callable[[Connection], Any]
MOST_JOBS_PER_COMMIT: Final = 512
_QUIET_S: Final = 0.3
_BREATH_S: Final = 0.02

_log = logging.getLogger(__name__)


class _Waiting:
    """One job, and the future of the coroutine that waits for it."""

    __slots__ = ("error", "future", "job", "loop", "result")

    def __init__(
        self, job: Job, loop: asyncio.AbstractEventLoop, future: asyncio.Future[Any]
    ) -> None:
        self.job = job
        self.loop = loop
        self.future = future
        self.result: Any = None
        self.error: BaseException | None = None


class Writer:
    """Uses the write connection from its thread's start to ``close``; nobody else may.

    ``check_place`` raises a ``StoreError`` where a commit would go to a file that nobody finds again.
    ``when_idle``: a short piece of work for quiet moments; true while there may be more.
    """

    def __init__(
        self,
        db: Connection,
        check_place: Callable[[], None],
        when_idle: Callable[[Connection], bool] | None = None,
    ) -> None:
        self._db = db
        self._check_place = check_place
        self._when_idle = when_idle
        self._has_idle_work = when_idle is not None
        self._queue: deque[_Waiting] = deque()
        self._wake = threading.Condition()
        self._closing = False
        self._working = False
        self.commits = 0
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    @property
    def is_idle(self) -> bool:
        """Whether every job has been committed or has failed."""
        with self._wake:
            return not self._queue and not self._working

    def submit(self, job: Job) -> asyncio.Future[Any]:
        """Queue a job from a coroutine; the future is done after the commit.

        Cancelling the future before the job began drops the job; one that began is completed.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        with self._wake:
            if self._closing:
                raise StoreClosed
            self._queue.append(_Waiting(job, loop, future))
            self._wake.notify()
        return future

    def close(self) -> None:
        """Finish what is queued, then end the thread; the connection stays open."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join()

    def _run(self) -> None:
        while batch := self._next_batch():
            try:
                self._commit_together(batch)
            finally:
                with self._wake:
                    self._working = False
                    self._has_idle_work = self._when_idle is not None
                _answer(batch)

    def _next_batch(self) -> list[_Waiting]:
        with self._wake:
            self._wait_for_jobs()
            size = min(len(self._queue), MOST_JOBS_PER_COMMIT)
            self._working = size > 0
            return [self._queue.popleft() for _ in range(size)]

    def _wait_for_jobs(self) -> None:
        """Return with a job in the queue, or while closing; do idle work in between."""
        pause_s = _QUIET_S
        while not self._queue and not self._closing:
            if not self._has_idle_work:
                self._wake.wait()
            elif not self._wake.wait(pause_s):
                self._wake.release()
                try:
                    self._has_idle_work = self._do_idle_work()
                finally:
                    self._wake.acquire()
                # Others want the interpreter too.
                pause_s = _BREATH_S

    def _do_idle_work(self) -> bool:
        """Whether it went well and there may be more; after trouble the next write tries again."""
        if self._when_idle is None:
            return False
        try:
            self._db.execute("BEGIN IMMEDIATE")
            has_more = self._when_idle(self._db)
            self._db.execute("COMMIT")
        except apsw.Error as error:
            _log.info("idle work of the store failed: %s", type(error).__name__)
            self._roll_back()
            return False
        return has_more

    def _commit_together(self, batch: list[_Waiting]) -> None:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            for waiting in batch:
                if not waiting.future.cancelled():
                    self._run_job(waiting)
            self._check_place()
            self._db.execute("COMMIT")
            self.commits += 1
        except (apsw.Error, StoreError) as error:
            _log.warning("commit failed: %s", type(error).__name__)
            _fail_all(batch, error)
            self._roll_back()

    def _run_job(self, waiting: _Waiting) -> None:
        """Run one job inside a savepoint, so that it fails alone.

        A full disk and the like make SQLite roll back the whole transaction: then all fail.
        """
        self._db.execute("SAVEPOINT job")
        try:
            waiting.result = waiting.job(self._db)
        except BaseException as error:
            if not self._db.in_transaction:
                if isinstance(error, apsw.Error):
                    raise
                raise apsw.AbortError from error
            self._db.execute("ROLLBACK TO job")
            waiting.error = _ours(error)
        self._db.execute("RELEASE job")

    def _roll_back(self) -> None:
        if not self._db.in_transaction:
            return
        try:
            self._db.execute("ROLLBACK")
        except apsw.Error as error:
            _log.warning("rollback failed: %s", type(error).__name__)


def _fail_all(batch: list[_Waiting], error: apsw.Error | StoreError) -> None:
    for waiting in batch:
        if waiting.error is None:
            waiting.error = _ours(error)


def _ours(error: BaseException) -> BaseException:
    if not isinstance(error, apsw.Error):
        return error
    ours = store_error(error)
    ours.__cause__ = error
    return ours


def _answer(batch: list[_Waiting]) -> None:
    """Wake the coroutines, with one call into each event loop."""
    for loop in {waiting.loop for waiting in batch}:
        mine = [waiting for waiting in batch if waiting.loop is loop]
        try:
            loop.call_soon_threadsafe(_settle, mine)
        except RuntimeError:
            # The loop was closed meanwhile; the data is safe and nobody waits any more.
            _log.info("%d answers of the store came after the end of their loop", len(mine))


def _settle(batch: list[_Waiting]) -> None:
    for waiting in batch:
        if waiting.future.done():
            continue
        if waiting.error is not None:
            waiting.future.set_exception(waiting.error)
        else:
            waiting.future.set_result(waiting.result)

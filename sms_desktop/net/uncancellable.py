"""Work that must not stop half-way: what is half open or half closed belongs to nobody."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


async def carried_through(
    work: Coroutine[Any, Any, T], on_cancel: Callable[[], None] = lambda: None
) -> T:
    """Await work; a cancellation calls ``on_cancel``, and goes on once the work has ended."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        on_cancel()
        while not task.done():
            # A second cancellation would leave behind what the work is just opening.
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        # Whatever it raised, nobody asks any more.
        task.cancelled() or task.exception()
        raise


async def broken_off_gently(work: Coroutine[Any, Any, T]) -> T:
    """Await work; a cancellation reaches it as one of anyio's.

    httpcore guards its cleaning up against anyio's cancellation and not against asyncio's: a task
    that is cancelled while dead connections are being closed would leave the rest open for ever.
    """
    # Imported here: it comes with the network's libraries, which no start waits for.
    from anyio import CancelScope

    scope = CancelScope()

    async def run() -> T:
        with scope:
            return await work
        raise asyncio.CancelledError

    return await carried_through(run(), scope.cancel)

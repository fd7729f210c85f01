"""Opening a server to the end: asyncio forgets a half-open one's socket when it is cancelled."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


async def carried_through(work: Coroutine[Any, Any, T]) -> T:
    """Await work that must not stop half-way; a cancellation goes on once the work has ended."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            # A second cancellation would leave behind what the work is just opening.
            with suppress(asyncio.CancelledError):
                await asyncio.wait([task])
        raise

"""The calm after the storm: the use cases bring everything to its end, with waits cut short."""

import asyncio
from collections.abc import Mapping

from sms_desktop.compose import Core, Nature
from sms_desktop.domain.health import CheckState
from sms_desktop.paths import Paths
from sms_desktop.profile.profile import open_profile
from sms_desktop.sync.events import Event

_HURRY = 40
_PATIENCE_S = 120


async def come_to_rest(paths: Paths, environment: Mapping[str, str]) -> None:
    """Send what waits, settle what is unconfirmed, read what was missed.

    Raises ``TimeoutError`` where something of that sticks.

    Only the length of waits differs from the program: what they are for is the same.
    """
    changed = asyncio.Event()

    def publish(_event: Event) -> None:
        changed.set()

    async def hurried(seconds: float) -> None:
        await asyncio.sleep(seconds / _HURRY)

    profile = open_profile(paths, environment)
    reader = profile.store.reader()
    core = Core(profile, reader, publish, Nature(sleep=hurried))
    engine = core.make_engine(receive=True)

    def is_at_rest() -> bool:
        looks = [one for one in core.standing.health.checks if one.name == "catch_up"]
        is_read = bool(looks) and all(one.state is CheckState.OK for one in looks)
        waits = any(map(any, reader.outbox_counts().values())) or bool(reader.scheduled())
        return is_read and not waits

    try:
        await engine.start()
        async with asyncio.timeout(_PATIENCE_S):
            while not is_at_rest():
                await changed.wait()
                changed.clear()
    finally:
        await engine.close()
        await core.close()

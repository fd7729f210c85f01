"""Opens a profile for the window: asks the person where the vault alone does not do it.

Every step runs in a thread, so that no window stands still while a keyring waits for its password.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.paths import Paths
from sms_desktop.profile.profile import Opening, Profile
from sms_desktop.sync.unlocking.unattended import NotOpened, Place, Unlocked, look
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.vault.errors import AppLocked

if TYPE_CHECKING:
    from sms_desktop.sync.unlocking.questions import Answer, Question
    from sms_desktop.sync.unlocking.unlocking import Unlocking
    from sms_desktop.ui.windows.unlock.window import UnlockWindow


class StillLocked(SmsDesktopError):
    """Another process wants something of a program that waits for its person."""

    sentence = "SMS Desktop is open and waits for its secrets to be unlocked."


async def open_by_asking(
    opening: Opening, paths: Paths, theme: Theme, *, may_ask: bool = True
) -> Profile | None:
    """The open profile; ``None`` where the person closed the window instead of answering.

    Where the environment says which vault to use, or nobody sees a window, no question is asked:
    it raises ``SmsDesktopError`` instead. The lock's passphrase is asked for wherever it can be.
    """
    try:
        return opening.profile(await asyncio.to_thread(look, opening.place))
    except NotOpened as failed:
        is_scripted = opening.is_scripted and not isinstance(failed.cause, AppLocked)
        if is_scripted or not may_ask:
            raise failed.cause from None
        unlocked = await _ask(failed, opening.place, paths, theme)
    return opening.profile(unlocked) if unlocked is not None else None


async def _ask(failed: NotOpened, place: Place, paths: Paths, theme: Theme) -> Unlocked | None:
    from sms_desktop.sync.unlocking.unlocking import Unlocking
    from sms_desktop.ui.windows.unlock.window import UnlockWindow

    unlocking = Unlocking(place)
    question = unlocking.explain(failed)
    window = UnlockWindow(theme)
    answers: asyncio.Queue[Answer | None] = asyncio.Queue()
    window.answered.connect(answers.put_nowait)
    window.left.connect(lambda: answers.put_nowait(None))
    try:
        async with _reachable(paths, window):
            return await _until_unlocked(question, unlocking, window, answers)
    finally:
        window.close()
        window.deleteLater()


async def _until_unlocked(
    question: "Question",
    unlocking: "Unlocking",
    window: "UnlockWindow",
    answers: "asyncio.Queue[Answer | None]",
) -> Unlocked | None:
    outcome: Question | Unlocked = question
    while not isinstance(outcome, Unlocked):
        window.ask(outcome)
        answer = await answers.get()
        if answer is None:
            return None
        window.work()
        outcome = await asyncio.to_thread(unlocking.answer, answer)
        if not window.isVisible():  # closed meanwhile
            if isinstance(outcome, Unlocked):
                await asyncio.to_thread(outcome.store.close)
            return None
    return outcome


@asynccontextmanager
async def _reachable(paths: Paths, window: "UnlockWindow") -> AsyncIterator[None]:
    """A second start of the program brings the question forward; commands are told to wait."""
    from sms_desktop.net.control import ControlServer

    async def handle(command: str, _payload: dict[str, Any]) -> dict[str, Any]:
        if command != "show":
            raise StillLocked
        window.come_forward()
        return {}

    server = ControlServer(handle)
    await server.start(paths.control_file)
    try:
        yield
    finally:
        await server.close()

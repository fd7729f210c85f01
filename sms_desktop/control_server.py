"""What an open window does for other processes of the same profile: come forward, send, change, report."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from sms_desktop.commands import accounts, contacts, doctor, numbers, send
from sms_desktop.compose import Core
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId
from sms_desktop.net.control import ControlServer
from sms_desktop.net.errors import ControlFailed
from sms_desktop.paths import Paths
from sms_desktop.sync.engine import Engine
from sms_desktop.sync.events import ShowRequested


class WindowLocked(SmsDesktopError):
    """Another process wants something of a program that is locked."""

    sentence = "SMS Desktop is locked, so nothing was done. Unlock its window, and try again."


@asynccontextmanager
async def serve_control(
    paths: Paths,
    engine: Engine,
    core: Core,
    override: Callable[[Iterable[str]], None],
    is_locked: Callable[[], bool],
) -> AsyncIterator[None]:
    """Answer commands while the window is open.

    ``override`` takes ``key=value`` over for this run, as a second start with ``--set`` asks. While
    it ``is_locked`` only the window comes forward, and accounts that another process has changed are
    read anew, which tells nobody anything.
    """

    async def handle(command: str, payload: dict[str, Any]) -> dict[str, Any]:
        if is_locked() and command not in ("show", "reload"):
            raise WindowLocked
        match command:
            case "show" if is_locked():
                core.publish(ShowRequested(str(payload.get("link", ""))))
                return {}
            case "show":
                override(map(str, payload.get("overrides", ())))
                core.publish(ShowRequested(str(payload.get("link", ""))))
                return {"has_set": True}
            case "send":
                return await send.send_and_wait(engine, core, payload)
            case "reload":
                renewed = payload.get("account_id")
                await engine.reload(AccountId(renewed) if isinstance(renewed, int) else None)
                return {}
            case "account_remove":
                return await accounts.remove_and_tell(engine, payload)
            case "numbers_set":
                return await numbers.set_and_tell(engine, payload)
            case "contacts_import":
                return await contacts.import_and_tell(engine, payload)
            case "doctor":
                return doctor.health_report(core)
            case _:
                raise ControlFailed(f"The running program does not know the command {command}.")

    server = ControlServer(handle)
    await server.start(paths.control_file)
    try:
        yield
    finally:
        await server.close()

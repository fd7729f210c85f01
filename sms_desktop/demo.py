"""The demo: the whole program against a Kandy of our own, in a temporary profile that goes with it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt

from sms_desktop import app
from sms_desktop.compose import now_ms
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.number_change import NumberChange
from sms_desktop.paths import paths_of
from sms_desktop.simulator.phone_line import HttpPhoneLine
from sms_desktop.simulator.seed import DEMO_NUMBERS, DEMO_PEOPLE
from sms_desktop.system.leftovers import DEMO
from sms_desktop.system.temporary_folder import passing_folder
from sms_desktop.ui.tour import Tour, TourFailed
from sms_desktop.ui.windows.phone import PhoneWindow
from sms_desktop.ui.windows.window_placement import put_beside

_NO_DISPLAY: Final = "offscreen"
_PICTURE: Final = (1240, 800)
"""How large the window stands in the tour's pictures where there is no display."""


class SimulatorFailed(SmsDesktopError):
    """The simulator's process ended before it was ready."""

    sentence = "The simulated Kandy could not be started. Start with --debug to see why."


def run_demo(tour: Path | None, options: app.Options) -> int:
    """Run the demo, or with ``tour`` let it show itself; the exit code."""
    os.environ["SMS_DESKTOP_VAULT"] = "memory"
    with passing_folder(DEMO) as folder, _simulator() as kandy:
        paths = paths_of(folder)

        async def visit(built: app.Built) -> int | None:
            return await _furnish(built, kandy, tour)

        return app.run(paths, options, visit)


@contextmanager
def _simulator() -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "sms_desktop", "simulate", "--seed", "demo"]
    # The pipe ties it to us: it ends when we do, however that comes about.
    with subprocess.Popen(  # noqa: S603 - our own program
        [*command, "--end-with-stdin"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        # Leaving the block closes the pipe, waits for the end, and closes the rest.
        first_line = process.stdout.readline() if process.stdout else b""
        if not first_line:
            raise SimulatorFailed
        yield json.loads(first_line)


async def _furnish(built: app.Built, kandy: dict[str, Any], tour: Path | None) -> int | None:
    line = HttpPhoneLine(kandy["control_url"])
    await built.engine.add_account(
        kandy["base_url"], kandy["client_id"], "", kandy["client_secret"], "loopback"
    )
    _name_everybody(built)
    phone = PhoneWindow(line, built.theme, partial(built.core.tasks.spawn, service=True), now_ms)
    if tour is None or built.application.platformName() != _NO_DISPLAY:
        put_beside(built.window, phone, phone.least_size(), built.window.foot_height())
    else:
        # Pictures need no screen, and the one that Qt makes up is far too small for two windows.
        built.window.resize(*map(built.theme.px, _PICTURE))
    # The program is what the person came to see.
    phone.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    phone.show()
    built.window.closed.connect(phone.close)
    if tour is None:
        return None
    try:
        await Tour(built.window, line, tour).run()
    except TourFailed as failure:
        sys.stderr.write(f"sms-desktop: the tour failed: {failure}\n")
        return 1
    return 0


def _name_everybody(built: app.Built) -> None:
    for person in DEMO_PEOPLE:
        if person.name:
            built.engine.contacts.name(person.number, person.name)
    looks = {number.number: number for number in DEMO_NUMBERS}
    for number in built.profile.store.reader().numbers():
        if look := looks.get(number.number):
            change = NumberChange(name=look.name, colour=look.colour)
            built.engine.numbers.change(number.key, change)

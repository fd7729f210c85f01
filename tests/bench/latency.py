"""From a webhook to its bubble, and from Enter to the wire; each beside a floor of the same run."""

import asyncio
import json
import time
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.bench.child import Child, child
from tests.bench.floor import BareListener, BareWindow, bare_client
from tests.bench.subject import PERSON, Subject, subject
from tests.bench.tables import spread
from tests.helpers.simulator import SimulatorProcess

WARM_UP = 20
TEXT = "Could you come at 4 instead of 2? It is number "


async def webhook_to_paint(
    application: QApplication, folder: Path, simulator: SimulatorProcess, count: int
) -> None:
    """One message at a time, into the open conversation of a live window."""
    with child("tests.bench.caller") as caller:
        floor = await _floor_of_arriving(application, caller, count)
        async with subject(application, folder, simulator) as program:
            await open_conversation(program, caller)
            ours = [await _arrive(program, caller, f"{TEXT}{n}") for n in range(WARM_UP + count)]
        again = await _floor_of_arriving(application, caller, count)
    rows = {
        "bare handler and list (before and after)": floor + again,
        "sms_desktop: parsed, on disk, painted": ours[WARM_UP:],
    }
    spread("Webhook handler entered → bubble painted", rows, next(iter(rows)))


async def _floor_of_arriving(application: QApplication, caller: Child, count: int) -> list[float]:
    window = BareWindow(application)
    window.show()
    arrived: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    measured: list[float] = []

    def painted() -> None:
        if measured_now and not arrived.done():
            arrived.set_result(time.perf_counter())

    measured_now: list[str] = []

    def take(body: bytes) -> None:
        measured_now.append("")
        window.append(body.decode())

    window.list.painted = painted
    async with BareListener(take) as listener:
        for number in range(WARM_UP + count):
            arrived = asyncio.get_running_loop().create_future()
            measured_now.clear()
            calling = asyncio.ensure_future(call(caller, listener.url, [f"{TEXT}{number}"]))
            measured.append(await arrived - listener.entered)
            await calling
    window.close()
    return measured[WARM_UP:]


async def call(caller: Child, url: str, bodies: list[str], lanes: int = 1) -> float:
    """Seconds that the posts took; every one must have been taken."""
    wanted = {"url": url, "bodies": bodies, "lanes": lanes}
    answer = json.loads(await caller.ask(json.dumps(wanted)))
    assert answer["statuses"] == {"200": len(bodies)}, answer
    return float(answer["seconds"])


async def open_conversation(program: Subject, caller: Child) -> None:
    """Let a first message come, and open its conversation."""
    await call(caller, program.hook_url, [program.body("hello")])
    await program.until(lambda: program.window.threads.rowCount() > 0)
    program.window.come_forward()
    program.window.open_conversation(program.window.threads.conversation(0).conversation_id)
    await program.idle()


async def _arrive(program: Subject, caller: Child, text: str) -> float:
    painted = program.expect(text)
    calling = asyncio.ensure_future(call(caller, program.hook_url, [program.body(text)]))
    took = await painted - program.entered
    await calling
    await program.idle()
    return took


async def enter_to_wire(
    application: QApplication, folder: Path, simulator: SimulatorProcess, count: int
) -> None:
    """From the press of Enter to the first bytes of the request, seen by another process."""
    there = urlsplit(simulator.base_url)
    with child("tests.bench.forwarder", str(there.hostname), str(there.port)) as forwarder:
        base_url = f"http://127.0.0.1:{await forwarder.line()}"
        floor = await _floor_of_sending(application, forwarder, base_url, count)
        async with subject(application, folder, simulator, base_url) as program:
            own = next(s.number for s in program.window.facts.numbers if s.number.receive)
            engine = program.built.engine
            conversation = await engine.start_conversation(own.account_id, own.number, PERSON)
            program.window.come_forward()
            program.window.open_conversation(conversation)
            ours = [await _send(program, forwarder, f"{TEXT}{n}") for n in range(WARM_UP + count)]
        again = await _floor_of_sending(application, forwarder, base_url, count)
    rows = {
        "bare field and httpx (before and after)": floor + again,
        "sms_desktop: echoed, on disk, sent": ours[WARM_UP:],
    }
    spread("Enter pressed → request on the wire", rows, next(iter(rows)))


async def _send(program: Subject, forwarder: Child, text: str) -> float:
    field = program.window.conversation_pane.composer.field
    field.setPlainText(text)
    pressed = await _press_enter(field)
    sent = float(await forwarder.line())
    await program.idle()
    return sent - pressed


async def _floor_of_sending(
    application: QApplication, forwarder: Child, base_url: str, count: int
) -> list[float]:
    window = BareWindow(application)
    window.show()
    measured: list[float] = []
    posts: list[asyncio.Task[object]] = []
    path = "/cpaas/smsmessaging/v1/nobody/outbound/nobody/requests"
    async with bare_client(base_url) as client:

        def send() -> None:
            text = window.field.text()
            window.append(text)
            posts.append(asyncio.ensure_future(client.post(path, json={"message": text})))

        window.field.returnPressed.connect(send)
        for number in range(WARM_UP + count):
            window.field.setText(f"{TEXT}{number}")
            pressed = await _press_enter(window.field)
            measured.append(float(await forwarder.line()) - pressed)
            await posts.pop()
    window.close()
    return measured[WARM_UP:]


async def _press_enter(field: object) -> float:
    """Press it from Qt's loop, as a keyboard does, and not from within a task."""
    pressed: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def press() -> None:
        at = time.perf_counter()
        QTest.keyClick(field, Qt.Key.Key_Return)  # type: ignore[call-overload]
        pressed.set_result(at)

    QTimer.singleShot(0, press)
    return await pressed

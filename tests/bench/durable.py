"""How many messages a second are taken durably: every 200 stands for a commit on the disk."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.bench.child import Child, child
from tests.bench.floor import BareListener
from tests.bench.latency import call
from tests.bench.subject import Subject, subject
from tests.bench.tables import rates, say
from tests.helpers.simulator import SimulatorProcess

LANES = 16
PEOPLE = 50


async def messages_a_second(
    application: QApplication, folder: Path, simulator: SimulatorProcess, count: int
) -> None:
    """A burst from many people over some connections, with the whole window open."""
    with child("tests.bench.caller") as caller:
        async with BareListener(lambda _: None) as listener:
            await call(caller, listener.url, ["x"] * 200, LANES)
            floor = count / await call(caller, listener.url, ["x" * 300] * count, LANES)
        async with subject(application, folder / "window", simulator) as program:
            ours, commits = await _burst(program, caller, count)
        alone = subject(application, folder / "alone", simulator, with_window=False)
        async with alone as program:
            engine, engine_commits = await _burst(program, caller, count)
    rows = {
        "bare aiohttp handler": floor,
        "sms_desktop without its window": engine,
        "sms_desktop, list and badges shown": ours,
    }
    rates(f"Messages on disk, {count} over {LANES} connections", rows, "bare aiohttp handler")
    say(f"  in {engine_commits} transactions without the window, {commits} with it")


async def _burst(program: Subject, caller: Child, count: int) -> tuple[float, int]:
    """Messages a second, and how many transactions kept them all."""
    people = [f"+1613555{n:04}" for n in range(PEOPLE)]
    warm = [program.body("hello", person) for person in people]
    await call(caller, program.hook_url, warm, LANES)
    await program.idle()
    store = program.built.profile.store
    commits = store.commits
    bodies = [program.body(f"number {n}", people[n % PEOPLE]) for n in range(count)]
    rate = count / await call(caller, program.hook_url, bodies, LANES)
    await program.idle()
    return rate, store.commits - commits

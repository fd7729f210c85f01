"""The real program on a screen, as a screen reader finds it through AT-SPI."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.program import Program
from tests.helpers.simulator import SimulatorProcess

# D-Bus is a thing of Linux.
pytest.importorskip("jeepney")

from tests.helpers.screen_reader import Node, ScreenReader, screen_reader

MARIA = "+16131234567"
NAME = "sms-desktop"
CONTROLS = frozenset(
    {"push button", "toggle button", "radio button", "check box", "combo box", "text", "list"}
)


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[ScreenReader]:
    with screen_reader(tmp_path / "a11y") as reader:
        yield reader


@pytest.fixture
def seen_program(reader: ScreenReader, program: Program) -> Iterator[Program]:
    """The program on that screen, receiving."""
    program.environment |= reader.environment
    program.open_window()
    program.wait_for("ready")
    yield program
    # Before the screen goes.
    assert program.close_window() == 0


def items(tree: Node, of: str) -> list[str]:
    """The rows of a list, as they are read."""
    lists = [one for one in tree.all_of("list") if one.name == of]
    return [item.name for one in lists for item in one.all_of("list item")]


def test_threads_and_messages_are_read_as_one_sentence_each(
    seen_program: Program, reader: ScreenReader, simulator: SimulatorProcess
) -> None:
    own = simulator.default_number
    simulator.write_as(MARIA, own, "is it\nready?")
    tree = reader.until(NAME, lambda tree: items(tree, "Conversations"))
    (thread,) = items(tree, "Conversations")
    told = r"\+1 613 123 4567\. 1 unread message\. is it ready\? Today \d+[:.]\d\d.*\."
    assert re.fullmatch(told, thread), thread

    assert seen_program.command(f"sms:{MARIA}").returncode == 0
    sent = seen_program.command("send", "--from", own, "--to", MARIA, "yes, come at 4")
    assert sent.returncode == 0
    tree = reader.until(NAME, lambda tree: "Sent." in " ".join(items(tree, "Messages")[1:]))
    theirs, mine = items(tree, "Messages")
    assert re.fullmatch(r"\+1 613 123 4567: is it ready\? Today \d+[:.]\d\d.*\.", theirs), theirs
    assert re.fullmatch(r"You: yes, come at 4\. Today \d+[:.]\d\d.*\. Sent\.", mine), mine


def test_every_control_has_a_name(
    seen_program: Program, reader: ScreenReader, simulator: SimulatorProcess
) -> None:
    simulator.write_as(MARIA, simulator.default_number, "hello")
    reader.until(NAME, lambda tree: items(tree, "Conversations"))
    assert seen_program.command(f"sms:{MARIA}").returncode == 0
    tree = reader.until(NAME, lambda tree: items(tree, "Messages"))
    assert unnamed(tree) == []
    reader.press(tree.the("push button", "Go to a day"))
    tree = reader.until(NAME, lambda tree: tree.all_of("label") and "Oldest message" in names(tree))
    assert unnamed(tree) == []
    today = [name for name in names(tree) if re.search(r"\d{4}$", name)]
    assert today, "no day is named in full"


PAGES = {
    "Numbers": "Add a number",
    "Connection": "Send myself a test message",
    "Appearance": "Dark",
    "Privacy": "Back up now",
    "About": "Licence MIT",
    "Account": "Add another account",
}
"""Each page, and a control that only it has."""


def test_every_control_of_the_settings_has_a_name(
    seen_program: Program, reader: ScreenReader
) -> None:
    tree = reader.until(NAME, lambda tree: "Settings" in names(tree))
    reader.press(tree.the("push button", "Settings"))
    for page, control in PAGES.items():
        tree = reader.until(NAME, lambda tree, page=page: entries(tree, page))
        reader.press(entries(tree, page)[0])
        tree = reader.until(NAME, lambda tree, control=control: tells(tree, control))
        assert unnamed(tree) == [], page


def entries(tree: Node, page: str) -> list[Node]:
    """The entry of the sidebar that leads to a page."""
    return [one for one in tree.all_of("list item") if one.name == page]


def tells(tree: Node, words: str) -> bool:
    return any(words in name for name in names(tree))


def test_every_control_of_a_new_message_has_a_name(
    seen_program: Program, reader: ScreenReader
) -> None:
    tree = reader.until(NAME, lambda tree: "New message" in names(tree))
    reader.press(next(one for one in tree.all_of("push button") if one.name == "New message"))
    tree = reader.until(NAME, lambda tree: "Cancel" in names(tree))
    assert unnamed(tree) == []


def names(tree: Node) -> set[str]:
    return {one.name for one in tree.everything() if one.is_showing}


def unnamed(tree: Node) -> list[tuple[str, str]]:
    """What can be used and is not told, with what stands around it."""
    return [
        (child.role, around.name)
        for around in tree.everything()
        for child in around.children
        if child.is_showing
        and (child.role in CONTROLS or child.is_focusable)
        and not child.name.strip()
    ]

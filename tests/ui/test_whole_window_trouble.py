"""What a person sees when something goes wrong: real window and engine against a Kandy with faults."""

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from sms_desktop.domain.health import Level
from sms_desktop.ui.delegates.marks import Mark
from sms_desktop.ui.delegates.notes import NoteAction
from sms_desktop.ui.windows.settings.page_name import PageName
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["program", "simulator"]

MARIA = "+16131234567"


def open_with_maria(program: WholeProgram, simulator: SimulatorProcess) -> None:
    """Signed in, live, and a conversation with Maria open."""
    program.open_signed_in(simulator)
    simulator.write_as(MARIA, simulator.default_number, "hello")
    program.until("Maria is listed", lambda: program.is_listed(MARIA))
    program.click_thread(MARIA)
    program.settle()


def test_a_refused_message_shows_kandys_reason_and_can_be_sent_again(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    open_with_maria(program, simulator)
    simulator.fault(
        "refuse",
        "send",
        status=400,
        code="SVC0002",
        text="Invalid input value for message part %1",
        variables=["address"],
    )
    program.write("can you come?")
    program.until("!", lambda: program.mark("can you come?") is Mark.BANG)
    assert "Invalid input value for message part address" in program.note("can you come?")
    assert simulator.seen().texts() == []
    program.click_note("can you come?", NoteAction.RETRY)
    program.until("✓", lambda: program.mark("can you come?") is Mark.TICK)
    assert program.note("can you come?") == ""
    assert simulator.seen().texts() == ["can you come?"]


def test_a_refused_message_can_be_discarded(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    open_with_maria(program, simulator)
    simulator.fault("refuse", "send", status=400)
    program.write("never mind")
    program.until("!", lambda: program.mark("never mind") is Mark.BANG)
    program.click_note("never mind", NoteAction.DISCARD)
    program.until("it is gone", lambda: program.texts() == ["hello"])
    program.settle()
    assert program.listed(MARIA).last_text == "hello"


def test_a_lost_answer_is_dashed_until_history_tells_and_nothing_is_sent_twice(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    open_with_maria(program, simulator)
    simulator.fault("drop-notification", "outbound")
    simulator.drop_next_answer()
    program.write("gate code is 4471")
    program.until("?", lambda: program.mark("gate code is 4471") is Mark.QUESTION)
    assert program.is_dashed("gate code is 4471")
    assert "Checking with Kandy" in program.note("gate code is 4471")
    assert simulator.seen().texts() == ["gate code is 4471"]
    program.until("✓", lambda: program.mark("gate code is 4471") is Mark.TICK)
    assert not program.is_dashed("gate code is 4471")
    assert program.note("gate code is 4471") == ""
    program.settle()
    assert program.texts() == ["hello", "gate code is 4471"]
    assert not program.arrow("gate code is 4471")
    assert simulator.seen().texts() == ["gate code is 4471"]


def test_a_lost_answer_can_be_checked_at_once(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    open_with_maria(program, simulator)
    simulator.fault("drop-notification", "outbound")
    simulator.drop_next_answer()
    # The program's own first look at the history fails, and the next one is far away.
    simulator.fault("status", "messages", status=503)
    simulator.forget()
    program.write("did it go?")
    program.until("?", lambda: program.mark("did it go?") is Mark.QUESTION)
    program.meanwhile(lambda: simulator.until(lambda s: s.answers.get("messages 503") == 1))
    assert program.mark("did it go?") is Mark.QUESTION
    program.click_note("did it go?", NoteAction.CHECK)
    program.until("✓", lambda: program.mark("did it go?") is Mark.TICK)
    assert simulator.seen().texts() == ["did it go?"]


def test_without_a_network_texts_wait_and_the_status_line_says_so(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    open_with_maria(program, simulator)
    simulator.network_down()
    program.write("when you can")
    assert program.mark("when you can") is Mark.CLOCK
    program.until("why it waits", lambda: program.note("when you can") != "")
    assert program.mark("when you can") is Mark.CLOCK
    waiting = program.window.status_line.sending_label
    program.until("the status line says so", lambda: "1 waiting" in waiting.text())
    program.until("not live", lambda: program.window.facts.health.level is not Level.LIVE)
    assert program.status() != "Live"
    simulator.network_up()
    program.until("✓", lambda: program.mark("when you can") is Mark.TICK)
    program.until("live again", lambda: program.status() == "Live")
    assert program.note("when you can") == ""
    assert simulator.seen().texts() == ["when you can"]


def test_a_cancelled_subscription_is_seen_everywhere_and_renewed_by_a_click(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    open_with_maria(program, simulator)
    window, own = program.window, simulator.default_number
    program.until("live", lambda: program.status() == "Live")
    simulator.cancel_subscription(own)
    program.until("the banner tells it", window.banner.isVisible)
    program.until("not live", lambda: program.status() == "Partly receiving")
    assert "Kandy cancelled the subscription" in window.banner.sentence.text()
    assert "2 of 3 numbers subscribed" in window.status_line.sentence_label.full_text
    square = next(s for (_, number), s in window.rail._squares.items() if number == own)
    assert square._warns
    assert "Kandy cancelled the subscription" in square.accessibleName()
    program.click(window.banner.action_button)
    settings = window.sheets.settings
    assert settings is not None
    assert settings.pages.currentIndex() == PageName.NUMBERS
    card = settings.numbers_page.cards[0]
    assert card.words.text().startswith("Subscription cancelled by Kandy at")
    program.until("the page is laid out", lambda: card.subscribe_button.width() > 0)
    program.click(card.subscribe_button)
    program.until("live again", lambda: program.status() == "Live")
    assert settings.numbers_page.cards[0].said().startswith("Receiving")
    assert not window.banner.isVisible()
    assert not square._warns
    simulator.write_as(MARIA, own, "do you hear me?")
    program.until("it arrives", lambda: program.listed(MARIA).last_text == "do you hear me?")


def test_the_secret_that_is_no_longer_accepted_is_told_and_not_tried_again_and_again(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    open_with_maria(program, simulator)
    program.close()
    simulator.fault("status", "token", status=401, times=None)
    simulator.forget()
    program.open()
    program.until("not receiving", lambda: program.status() == "Not receiving")
    assert "does not accept" in program.window.status_line.sentence_label.full_text
    program.write("are you there?")
    program.until("why it waits", lambda: program.note("are you there?") != "")
    program.settle()
    assert program.mark("are you there?") is Mark.CLOCK
    assert simulator.seen().requests["token"] <= 3


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes; only root can have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    try:
        made = subprocess.run(mount, capture_output=True, check=False)
    except OSError:
        pytest.skip("there is no mount here")
    if made.returncode:
        pytest.skip("file systems cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(folder: Path) -> Callable[[], None]:
    """Leave no room on a disk; the answer makes room again."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 9, 1):
            with suppress(OSError):
                while True:
                    file.write(bytes(size))
    assert os.statvfs(folder).f_bavail == 0
    return ballast.unlink


def _refuse_more(folder: Path) -> Callable[[], None]:
    """Let no file of this process grow; the answer lets them grow again."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _see_a_text_come_back(
    program: WholeProgram,
    simulator: SimulatorProcess,
    stop_writing: Callable[[], Callable[[], None]],
    sentence: str,
) -> None:
    open_with_maria(program, simulator)
    composer = program.window.conversation_pane.composer
    program.type("a long thought")
    let_write = stop_writing()
    try:
        program.press_enter()
        assert program.texts() == ["hello", "a long thought"]
        program.until("it comes back", lambda: program.written() == "a long thought")
        assert sentence in composer.notice.text()
        assert composer.notice.isVisible()
        assert program.texts() == ["hello"]
    finally:
        let_write()
    program.press_enter()
    program.until("✓", lambda: program.mark("a long thought") is Mark.TICK)
    assert not composer.notice.isVisible()
    assert program.written() == ""
    assert simulator.seen().texts() == ["a long thought"]


@pytest.mark.log_warnings("commit failed", "rollback failed", "could not be saved")
def test_on_a_full_disk_the_text_comes_back_with_the_reason(
    program: WholeProgram, simulator: SimulatorProcess, small_disk: Path
) -> None:
    program.use_folder(small_disk / "profile")
    _see_a_text_come_back(program, simulator, lambda: _fill(small_disk), "The disk is full")


@pytest.mark.skipif(os.name == "nt", reason="needs limits of POSIX")
@pytest.mark.log_warnings("commit failed", "rollback failed", "could not be saved")
def test_on_a_disk_that_refuses_the_text_comes_back_with_the_reason(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    folder = program.paths.data
    _see_a_text_come_back(program, simulator, lambda: _refuse_more(folder), "The disk")

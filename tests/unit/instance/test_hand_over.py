"""Of several starts at once one opens the window, and the others bring it forward."""

from pathlib import Path

import pytest
from filelock import FileLock

from sms_desktop.instance.hand_over import InUse, hold_unless


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "profile.lock"


def never() -> bool:
    return False


def test_a_profile_that_nobody_holds_is_held_and_nobody_is_asked(file: Path) -> None:
    lock = FileLock(file)
    assert hold_unless(lambda: pytest.fail("nobody is there to be asked"), lock)
    assert lock.is_locked
    lock.release()


def test_one_that_is_still_starting_is_asked_again(file: Path) -> None:
    answers = iter([False, False, True])
    with FileLock(file):
        lock = FileLock(file)
        assert not hold_unless(lambda: next(answers), lock)
        assert not lock.is_locked


def test_one_that_ends_meanwhile_leaves_the_profile(file: Path) -> None:
    other = FileLock(file)
    other.acquire()

    def ends() -> bool:
        other.release()
        return False

    lock = FileLock(file)
    assert hold_unless(ends, lock)
    lock.release()


def test_one_that_keeps_silent_is_told_of(file: Path) -> None:
    times = iter([0.0, 1.0, 16.0])
    with FileLock(file), pytest.raises(InUse):
        hold_unless(never, FileLock(file), monotonic=lambda: next(times))

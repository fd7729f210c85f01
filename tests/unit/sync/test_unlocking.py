"""From a profile to its open store: every way in which a vault can fail, and what it leads to."""

import asyncio
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.store.connection import connect
from sms_desktop.store.database import check_key, open_database
from sms_desktop.store.errors import NewerSchema
from sms_desktop.sync.unlocking.questions import (
    Answer,
    ForThisRun,
    GoBack,
    NewPassphrase,
    NewPassphraseWanted,
    NoKeyring,
    Passphrase,
    PassphraseWanted,
    Purpose,
    Question,
    Reason,
    RecoveryKey,
    RecoveryKeyWanted,
    TryAgain,
    UsePassphrase,
    UseRecoveryKey,
    VaultShut,
)
from sms_desktop.sync.unlocking.unattended import Unlocked
from sms_desktop.vault.recovery_key import read, written
from tests.helpers.unlocking_world import NAME, World, leave_unfinished, name_kept

Wanted = TypeVar("Wanted")
OTHER_KEY = written(bytes(range(32)))


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def opened() -> Iterator[list[Unlocked]]:
    """What a test opened, to be closed after it."""
    found: list[Unlocked] = []
    yield found
    for unlocked in found:
        unlocked.store.close()


@pytest.fixture
def is_(opened: list[Unlocked]) -> Any:
    """The outcome as what it must be."""

    def is_(outcome: object, wanted: type[Wanted]) -> Wanted:
        if isinstance(outcome, Unlocked):
            opened.append(outcome)
        assert isinstance(outcome, wanted), outcome
        return outcome

    return is_


async def test_a_new_profile_and_its_next_starts_ask_nothing(world: World, is_: Any) -> None:
    key = await world.furnish()
    _, outcome = world.start()
    unlocked = is_(outcome, Unlocked)
    assert written(unlocked.key) == key
    assert not unlocked.is_new
    assert name_kept(unlocked.store) == NAME


# Locked, or silent.


async def test_a_locked_keyring_is_tried_again(world: World, is_: Any) -> None:
    await world.furnish()
    assert world.keyring
    world.keyring.is_locked = True
    unlocking, outcome = world.start()
    assert is_(outcome, VaultShut).is_locked
    assert is_(unlocking.answer(TryAgain()), VaultShut).has_messages
    world.keyring.is_locked = False
    assert name_kept(is_(unlocking.answer(TryAgain()), Unlocked).store) == NAME


async def test_a_keyring_that_stays_locked_gives_way_to_the_recovery_key(
    world: World, is_: Any
) -> None:
    key = await world.furnish()
    assert world.keyring
    kept = dict(world.keyring.values)
    world.keyring.is_silent = True
    unlocking, outcome = world.start()
    assert not is_(outcome, VaultShut).is_locked
    assert is_(unlocking.answer(UseRecoveryKey()), RecoveryKeyWanted).can_go_back
    assert unlocking.answer(GoBack()) == outcome
    is_(unlocking.answer(UseRecoveryKey()), RecoveryKeyWanted)
    asked = is_(unlocking.answer(RecoveryKey(key)), NewPassphraseWanted)
    assert asked.purpose is Purpose.RECOVERED
    unlocked = is_(unlocking.answer(NewPassphrase("a passphrase of mine")), Unlocked)
    assert name_kept(unlocked.store) == NAME
    assert unlocked.vault.name == "file"
    assert world.keyring.values == kept
    assert stat.S_IMODE(world.place.vault_file.stat().st_mode) == 0o600

    unlocking, outcome = world.start()
    is_(outcome, PassphraseWanted)
    is_(unlocking.answer(Passphrase("a passphrase of mine")), Unlocked)


async def test_a_new_passphrase_never_makes_a_key_beside_the_messages(
    world: World, is_: Any
) -> None:
    await world.furnish()
    assert world.keyring
    world.keyring.is_locked = True
    unlocking, _ = world.start()
    is_(unlocking.answer(UsePassphrase()), NewPassphraseWanted)
    is_(unlocking.answer(NewPassphrase("open sesame")), VaultShut)
    assert not world.place.vault_file.exists()


# Gone, emptied, changed.


async def test_an_emptied_keyring_never_makes_a_key_beside_the_messages(
    world: World, is_: Any
) -> None:
    key = await world.furnish()
    assert world.keyring
    world.keyring.values.clear()
    unlocking, outcome = world.start()
    assert is_(outcome, RecoveryKeyWanted).reason is Reason.NOT_KEPT
    assert world.keyring.values == {}
    # No answer that belongs to another question makes one either.
    for answer in (TryAgain(), ForThisRun(), NewPassphrase("short-cut to nothing")):
        assert is_(unlocking.answer(answer), RecoveryKeyWanted).reason is Reason.NOT_KEPT
    assert not world.place.vault_file.exists()
    unlocked = is_(unlocking.answer(RecoveryKey(key.lower().replace("0", "o"))), Unlocked)
    assert name_kept(unlocked.store) == NAME
    assert unlocked.vault is world.keyring
    is_(world.start()[1], Unlocked)


async def test_a_mistyped_or_foreign_recovery_key_is_told_apart(world: World, is_: Any) -> None:
    key = await world.furnish()
    assert world.keyring
    world.keyring.values.clear()
    unlocking, _ = world.start()
    mistyped = is_(unlocking.answer(RecoveryKey(key[:-1])), RecoveryKeyWanted)
    assert mistyped.complaint == "Line 4 has 15 letters and digits; it should have 16."
    foreign = is_(unlocking.answer(RecoveryKey(OTHER_KEY)), RecoveryKeyWanted)
    assert "not the one of these messages" in foreign.complaint
    assert world.keyring.values == {}
    is_(unlocking.answer(RecoveryKey(key)), Unlocked)


async def test_trying_foreign_keys_leaves_every_byte_as_it_was(world: World, is_: Any) -> None:
    key = await world.furnish()
    leave_unfinished(world.place.database, read(key))
    assert world.keyring
    world.keyring.values.clear()
    wal = world.folder / "messages.db-wal"
    before = (world.place.database.read_bytes(), wal.read_bytes())
    assert before[1]
    unlocking, _ = world.start()
    is_(unlocking.answer(RecoveryKey(OTHER_KEY)), RecoveryKeyWanted)
    assert (world.place.database.read_bytes(), wal.read_bytes()) == before
    unlocked = is_(unlocking.answer(RecoveryKey(key)), Unlocked)
    db = connect(unlocked.database, unlocked.key, readonly=True)
    assert db.execute("select value from left_over").fetchall() == [("there",)]
    db.close()


async def test_without_any_keyring_the_messages_move_to_a_file(world: World, is_: Any) -> None:
    key = await world.furnish()
    world.keyring = None
    unlocking, outcome = world.start()
    assert is_(outcome, RecoveryKeyWanted).reason is Reason.NO_KEYRING
    is_(unlocking.answer(RecoveryKey(key)), NewPassphraseWanted)
    unlocked = is_(unlocking.answer(NewPassphrase("a passphrase of mine")), Unlocked)
    assert name_kept(unlocked.store) == NAME


async def test_a_keyring_that_does_not_take_the_key_gives_way_to_a_file(
    world: World, is_: Any
) -> None:
    key = await world.furnish()
    assert world.keyring
    world.keyring.values.clear()
    world.keyring.is_full = True
    unlocking, _ = world.start()
    is_(unlocking.answer(RecoveryKey(key)), NewPassphraseWanted)
    is_(unlocking.answer(NewPassphrase("a passphrase of mine")), Unlocked)


async def test_a_key_of_other_messages_is_put_aside_and_found_again(
    world: World, is_: Any, tmp_path: Path
) -> None:
    key = await world.furnish()
    here, elsewhere = world.place.database, tmp_path / "elsewhere.db"
    assert world.keyring
    world.keyring.values["database-key"] = bytes(range(32)).hex()
    open_database(elsewhere, bytes(range(32))).close()

    unlocking, outcome = world.start()
    assert is_(outcome, RecoveryKeyWanted).reason is Reason.WRONG_KEY
    is_(unlocking.answer(RecoveryKey(key)), Unlocked).store.close()
    # The other messages come back, as from a backup: their key is still known.
    here.unlink()
    elsewhere.rename(here)
    unlocked = is_(world.start()[1], Unlocked)
    assert unlocked.key == bytes(range(32))
    assert name_kept(unlocked.store) == ""


@pytest.mark.parametrize("nonsense", ["zz", "00" * 31])
async def test_nonsense_in_the_keyring_is_mended_by_the_recovery_key(
    world: World, is_: Any, nonsense: str
) -> None:
    key = await world.furnish()
    assert world.keyring
    world.keyring.values["database-key"] = nonsense
    unlocking, outcome = world.start()
    assert is_(outcome, RecoveryKeyWanted).reason is Reason.DAMAGED
    is_(unlocking.answer(RecoveryKey(key)), Unlocked)
    is_(world.start()[1], Unlocked)


# The file of secrets.


async def file_profile(world: World) -> str:
    """A profile under a passphrase, with something to lose."""
    world.keyring = None
    unlocking, _ = world.start()
    unlocking.answer(UsePassphrase())
    unlocked = unlocking.answer(NewPassphrase("open sesame"))
    assert isinstance(unlocked, Unlocked)
    unlocked.vault.set("account-1", "secret of the account")
    unlocked.store.close()
    return written(unlocked.key)


async def test_without_a_keyring_a_passphrase_is_chosen_once(world: World, is_: Any) -> None:
    world.keyring = None
    unlocking, outcome = world.start()
    is_(outcome, NoKeyring)
    asked = is_(unlocking.answer(UsePassphrase()), NewPassphraseWanted)
    assert (asked.purpose, asked.can_go_back) == (Purpose.FIRST, True)
    assert unlocking.answer(GoBack()) == outcome
    is_(unlocking.answer(UsePassphrase()), NewPassphraseWanted)
    unlocked = is_(unlocking.answer(NewPassphrase("open sesame")), Unlocked)
    assert unlocked.is_new
    assert unlocked.vault.name == "file"


async def test_a_wrong_passphrase_says_so_and_is_asked_again(world: World, is_: Any) -> None:
    await file_profile(world)
    unlocking, outcome = world.start()
    assert is_(outcome, PassphraseWanted).complaint == ""
    wrong = is_(unlocking.answer(Passphrase("open barley")), PassphraseWanted)
    assert "does not open" in wrong.complaint
    unlocked = is_(unlocking.answer(Passphrase("open sesame")), Unlocked)
    assert unlocked.vault.get("account-1") == "secret of the account"


async def test_a_forgotten_passphrase_is_replaced_and_the_old_file_kept(
    world: World, is_: Any
) -> None:
    key = await file_profile(world)
    sealed = world.place.vault_file.read_bytes()
    unlocking, _ = world.start()
    assert is_(unlocking.answer(UseRecoveryKey()), RecoveryKeyWanted).reason is Reason.CHOSEN
    is_(unlocking.answer(RecoveryKey(key)), NewPassphraseWanted)
    unlocked = is_(unlocking.answer(NewPassphrase("a new passphrase")), Unlocked)
    assert unlocked.vault.get("account-1") is None
    assert [file.read_bytes() for file in world.old_files()] == [sealed]


async def test_a_damaged_file_leads_to_the_recovery_key(world: World, is_: Any) -> None:
    key = await file_profile(world)
    world.place.vault_file.write_bytes(b"\0" * 300)
    unlocking, _ = world.start()
    asked = is_(unlocking.answer(Passphrase("open sesame")), RecoveryKeyWanted)
    assert asked.reason is Reason.DAMAGED
    is_(unlocking.answer(RecoveryKey(key)), NewPassphraseWanted)
    is_(unlocking.answer(NewPassphrase("open sesame")), Unlocked)
    assert [file.read_bytes() for file in world.old_files()] == [b"\0" * 300]


async def test_a_damaged_file_without_messages_begins_anew(world: World, is_: Any) -> None:
    world.place.vault_file.write_bytes(b"")
    unlocking, outcome = world.start()
    assert not is_(outcome, PassphraseWanted).has_messages
    asked = is_(unlocking.answer(Passphrase("open sesame")), NewPassphraseWanted)
    assert asked.purpose is Purpose.AFRESH
    assert is_(unlocking.answer(NewPassphrase("open sesame")), Unlocked).is_new


async def test_a_file_that_cannot_be_written_says_so(world: World, is_: Any) -> None:
    world.keyring = None
    world.place.vault_file.with_suffix(".lock").mkdir()
    unlocking, _ = world.start()
    unlocking.answer(UsePassphrase())
    asked = is_(unlocking.answer(NewPassphrase("open sesame")), NewPassphraseWanted)
    assert "cannot be used" in asked.complaint
    assert not world.place.database.exists()


# For this run only.


async def test_for_one_run_nothing_lands_in_the_profile(world: World, is_: Any) -> None:
    world.keyring = None
    unlocking, _ = world.start()
    unlocked = is_(unlocking.answer(ForThisRun()), Unlocked)
    assert unlocked.vault.name == "memory"
    assert unlocked.database.parent == world.temporary
    assert unlocked.is_new
    assert not world.place.database.exists()
    assert not world.place.vault_file.exists()


async def test_an_empty_file_of_a_start_that_was_cut_off_counts_as_new(
    world: World, is_: Any
) -> None:
    world.place.database.touch()
    assert is_(world.start()[1], Unlocked).is_new


async def test_what_no_answer_can_mend_is_raised(world: World) -> None:
    key = await world.furnish()
    db = connect(world.place.database, read(key), readonly=False)
    db.pragma("user_version", 9999)
    db.close()
    with pytest.raises(NewerSchema):
        world.start()


async def test_every_question_has_a_sentence_for_where_nobody_can_be_asked(
    world: World, is_: Any
) -> None:
    await world.furnish()
    world.keyring = None
    question: Question = is_(world.start()[1], RecoveryKeyWanted)
    assert isinstance(question.cause, SmsDesktopError)
    assert question.cause.text()


def test_no_answer_shows_its_secret() -> None:
    for answer in (Passphrase("sesame"), NewPassphrase("sesame"), RecoveryKey("sesame")):
        assert "sesame" not in repr(answer)


# Whatever is answered.

KINDS = st.sampled_from(
    ["try", "back", "use key", "use passphrase", "run", "right", "wrong", "new", "key", "other key"]
)
MISHAPS = st.sampled_from(["lock", "silence", "wipe", "other", "nonsense", "gone", "full"])


def answer_of(kind: str, key: str) -> Answer:
    return {
        "try": TryAgain(),
        "back": GoBack(),
        "use key": UseRecoveryKey(),
        "use passphrase": UsePassphrase(),
        "run": ForThisRun(),
        "right": Passphrase("open sesame"),
        "wrong": Passphrase("open barley"),
        "new": NewPassphrase("open sesame"),
        "key": RecoveryKey(key),
        "other key": RecoveryKey(OTHER_KEY),
    }[kind]


def befall(world: World, mishap: str) -> None:
    keyring = world.keyring
    assert keyring is not None
    match mishap:
        case "lock":
            keyring.is_locked = True
        case "silence":
            keyring.is_silent = True
        case "wipe":
            keyring.values.clear()
        case "other":
            keyring.values["database-key"] = bytes(range(32)).hex()
        case "nonsense":
            keyring.values["database-key"] = "nonsense"
        case "full":
            keyring.values.clear()
            keyring.is_full = True
        case _:
            world.keyring = None


@settings(max_examples=25)
@given(MISHAPS, st.lists(KINDS, max_size=8))
def test_whatever_is_answered_the_recovery_key_opens_the_messages_in_the_end(
    mishap: str, kinds: list[str]
) -> None:
    with TemporaryDirectory() as folder:
        world = World(Path(folder))
        key = asyncio.run(world.furnish())
        befall(world, mishap)
        before = world.place.database.read_bytes()
        unlocking, outcome = world.start()
        for kind in kinds:
            if isinstance(outcome, Unlocked):
                break
            outcome = unlocking.answer(answer_of(kind, key))
        if isinstance(outcome, Unlocked):
            # It opened, so it opened these messages: by no other way can there be another store.
            assert name_kept(outcome.store) == NAME
            outcome.store.close()
        else:
            assert world.place.database.read_bytes() == before
        check_key(world.place.database, read(key))

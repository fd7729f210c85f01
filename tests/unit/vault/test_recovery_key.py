"""The printable recovery key: exact, forgiving about looks, and strict about mistakes."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sms_desktop.vault.errors import RecoveryKeyMistyped
from sms_desktop.vault.recovery_key import LineState, lines_in, read, state_of, written

KEY = bytes(range(100, 132))
keys = st.binary(min_size=32, max_size=32)
places = st.tuples(st.integers(0, 3), st.integers(0, 15))
symbols = st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def bare_lines(key: bytes) -> list[str]:
    return [line.replace(" ", "") for line in written(key).splitlines()]


def changed(lines: list[str], at: tuple[int, int], to: str) -> str:
    row, column = at
    line = lines[row]
    return "\n".join(
        [*lines[:row], line[:column] + to + line[column + len(to) :], *lines[row + 1 :]]
    )


@given(keys)
def test_it_is_four_lines_of_four_groups_that_nobody_confuses(key: bytes) -> None:
    assert re.fullmatch(r"(([0-9A-HJKMNP-TV-Z]{4} ){3}[0-9A-HJKMNP-TV-Z]{4}\n?){4}", written(key))


@given(keys)
def test_what_was_written_is_read(key: bytes) -> None:
    assert read(written(key)) == key


@given(keys, st.data())
def test_looks_do_not_matter(key: bytes, data: st.DataObject) -> None:
    looks = {"0": "0Oo", "1": "1IiLl", "V": "VvUu"}
    blank = st.sampled_from(["", "", "", " ", "-", "\t", " – ", ".", "\u00a0"])
    typed = "".join(
        data.draw(st.sampled_from(looks.get(symbol, symbol + symbol.lower()))) + data.draw(blank)
        for symbol in "".join(bare_lines(key))
    )
    assert read(typed) == key
    fullwidth = typed.translate({n: n + 0xFEE0 for n in range(0x30, 0x7B) if chr(n).isalnum()})
    assert read(fullwidth) == key


@given(keys, places, symbols)
def test_a_wrong_symbol_is_found_in_its_line(key: bytes, at: tuple[int, int], to: str) -> None:
    lines = bare_lines(key)
    assume(lines[at[0]][at[1]] != to)
    with pytest.raises(RecoveryKeyMistyped) as caught:
        read(changed(lines, at, to))
    assert (
        caught.value.text() == f"There is a mistake in line {at[0] + 1}. Compare it with your copy."
    )


@given(keys, st.tuples(st.integers(0, 3), st.integers(0, 14)))
def test_swapped_neighbours_are_found(key: bytes, at: tuple[int, int]) -> None:
    lines = bare_lines(key)
    one, other = lines[at[0]][at[1] : at[1] + 2]
    assume(one != other)
    with pytest.raises(RecoveryKeyMistyped, match=f"line {at[0] + 1}"):
        read(changed(lines, at, other + one))


@given(keys, st.permutations(range(4)))
def test_swapped_lines_are_found(key: bytes, order: list[int]) -> None:
    lines = bare_lines(key)
    # Eight bytes that occur twice in a random key do not happen; in hypothesis' keys they do.
    assume(order != [0, 1, 2, 3] and len({line[:12] for line in lines}) == 4)
    with pytest.raises(RecoveryKeyMistyped, match="mistake in line"):
        read("\n".join(lines[at] for at in order))


@given(keys, places)
def test_a_missing_symbol_is_found_in_its_line_and_shifts_no_other(
    key: bytes, at: tuple[int, int]
) -> None:
    lines = bare_lines(key)
    row, column = at
    lines[row] = lines[row][:column] + lines[row][column + 1 :]
    with pytest.raises(RecoveryKeyMistyped) as caught:
        read("\n".join(lines))
    assert caught.value.text() == f"Line {row + 1} has 15 letters and digits; it should have 16."


@given(st.text())
def test_anything_else_is_a_sentence(text: str) -> None:
    with pytest.raises(RecoveryKeyMistyped):
        read(text)


@given(keys)
def test_the_whole_note_can_be_pasted(key: bytes) -> None:
    lines = "\n    ".join(written(key).splitlines())
    note = f"SMS Desktop: recovery key\nkeep this note safe\n\n    {lines}\n\nWhoever has this\ncan"
    assert read(note) == key
    assert read(note.replace("\n", "\r\n")) == key
    assert read("> " + note.replace("\n", "\n> ")) == key


def test_what_is_missing_or_too_much_is_said() -> None:
    lines = written(KEY).splitlines()
    for text, words in (
        (" \n", "Type the recovery key"),
        ("\n".join(lines[:3]), "Line 4 is missing"),
        (written(KEY) + "7", "Line 4 has 17"),
        ("".join(bare_lines(KEY)) + "7777", "more than a recovery key has"),
        (written(KEY).replace("C", "É", 1), "mistake in line"),
    ):
        with pytest.raises(RecoveryKeyMistyped, match=words):
            read(text)


def test_several_wrong_lines_are_named_together() -> None:
    lines = bare_lines(KEY)
    wrong = [line[:-1] + ("2" if line[-1] != "2" else "3") for line in lines]
    with pytest.raises(RecoveryKeyMistyped, match="in lines 1, 3 and 4"):
        read("\n".join([wrong[0], lines[1], wrong[2], wrong[3]]))


def test_a_line_is_judged_while_it_is_typed() -> None:
    line = written(KEY).splitlines()[1]
    assert state_of(1, "") is LineState.EMPTY
    assert state_of(1, line[:7].lower()) is LineState.SHORT
    assert state_of(1, line) is LineState.GOOD
    assert state_of(2, line) is LineState.WRONG
    assert state_of(1, line + "0") is LineState.WRONG
    assert state_of(1, "§ü") is LineState.WRONG


def test_lines_are_shown_in_groups() -> None:
    assert lines_in("".join(bare_lines(KEY)).lower()) == written(KEY).splitlines()
    assert lines_in("abcde") == ["ABCD E"]
    assert lines_in("") == []


def test_the_sentence_never_holds_what_was_typed() -> None:
    with pytest.raises(RecoveryKeyMistyped) as caught:
        read(written(KEY)[:-1])
    assert not set(written(KEY).split()) & set(caught.value.text().split())

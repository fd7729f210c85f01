from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.ui.models.row_diff import Insertion, Removal, edits

ids = st.lists(st.integers(0, 30), unique=True, max_size=20)


@given(ids, ids)
def test_the_steps_turn_one_list_into_the_other(old: list[int], new: list[int]) -> None:
    rows = list(old)
    for step in edits(old, new):
        if isinstance(step, Insertion):
            rows[step.first : step.first] = new[step.first : step.last + 1]
        else:
            del rows[step.first : step.last + 1]
    assert rows == new


def test_a_row_at_the_end_is_one_step_and_nothing_else_moves() -> None:
    assert edits([1, 2, 3], [1, 2, 3, 4]) == [Insertion(3, 3)]


def test_neighbours_go_and_come_together() -> None:
    assert edits([1, 2, 3, 4], [1, 4, 5, 6]) == [Removal(1, 2), Insertion(2, 3)]


def test_equal_lists_need_no_step() -> None:
    assert edits([1, 2], [1, 2]) == []

"""The few insertions and removals that turn one list of identities into another. No Qt."""

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple


class Removal(NamedTuple):
    """Take out the rows ``first`` to ``last``, both included."""

    first: int
    last: int


class Insertion(NamedTuple):
    """Put in what the new list has from ``first`` to ``last``, at the same places."""

    first: int
    last: int


def edits(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Removal | Insertion]:
    """Steps to be taken one after the other: first removals from the end, then insertions.

    What stands in both lists in the same order stays; what changed its place is taken out and put in.
    """
    if list(old) == list(new):
        return []
    kept = _kept(old, new)
    removals = [i for i, one in enumerate(old) if one not in kept]
    insertions = [i for i, one in enumerate(new) if one not in kept]
    steps: list[Removal | Insertion] = [Removal(a, b) for a, b in reversed(list(_runs(removals)))]
    steps.extend(Insertion(a, b) for a, b in _runs(insertions))
    return steps


def _kept(old: Sequence[Hashable], new: Sequence[Hashable]) -> set[Hashable]:
    """The longest part of the old list that the new one has in the same order."""
    places = {one: i for i, one in enumerate(new)}
    common = [one for one in old if one in places]
    order = [places[one] for one in common]
    if all(a < b for a, b in pairwise(order)):
        return set(common)
    ends: list[int] = []
    chains: list[list[Hashable]] = []
    for one, place in zip(common, order, strict=True):
        at = bisect_left(ends, place)
        chain = [*chains[at - 1], one] if at else [one]
        ends[at : at + 1] = [place]
        chains[at : at + 1] = [chain]
    return set(chains[-1])


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = -2
    for place in places:
        if place != last + 1:
            if last >= 0:
                yield first, last
            first = place
        last = place
    if last >= 0:
        yield first, last

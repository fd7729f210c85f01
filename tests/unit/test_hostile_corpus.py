"""A short campaign of hostile bytes, and again all those that once led somewhere new.

The long one: ``python -m tests.fuzz --count 1000000``.
"""

import itertools
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.campaign import Account, bodies, kept, run
from tests.fuzz.mutation import Mutator
from tests.fuzz.receiving import receive
from tests.fuzz.targets import BY_NAME, HOSTILE, NOTIFICATION, Target

TARGETS = [pytest.param(target, id=name) for name, target in BY_NAME.items()]


@pytest.mark.parametrize("target", TARGETS)
def test_the_corpus_does_no_harm(target: Target) -> None:
    corpus = kept(target)
    assert corpus
    for body in corpus:
        target.outcome(body)


@pytest.mark.parametrize("target", TARGETS)
def test_neither_do_some_new_ones(target: Target) -> None:
    account = run(target, seed=5, count=150)
    assert not account.failures, account.failures[0][1]
    assert len(account.outcomes) > 1


def test_every_file_of_the_corpus_is_somebodys() -> None:
    assert {file.stem for file in HOSTILE.glob("*.txt")} == set(BY_NAME)


async def test_all_of_them_are_taken_over_http_and_kept(tmp_path: Path) -> None:
    account = Account()
    new = bodies(NOTIFICATION, 5, account, 100)
    corpus = kept(NOTIFICATION)
    statuses, wrong = await receive(tmp_path, itertools.chain(corpus, new))
    assert not account.failures
    assert not wrong
    assert statuses == {200: len(corpus) + 100}


def test_what_does_harm_is_found() -> None:
    def stumbles(body: bytes) -> object:
        return None if b"SM" in body else {}["SM"]  # type: ignore[var-annotated]

    account = run(Target("stumbling", stumbles, ("notification",)), seed=1, count=200)
    assert account.failures
    assert "KeyError" in account.failures[0][1]


def test_the_same_seed_makes_the_same_bytes() -> None:
    def made(seed: int) -> list[bytes]:
        mutator = Mutator(NOTIFICATION.samples(), Random(seed))
        return [mutator.next() for _ in range(50)]

    assert made(1) == made(1) != made(2)

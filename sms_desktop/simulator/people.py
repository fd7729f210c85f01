"""Scripted people: what somebody at the other end answers to a text."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.phone_line import Person

Rule = tuple[re.Pattern[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ScriptedPerson:
    """A person, and how this one answers: a word of the text leads to some answers, else any other.

    Without any answers the person never writes back.
    """

    person: Person
    rules: tuple[Rule, ...] = ()
    otherwise: tuple[str, ...] = ()


def rule(pattern: str, *answers: str) -> Rule:
    """Answers to a text in which a pattern is found, whatever its case."""
    return re.compile(pattern, re.IGNORECASE), answers


COMMON: Final = (
    rule(
        r"\b(thanks|thank you|cheers|merci|danke)\b",
        "You're welcome! 😊",
        "Any time 👍",
        "No problem",
    ),
    rule(r"\b(sorry|apolog)", "No worries at all", "It's fine, these things happen"),
    rule(r"\b(bye|see you|good night)\b", "See you!", "Bye 👋", "Take care"),
    rule(r"https?://", "Thanks, I'll have a look", "Got the link, opening it now"),
)
"""What anybody may answer."""


class People:
    """Everybody whose phone can be used, by number; no one gives the same answer twice in a row."""

    def __init__(self, scripted: Sequence[ScriptedPerson], rng: random.Random) -> None:
        self._scripted = {one.person.number: one for one in scripted}
        self._rng = rng
        self._last: dict[Address, str] = {}

    def all(self) -> list[Person]:
        """Everybody, in the order of the script."""
        return [one.person for one in self._scripted.values()]

    def answer(self, number: Address, text: str) -> str | None:
        """What the person answers; ``None`` where nobody answers."""
        scripted = self._scripted.get(number)
        if scripted is None:
            return None
        answers = _fitting(scripted, text)
        fresh = [a for a in answers if a != self._last.get(number)] or list(answers)
        if not fresh:
            return None
        self._last[number] = self._rng.choice(fresh)
        return self._last[number]


def _fitting(scripted: ScriptedPerson, text: str) -> tuple[str, ...]:
    if not scripted.otherwise:
        return ()
    for pattern, answers in (*scripted.rules, *COMMON):
        if pattern.search(text):
            return answers
    return scripted.otherwise

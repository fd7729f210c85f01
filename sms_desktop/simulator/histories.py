"""The demo's past: short threads line by line, two long ones out of many small talks."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sms_desktop.domain.address import Address
from sms_desktop.simulator import demo_people
from sms_desktop.simulator.demo_talks import ALERT_TALKS, FILLINGS, SHOP_TALKS, Talk

MINUTE_MS = 60_000
_SUPPORT, _ON_CALL, _CAMPAIGN = range(3)


@dataclass(frozen=True, slots=True)
class Line:
    """One text of the past.

    ``own_index``: which own number; ``ours``: sent from it; ``new``: no device has read it yet;
    ``only_accepted``: sent, with no word from the handset.
    """

    person: Address
    own_index: int
    ours: bool
    text: str
    at_ms: int
    new: bool = False
    only_accepted: bool = False


def histories(now_ms: int) -> Iterator[Line]:
    """Every line, thread by thread; the newest is a minute old."""
    yield from _long_thread(demo_people.MARIA, _SUPPORT, SHOP_TALKS, 55, 300, now_ms)
    yield from _long_thread(demo_people.DEV_LAB, _ON_CALL, ALERT_TALKS, 75, 420, now_ms)
    yield from _support(_Past(now_ms))
    yield from _on_call(_Past(now_ms))


class _Past:
    """Times relative to now, in the time zone of this machine."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms
        self._today = datetime.fromtimestamp(now_ms / 1000).astimezone()

    def minutes(self, ago: float) -> int:
        """So many minutes before now."""
        return int(self._now_ms - ago * MINUTE_MS)

    def day(self, ago: int, hour: int, minute: int) -> int:
        """A time of day, at least one day ago."""
        then = (self._today - timedelta(days=ago)).replace(hour=hour, minute=minute, second=7)
        return int(then.timestamp() * 1000)


def _support(past: _Past) -> Iterator[Line]:
    maria = demo_people.MARIA
    yield Line(
        maria,
        0,
        False,
        "Hello! I ordered the oak shelf last week, any news on delivery?",
        past.day(2, 16, 2),
    )
    tracking = "Hi Maria, it left the workshop this morning. Tracking: https://ship.example/7Q2"
    yield Line(maria, 0, True, tracking, past.day(2, 16, 10))
    yield Line(maria, 0, True, "Should be with you on Monday.", past.day(2, 16, 10) + 20_000)
    yield Line(maria, 0, False, "Great 🎉 could you come at 4 instead of 2?", past.minutes(13))
    come = "Yes, 4 pm works. The driver will text you 20 minutes before."
    yield Line(maria, 0, True, come, past.minutes(12), only_accepted=True)
    yield Line(maria, 0, False, "Perfect, see you at 4 then 👋", past.minutes(1), new=True)

    stranger = demo_people.STRANGER
    yield Line(stranger, 0, False, "hi", past.minutes(7), new=True)
    yield Line(
        stranger, 0, False, "saw your ad on the board at the library", past.minutes(6), new=True
    )
    yield Line(
        stranger, 0, False, "hi :) is the blue one still available?", past.minutes(5), new=True
    )

    codes = demo_people.CODES
    yield Line(
        codes, 0, False, "Your code is 902 117. It expires in 10 minutes.", past.day(9, 9, 41)
    )
    yield Line(
        codes, 0, False, "Your code is 418 220. It expires in 10 minutes.", past.day(2, 8, 15)
    )

    aicha = demo_people.AICHA
    yield Line(aicha, 0, False, "Bonjour, est-ce que ma commande est prête ?", past.day(3, 17, 30))
    yield Line(aicha, 0, True, "Bonjour Aïcha, elle sera prête vendredi.", past.day(3, 17, 44))
    yield Line(aicha, 0, False, "Merci beaucoup ! Je passe quand ?", past.day(2, 10, 5))
    yield Line(
        aicha,
        0,
        True,
        "Votre commande 1182 est prête. Nous sommes ouverts jusqu’à 18 h.",
        past.day(2, 10, 21),
    )

    lena = demo_people.LENA
    yield Line(
        lena,
        0,
        True,
        "Lena, your autumn voucher is here: 15 % off until Sunday. Reply STOP to end.",
        past.day(4, 11, 0),
    )
    yield Line(lena, 0, False, "STOP", past.day(4, 11, 3))


def _on_call(past: _Past) -> Iterator[Line]:
    lab = demo_people.DEV_LAB
    yield Line(lab, 1, False, "ALERT checkout-api: 5xx rate 4.2 % for 5 minutes", past.minutes(104))
    yield Line(lab, 1, True, "ack, looking", past.minutes(101))
    yield Line(
        lab, 1, False, "Started with build 2231, 40 % of the nodes have it", past.minutes(96)
    )
    yield Line(lab, 1, True, "thanks, that fits the timeouts I see", past.minutes(93))
    yield Line(lab, 1, False, "Shall we stop the rollout?", past.minutes(88))

    jonas = demo_people.JONAS
    yield Line(jonas, 1, False, "Morning! Did the new contract reach you?", past.day(1, 9, 12))
    yield Line(
        jonas, 1, True, "Yes, reading it today. Page 4 looks odd, more later.", past.day(1, 9, 40)
    )
    yield Line(
        jonas,
        1,
        False,
        "Can you call me when you have five minutes? It's about page 4.",
        past.minutes(166),
        new=True,
    )

    noah = demo_people.NOAH
    yield Line(
        noah, 1, False, "Hey, who has the key for the server room this week?", past.day(3, 14, 2)
    )
    yield Line(noah, 1, False, "The tape change is due on Tuesday", past.day(3, 14, 3))
    yield Line(noah, 1, True, "I'll check and get back to you", past.day(3, 14, 20))


def _long_thread(
    person: Address, own_index: int, talks: tuple[Talk, ...], count: int, days: int, now_ms: int
) -> Iterator[Line]:
    """``count`` talks spread over ``days``, the last of them five days ago; the same in every run."""
    rng = random.Random(person)
    past = _Past(now_ms)
    ages = sorted((rng.randint(5, days) for _ in range(count)), reverse=True)
    for number, age in enumerate(ages):
        at_ms = past.day(age, rng.randint(8, 19), rng.randint(0, 59))
        filling = {name: rng.choice(choices) for name, choices in FILLINGS.items()}
        for text in talks[number % len(talks)]:
            ours = text.startswith("> ")
            yield Line(person, own_index, ours, text.removeprefix("> ").format(**filling), at_ms)
            at_ms += rng.randint(20, 900) * 1000

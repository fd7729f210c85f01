"""What the demo starts with is what the design pictures show."""

import re

import pytest

from sms_desktop.domain.segments import Encoding, count
from sms_desktop.simulator.demo_people import CODES, DEV_LAB, JONAS, LENA, MARIA, STRANGER
from sms_desktop.simulator.histories import histories
from sms_desktop.simulator.people import People
from sms_desktop.simulator.seed import CAST, DEMO_NUMBERS, DEMO_PEOPLE
from sms_desktop.simulator.surroundings import Surroundings
from tests.helpers.kandy_session import KandySession, kandy_session

NOW_MS = 1_795_378_392_000
NUMBERS = [label.number for label in DEMO_NUMBERS]
ORDER = [
    "Maria Rossi",
    "",
    "Dev Lab on-call",
    "Jonas Keller",
    "Aïcha Saïd",
    "72345",
    "Noah Brand",
    "Lena Wolf",
]


async def threads_of(kandy: KandySession) -> list[dict[str, object]]:
    answer = await kandy.sms("GET", "/remoteAddresses")
    threads: list[dict[str, object]] = answer.json()["smsThreadList"]["smsThread"]
    return threads


async def test_the_threads_and_their_news() -> None:
    names = {person.number: person.name for person in DEMO_PEOPLE}
    async with kandy_session("demo", numbers=NUMBERS) as kandy:
        threads = await threads_of(kandy)
        assert [names[t["remoteAddress"]] or "" for t in threads] == [
            "" if name == "72345" else name for name in ORDER
        ]
        news = {t["remoteAddress"]: t["threadDetails"]["new"] for t in threads}
        assert {remote: new for remote, new in news.items() if new} == {
            MARIA: 1,
            STRANGER: 3,
            JONAS: 1,
        }
        on_call = {t["remoteAddress"] for t in threads if t["localAddress"] == NUMBERS[1]}
        assert {DEV_LAB, JONAS} < on_call
        assert threads[0]["threadDetails"]["lastText"] == "Perfect, see you at 4 then 👋"
        labels = (await kandy.control.get("/numbers")).json()
        assert [(n["name"], n["colour"], n["default"]) for n in labels] == [
            ("Support", "#7c5cfc", True),
            ("On-call", "#12a866", False),
            ("Campaign", "#e27d2f", False),
        ]


async def test_the_phones_know_the_same_past() -> None:
    async with kandy_session("demo", numbers=NUMBERS) as kandy:
        query = {"person": LENA, "own": NUMBERS[0]}
        phone = (await kandy.control.get("/phone", params=query)).json()["messages"]
        assert (phone[-1]["text"], phone[-1]["mine"]) == ("STOP", True)
        assert phone[0]["mine"] is False


async def test_a_single_own_number_gets_all_of_it() -> None:
    async with kandy_session("demo", numbers=NUMBERS[:1]) as kandy:
        assert len(await threads_of(kandy)) == len(DEMO_PEOPLE)


@pytest.mark.parametrize("hour", range(0, 24, 5))
def test_nothing_lies_in_the_future_or_is_more_than_a_trial_account_keeps(hour: int) -> None:
    now_ms = NOW_MS + hour * 3_600_000
    lines = list(histories(now_ms))
    assert max(line.at_ms for line in lines) == now_ms - 60_000
    assert len(lines) < 900
    per_person = {p: sum(line.person == p for line in lines) for p in (MARIA, DEV_LAB)}
    assert all(length > 200 for length in per_person.values()), per_person
    assert not any(re.search(r"[{}]", line.text) for line in lines)
    last_codes = [line for line in lines if line.person == CODES][-1]
    assert now_ms - last_codes.at_ms > 86_400_000


def test_a_past_is_the_same_in_every_run() -> None:
    assert list(histories(NOW_MS)) == list(histories(NOW_MS))


@pytest.mark.parametrize(
    "text", ["Thanks!", "When?", "Is it still available?", "ok", "https://ship.example/7Q2"]
)
def test_whoever_answers_at_all_answers_anything_in_a_few_segments(text: str) -> None:
    people = People(CAST, Surroundings().rng)
    for one in CAST:
        answers = [people.answer(one.person.number, text) for _ in range(8)]
        if one.otherwise:
            assert len(set(answers)) > 1
            assert all(a and count(a).segments <= 2 for a in answers)
        else:
            assert answers == [None] * 8
    assert count("Wonderful, thank you 🎉").encoding is Encoding.UNICODE

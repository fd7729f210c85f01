"""The demo's people and their words."""

from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.phone_line import Person
from sms_desktop.simulator.people import ScriptedPerson, rule

MARIA: Final = Address("+16131234567")
STRANGER: Final = Address("+12066417772")
DEV_LAB: Final = Address("+15205550117")
JONAS: Final = Address("+15205550188")
CODES: Final = Address("72345")
AICHA: Final = Address("+16135550163")
NOAH: Final = Address("+15205550129")
LENA: Final = Address("+16135550175")

CAST: Final = (
    ScriptedPerson(
        Person(MARIA, "Maria Rossi"),
        (
            rule(
                r"\b(code|gate|entrance|door)\b", "Got it, I'll tell the driver", "Thanks, noted 👍"
            ),
            rule(
                r"\b(when|time|\d ?[ap]m|\d+:\d\d)\b", "4 is perfect", "Could we say half past? 🙏"
            ),
            rule(r"\?", "Yes, that works for me", "Let me ask my husband, one moment…"),
        ),
        (
            "Wonderful, thank you 🎉",
            "Perfect!",
            "Great, talk later",
            "Ok! The shelf looks lovely btw",
        ),
    ),
    ScriptedPerson(
        Person(STRANGER, ""),
        (
            rule(
                r"\b(yes|available|still)\b",
                "great!! can I pick it up tonight?",
                "cool, how much is it",
            ),
            rule(r"\b(no|sold|gone|sorry)\b", "oh ok 😢 any other colour?", "too bad, thx anyway"),
            rule(r"[$€£]|\d", "ok deal", "hmm bit much, would you take 10 less?"),
        ),
        ("ok :)", "and does it come with the cable?", "who is this again? 😅", "can u send a pic"),
    ),
    ScriptedPerson(
        Person(DEV_LAB, "Dev Lab on-call"),
        (
            rule(
                r"\b(ack|on it|looking)\b",
                "ACK received, paging stopped",
                "Thanks, assigned to you",
            ),
            rule(
                r"\b(roll|deploy|fix|restart)",
                "Error rate back under 0.1 %",
                "Rollout paused at 40 %",
            ),
            rule(
                r"\b(status|how)\b|\?", "p99 is 480 ms, 3 of 12 nodes degraded", "Recovering slowly"
            ),
        ),
        ("Noted in the incident timeline", "Next update in 15 minutes", "Copy that"),
    ),
    ScriptedPerson(
        Person(JONAS, "Jonas Keller"),
        (
            rule(r"\b(call|ring|phone)\b", "Now is good", "In a meeting until the hour, then?"),
            rule(r"\?", "I think so, but let's talk", "Yes", "Not sure, I'll check the contract"),
        ),
        ("Ok", "Understood, thanks for the quick answer", "Good. I'm on the 17:20 train then."),
    ),
    ScriptedPerson(Person(CODES, "")),
    ScriptedPerson(
        Person(AICHA, "Aïcha Saïd"),
        (
            rule(r"\b(order|parcel|delivery)\b", "Super, merci beaucoup ! 📦", "Reçu, tout est là"),
            rule(r"\?", "Oui, avec plaisir", "Plutôt demain matin si possible ?"),
        ),
        ("Merci !", "D'accord, à bientôt", "Parfait ✨"),
    ),
    ScriptedPerson(
        Person(NOAH, "Noah Brand"),
        (
            rule(r"\b(check|look|find)", "Thanks, no rush", "Appreciate it!"),
            rule(r"\?", "Tomorrow before noon would be ideal", "Either is fine with me"),
        ),
        ("Sounds good", "👍", "Got it. I'll be at the office from 9."),
    ),
    ScriptedPerson(Person(LENA, "Lena Wolf")),
)

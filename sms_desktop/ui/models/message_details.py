"""What is known of a message as pairs of a word and its value. No widgets."""

import unicodedata
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from sms_desktop.domain import segments
from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.message import Direction, Origin
from sms_desktop.domain.message_facts import MessageFacts
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.numbers import shown_name, shown_number
from sms_desktop.ui.models.sentences import state_words


class Detail(NamedTuple):
    """One line of the sheet."""

    name: str
    value: str


def _tr(text: str) -> str:
    return QCoreApplication.translate("MessageDetails", text)


def details_of(facts: MessageFacts, remote_name: str, moments: Moments) -> list[Detail]:
    """The lines, those that say nothing left out."""
    row = facts.row
    is_inbound = row.direction is Direction.INBOUND
    other = _person(remote_name, facts.remote)
    own = shown_number(facts.local)
    pairs = [
        (_tr("From"), other if is_inbound else own),
        (_tr("To"), own if is_inbound else other),
        (_tr("State"), _state(row.state)),
        (_tr("Reason"), row.reason),
        (_tr("Came from"), _origin(row.origin)),
        *_times(facts, moments),
        (_tr("Attempts"), str(facts.attempts) if facts.attempts else ""),
        *_size(row.text),
        (_tr("Kandy’s id"), row.message_id or ""),
        (_tr("Id on this computer"), row.client_id or ""),
    ]
    return [Detail(name, value) for name, value in pairs if value]


def details_text(details: list[Detail]) -> str:
    """The lines for the clipboard."""
    return "\n".join(f"{one.name}: {one.value}" for one in details)


def _times(facts: MessageFacts, moments: Moments) -> list[tuple[str, str]]:
    def told(at_ms: int | None) -> str:
        return moments.exact(at_ms) if at_ms else ""

    clock = _tr("Kandy’s time") if facts.at_is_kandys else _tr("Time (this computer’s clock)")
    waits = facts.row.state is State.QUEUED
    return [
        (_tr("Written"), told(facts.asked_at_ms)),
        (_tr("Last attempt"), told(facts.sent_at_ms)),
        (_tr("Next attempt"), told(facts.next_attempt_at_ms) if waits else ""),
        (clock, told(facts.row.at_ms)),
        (_tr("Known here since"), told(facts.recorded_at_ms)),
    ]


def _state(state: State) -> str:
    told = {
        State.RECEIVED: _tr("received"),
        State.ACCEPTED: _tr("sent: the network has taken it (✓)"),
        State.DELIVERED: _tr("delivered: Kandy says that the handset has it (✓✓)"),
    }
    words = told.get(state) or state_words(state)
    return words[:1].upper() + words[1:]


def _origin(origin: Origin) -> str:
    return {
        Origin.THIS_DEVICE: _tr("this computer"),
        Origin.OTHER_DEVICE: _tr("another device of yours"),
        Origin.UNKNOWN: _tr("any of your devices, before this program first looked"),
    }.get(origin, "")


def _size(text: str) -> list[tuple[str, str]]:
    found = segments.count(text)
    noun = _tr("1 segment") if found.segments == 1 else _tr("{n} segments")
    size = f"{noun.format(n=found.segments)} · {found.units} / {found.capacity}"
    encoding = str(found.encoding)
    if found.offenders:
        shown = " ".join(_visible(one) for one in found.offenders[:6])
        more = " …" if len(found.offenders) > 6 else ""
        encoding = f"{encoding}, {_tr('because of')} {shown}{more}"
    return [
        (_tr("Letters"), str(len(text))),
        (_tr("Size"), size),
        (_tr("Encoding"), encoding),
    ]


def _visible(letter: str) -> str:
    """The letter with its number, which alone is left of what has no picture of its own."""
    number = f"U+{ord(letter):04X}"
    is_plain = letter.isprintable() and not letter.isspace()
    # A mark would sit on what stands before it.
    is_mark = unicodedata.category(letter).startswith("M")
    return f"{letter} ({number})" if is_plain and not is_mark else number


def _person(name: str, address: Address) -> str:
    shown = shown_number(address)
    return f"{shown_name(name, address)} ({shown})" if name.strip() else shown

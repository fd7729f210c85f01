"""Rows as one sentence each, for screen readers, and states in words. No painting."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.domain.delivery import UNKNOWABLE, State
from sms_desktop.domain.message import Direction, Origin, TimelineRow
from sms_desktop.domain.scheduling import BRIEF
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.numbers import shown_name
from sms_desktop.ui.models.texts import shown_text

_STATES: Final = {
    State.SCHEDULED: QT_TRANSLATE_NOOP("Sentences", "scheduled"),
    State.QUEUED: QT_TRANSLATE_NOOP("Sentences", "waiting to be sent"),
    State.SENDING: QT_TRANSLATE_NOOP("Sentences", "being sent"),
    State.UNCONFIRMED: QT_TRANSLATE_NOOP(
        "Sentences", "not known whether it was sent, being checked"
    ),
    State.NOT_SENT: QT_TRANSLATE_NOOP("Sentences", "not sent"),
    State.REFUSED: QT_TRANSLATE_NOOP("Sentences", "refused"),
    State.ACCEPTED: QT_TRANSLATE_NOOP("Sentences", "sent"),
    State.DELIVERED: QT_TRANSLATE_NOOP("Sentences", "delivered"),
    State.IMPOSSIBLE: QT_TRANSLATE_NOOP("Sentences", "could not be delivered"),
    State.RECEIVED: "",
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sentences", text)


def state_words(state: State) -> str:
    """A state in lower-case words; empty for an inbound message."""
    words = str(_STATES[state])
    return _tr(words) if words else ""


def message_sentence(row: TimelineRow, name: str, moments: Moments, told: str = "") -> str:
    """Who, text, time, state: "Maria Rossi: See you at 4. Today 14:32." ``told`` is said last."""
    if row.direction is Direction.INBOUND:
        who = name
    elif row.origin is Origin.OTHER_DEVICE:
        who = _tr("You, from another device")
    else:
        who = _tr("You")
    is_ahead = row.state is State.SCHEDULED
    when = moments.ahead(row.at_ms) if is_ahead else moments.spoken(row.at_ms)
    parts = [f"{who}: {_one_line(row.text)}", when]
    words = state_words(row.state)
    if row.reason == UNKNOWABLE:
        parts.append(row.reason)
    elif words:
        words = words[:1].upper() + words[1:]
        has_reason = row.reason and row.reason != BRIEF
        parts.append(f"{words}: {row.reason}" if has_reason else words)
    return _joined([*parts, told])


def thread_sentence(
    row: ConversationRow, number_name: str, moments: Moments, *, is_deaf: bool = False
) -> str:
    """Name, unread count, last message, time, state, and the own number it belongs to."""
    parts = [shown_name(row.remote_name, row.remote), *flag_words(row, moments)]
    if row.unread:
        parts.append(unread_words(row.unread))
    elif row.is_unread:
        parts.append(_tr("Marked unread"))
    if row.draft:
        parts.append(_tr("Draft: {text}").format(text=_one_line(row.draft)))
    elif row.last_text:
        parts.append(_one_line(last_line(row)))
        parts.append(moments.spoken(row.last_at_ms))
        if row.last_state is not None and (words := state_words(row.last_state)):
            parts.append(words[:1].upper() + words[1:])
    if is_deaf:
        whose = number_name or _tr("Its own number")
        parts.append(_tr("{number} does not receive").format(number=whose))
    elif number_name:
        parts.append(_tr("On {number}").format(number=number_name))
    return _joined(parts)


def flag_words(row: ConversationRow, moments: Moments | None = None) -> list[str]:
    """What the person made of a conversation, each in words of its own; until when with ``moments``."""
    flags = row.flags
    words = [
        (flags.is_pinned, _tr("Pinned")),
        (flags.is_muted, _tr("Muted")),
        (flags.is_archived, _tr("Archived")),
        (flags.is_blocked, _tr("Blocked")),
    ]
    said = [word for is_so, word in words if is_so]
    if flags.snoozed_until_ms and moments is None:
        said.append(_tr("Snoozed"))
    elif flags.snoozed_until_ms and moments is not None:
        said.append(_tr("Snoozed until {time}").format(time=moments.ahead(flags.snoozed_until_ms)))
    return said


def unread_words(count: int) -> str:
    """How many messages nobody has looked at."""
    return _tr("1 unread message") if count == 1 else _tr("{n} unread messages").format(n=count)


def last_line(row: ConversationRow) -> str:
    """The newest message with who wrote it; the arrow for another device is the painter's."""
    if row.last_direction is not Direction.OUTBOUND:
        return row.last_text
    if row.last_origin is Origin.OTHER_DEVICE:
        return _tr("Sent from another device: {text}").format(text=row.last_text)
    return _tr("You: {text}").format(text=row.last_text)


def _one_line(text: str) -> str:
    return " ".join(shown_text(text).split())


def _joined(parts: list[str]) -> str:
    return " ".join(part if part[-1:] in ".!?…" else f"{part}." for part in parts if part)

"""The line under a bubble that went wrong: what happened, and what can be done about it."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from sms_desktop.domain.delivery import State
from sms_desktop.domain.message import TimelineRow


class NoteAction(Enum):
    """What a click in a note asks for."""

    RETRY = "retry"
    CHECK = "check"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence, the palette role of its colour, and the words to click."""

    text: str
    role: str
    actions: tuple[tuple[str, NoteAction], ...] = ()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Notes", text)


def note_for(row: TimelineRow) -> Note | None:
    """The note of a row; most have none."""
    retry = (_tr("Send again"), NoteAction.RETRY)
    discard = (_tr("Discard"), NoteAction.DISCARD)
    if row.state is State.UNCONFIRMED:
        told = _tr("Connection dropped while sending. Checking with Kandy whether it went…")
        return Note(told, "warning", ((_tr("Check now"), NoteAction.CHECK),))
    if row.state is State.NOT_SENT:
        question = (_tr("Send again?"), NoteAction.RETRY)
        return Note(_tr("Not sent."), "danger", (question, discard))
    if row.state is State.REFUSED:
        return Note(row.reason or _tr("Kandy refused this message."), "danger", (retry, discard))
    if row.state is State.IMPOSSIBLE:
        return Note(row.reason or _tr("This message could not be delivered."), "danger")
    if row.state is State.QUEUED and row.reason:
        return Note(row.reason, "text_muted")
    return None

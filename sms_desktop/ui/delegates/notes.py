"""The line under a bubble that went wrong: what happened, and what can be done about it."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from sms_desktop.domain.delivery import UNKNOWABLE, State
from sms_desktop.domain.message import TimelineRow
from sms_desktop.domain.refusal import is_not_assigned, is_sign_in_refused
from sms_desktop.domain.scheduling import BRIEF


class NoteAction(Enum):
    """What a click in a note, or on the words below a cut text, asks for."""

    RETRY = "retry"
    CHECK = "check"
    DISCARD = "discard"
    NUMBERS = "numbers"
    ACCOUNT = "account"
    SHOW_ALL = "show_all"
    SEND_NOW = "send_now"
    CHANGE = "change"
    CANCEL = "cancel"
    TAKE_BACK = "take_back"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence, the palette role of its colour, and the words to click."""

    text: str
    role: str
    actions: tuple[tuple[str, NoteAction], ...] = ()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Notes", text)


def asking_words() -> str:
    """What stands there between the click on Check now and Kandy's answer."""
    return _tr("Asking Kandy…")


def note_for(row: TimelineRow, told: str = "") -> Note | None:
    """The note of a row; most have none. ``told``: what came of asking Kandy about it."""
    retry = (_tr("Send again"), NoteAction.RETRY)
    discard = (_tr("Discard"), NoteAction.DISCARD)
    if row.state is State.UNCONFIRMED and row.reason == UNKNOWABLE:
        told = _tr("Nobody can tell whether this was sent: Kandy has forgotten that time.")
        question = (_tr("Send again?"), NoteAction.RETRY)
        return Note(told, "warning", (question, discard))
    if row.state is State.UNCONFIRMED:
        happened = row.reason or _tr("Connection dropped while sending.")
        checking = _tr("Checking with Kandy whether it went…")
        check = (_tr("Check now"), NoteAction.CHECK)
        actions = () if told == asking_words() else (check,)
        return Note(told or f"{happened} {checking}", "warning", actions)
    if row.state is State.NOT_SENT:
        question = (_tr("Send again?"), NoteAction.RETRY)
        return Note(_tr("Not sent."), "danger", (question, discard))
    if row.state is State.REFUSED:
        numbers = (_tr("Settings › Numbers"), NoteAction.NUMBERS)
        ways = (numbers, retry) if is_not_assigned(row.reason) else (retry,)
        told = row.reason or _tr("Kandy refused this message.")
        return Note(told, "danger", (*ways, discard))
    if row.state is State.IMPOSSIBLE:
        return Note(row.reason or _tr("This message could not be delivered."), "danger")
    if row.state is State.QUEUED and row.reason:
        cancel = (_tr("Cancel"), NoteAction.DISCARD)
        if is_sign_in_refused(row.reason):
            account = (_tr("Settings › Account"), NoteAction.ACCOUNT)
            return Note(row.reason, "warning", (account, cancel))
        return Note(row.reason, "text_muted", (cancel,))
    if row.state is State.SCHEDULED:
        return _scheduled(row)
    return None


def _scheduled(row: TimelineRow) -> Note:
    now = (_tr("Send now"), NoteAction.SEND_NOW)
    if row.reason == BRIEF:
        undo = (_tr("Undo"), NoteAction.TAKE_BACK)
        return Note(_tr("Sent in a moment."), "text_muted", (undo, now))
    ways = (now, (_tr("Change…"), NoteAction.CHANGE), (_tr("Cancel"), NoteAction.CANCEL))
    if row.reason:
        return Note(row.reason, "warning", ways)
    return Note(_tr("Scheduled."), "text_muted", ways)

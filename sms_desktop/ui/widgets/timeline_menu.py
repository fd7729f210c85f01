"""The context menu of a message: only what works for this one."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from sms_desktop.domain.delivery import UNKNOWABLE, State
from sms_desktop.domain.message import TimelineRow
from sms_desktop.domain.refusal import is_not_assigned, is_sign_in_refused
from sms_desktop.ui.delegates.links import Link
from sms_desktop.ui.delegates.notes import NoteAction

_DOES: dict[State, tuple[NoteAction, ...]] = {
    State.UNCONFIRMED: (NoteAction.CHECK,),
    State.NOT_SENT: (NoteAction.RETRY, NoteAction.DISCARD),
    State.REFUSED: (NoteAction.RETRY, NoteAction.DISCARD),
    State.QUEUED: (NoteAction.DISCARD,),
}


def _works_for(row: TimelineRow) -> tuple[NoteAction, ...]:
    if row.client_id is None:
        return ()
    # What nobody can tell any more is the person's to decide.
    is_unknowable = row.state is State.UNCONFIRMED and row.reason == UNKNOWABLE
    if row.state is State.REFUSED and is_not_assigned(row.reason):
        return (NoteAction.NUMBERS, *_DOES[State.REFUSED])
    if row.state is State.QUEUED and is_sign_in_refused(row.reason):
        return (NoteAction.ACCOUNT, *_DOES[State.QUEUED])
    return _DOES.get(State.NOT_SENT if is_unknowable else row.state, ())


def _tr(text: str) -> str:
    return QCoreApplication.translate("TimelineMenu", text)


def message_menu(
    parent: QWidget,
    row: TimelineRow,
    chosen: int,
    link: Link | None,
    *,
    copy: Callable[[], None],
    copy_text: Callable[[str], None],
    number: str,
    open_link: Callable[[str], None],
    act: Callable[[NoteAction, TimelineRow], None],
) -> QMenu:
    """The menu for a message; ``chosen``: how many messages "copy" would take."""
    menu = QMenu(parent)
    if link is not None:
        url = link.url
        menu.addAction(_tr("Open link")).triggered.connect(lambda: open_link(url))
        menu.addAction(_tr("Copy link")).triggered.connect(lambda: copy_text(url))
        menu.addSeparator()
    words = _tr("Copy text") if chosen <= 1 else _tr("Copy {n} messages").format(n=chosen)
    menu.addAction(words + "\tCtrl+C").triggered.connect(copy)
    if number:
        menu.addAction(_tr("Copy number")).triggered.connect(lambda: copy_text(number))
    actions = _works_for(row)
    if actions:
        menu.addSeparator()
    labels = {
        NoteAction.RETRY: _tr("Send again"),
        NoteAction.CHECK: _tr("Check now"),
        NoteAction.DISCARD: _tr("Cancel") if row.state is State.QUEUED else _tr("Discard"),
        NoteAction.NUMBERS: _tr("Settings › Numbers"),
        NoteAction.ACCOUNT: _tr("Settings › Account"),
    }
    for action in actions:
        menu.addAction(labels[action]).triggered.connect(
            lambda _checked=False, action=action: act(action, row)
        )
    return menu

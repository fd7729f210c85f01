"""The context menu of a message: only what works for this one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import UNKNOWABLE, State
from sms_desktop.domain.message import TimelineRow
from sms_desktop.domain.refusal import is_not_assigned, is_sign_in_refused
from sms_desktop.ui.delegates.links import Link, LinkKind
from sms_desktop.ui.delegates.notes import NoteAction
from sms_desktop.ui.models.numbers import shown_number

_MOST_LETTERS: Final = 40
_DOES: dict[State, tuple[NoteAction, ...]] = {
    State.UNCONFIRMED: (NoteAction.CHECK,),
    State.NOT_SENT: (NoteAction.RETRY, NoteAction.DISCARD),
    State.REFUSED: (NoteAction.RETRY, NoteAction.DISCARD),
    State.QUEUED: (NoteAction.DISCARD,),
    State.SCHEDULED: (NoteAction.SEND_NOW, NoteAction.CHANGE, NoteAction.CANCEL),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the entries of the menu do."""

    copy: Callable[[], None]
    copy_text: Callable[[str], None]
    open_link: Callable[[str], None]
    write_to: Callable[[str], None]
    act: Callable[[NoteAction, TimelineRow], None]
    show_details: Callable[[], None]


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


def add_link(menu: QMenu, link: Link, asked: Asked) -> None:
    """What can be done with a part of a text."""
    target = link.target
    if link.kind is LinkKind.PHONE:
        shown = shown_number(Address(target))
        write = menu.addAction(_tr("Message {number}").format(number=shown))
        write.triggered.connect(lambda: asked.write_to(target))
        copy = menu.addAction(_tr("Copy {number}").format(number=shown))
        copy.triggered.connect(lambda: asked.copy_text(shown))
    elif link.kind is LinkKind.CODE:
        copy = menu.addAction(_tr("Copy code {code}").format(code=target))
        copy.triggered.connect(lambda: asked.copy_text(target))
    elif link.kind is LinkKind.MAIL:
        address = target.partition(":")[2]
        write = menu.addAction(_tr("Write to {address}").format(address=_shortened(address)))
        write.triggered.connect(lambda: asked.open_link(target))
        copy = menu.addAction(_tr("Copy {address}").format(address=_shortened(address)))
        copy.triggered.connect(lambda: asked.copy_text(address))
    else:
        goes = menu.addAction(_tr("Open {link}").format(link=_shortened(target)))
        goes.triggered.connect(lambda: asked.open_link(target))
        menu.addAction(_tr("Copy link")).triggered.connect(lambda: asked.copy_text(target))


def message_menu(
    parent: QWidget,
    row: TimelineRow,
    chosen: int,
    links: Sequence[Link],
    number: str,
    asked: Asked,
    *,
    has_words: bool,
    is_cut: bool,
) -> QMenu:
    """The menu for a message; ``chosen``: how many messages "copy" would take."""
    menu = QMenu(parent)
    for link in links:
        add_link(menu, link, asked)
    if links:
        menu.addSeparator()
    words = _tr("Copy text") if chosen <= 1 else _tr("Copy {n} messages").format(n=chosen)
    if has_words:
        words = _tr("Copy the chosen words")
    menu.addAction(words + "\tCtrl+C").triggered.connect(asked.copy)
    if number:
        menu.addAction(_tr("Copy number")).triggered.connect(lambda: asked.copy_text(number))
    if is_cut:
        whole = menu.addAction(_tr("Show all of it"))
        whole.triggered.connect(lambda: asked.act(NoteAction.SHOW_ALL, row))
    menu.addAction(_tr("Details") + "\tAlt+Enter").triggered.connect(asked.show_details)
    _add_actions(menu, row, asked)
    return menu


def _add_actions(menu: QMenu, row: TimelineRow, asked: Asked) -> None:
    actions = _works_for(row)
    if actions:
        menu.addSeparator()
    labels = {
        NoteAction.RETRY: _tr("Send again"),
        NoteAction.CHECK: _tr("Check now"),
        NoteAction.DISCARD: _tr("Cancel") if row.state is State.QUEUED else _tr("Discard"),
        NoteAction.NUMBERS: _tr("Settings › Numbers"),
        NoteAction.ACCOUNT: _tr("Settings › Account"),
        NoteAction.SEND_NOW: _tr("Send now"),
        NoteAction.CHANGE: _tr("Change…"),
        NoteAction.CANCEL: _tr("Cancel"),
    }
    for action in actions:
        menu.addAction(labels[action]).triggered.connect(
            lambda _checked=False, action=action: asked.act(action, row)
        )


def _shortened(text: str) -> str:
    """A menu is no place for a link of a thousand letters; ``&`` would mark a key."""
    short = text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"
    return short.replace("&", "&&")

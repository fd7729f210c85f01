"""Finds messages: by the index where it reaches, by looking where it does not, newest first."""

from collections.abc import Callable, Container, Iterator
from datetime import datetime, time
from heapq import merge
from typing import Any, Final

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.conversation import ConversationRow, Correspondent
from sms_desktop.domain.folding import fold
from sms_desktop.domain.ids import AccountId, ConversationId
from sms_desktop.domain.message import Direction, TimelineKey
from sms_desktop.domain.search import Found, Hit, SearchQuery, fits_person
from sms_desktop.store import thread_list
from sms_desktop.store.connection import select
from sms_desktop.store.naming import NAME_OF
from sms_desktop.store.search_index import first_place_of, indexed_share, place_of
from sms_desktop.store.timeline import direction_of

PAGE: Final = 50
MOST_PEOPLE: Final = 6
_SHORTEST: Final = 3
_LOOKED_AT_FIRST: Final = 200
_DENSE: Final = 10
_FEW: Final = 20
_MOST_TERMS: Final = 400
_FAR: Final = (1 << 63) - 1
_LINK: Final = ("http://", "https://", "www.")

_FIELDS: Final = "m.conversation_id, m.sort_at_ms, m.tie, m.direction, m.text, m.at_ms, m.is_unread"
_INDEXED: Final = f"""
SELECT f.rowid, {_FIELDS} FROM search_text f
  CROSS JOIN search_entry e ON e.place = f.rowid CROSS JOIN message m ON m.id = e.message
 WHERE f.search_text MATCH ? AND f.rowid < ? AND f.rowid >= ? ORDER BY f.rowid DESC"""  # noqa: S608 - constants
_LOOKED: Final = f"""
SELECT e.place, {_FIELDS} FROM search_entry e CROSS JOIN message m ON m.id = e.message
 WHERE e.place < ? AND e.place >= ? ORDER BY e.place DESC LIMIT ?"""  # noqa: S608 - constants
_FRESH: Final = f"""
SELECT NULL, {_FIELDS} FROM message m WHERE m.deleted_at_ms IS NULL
   AND (m.id > (SELECT newest FROM search_progress) OR m.id IN (SELECT message FROM search_again))
"""  # noqa: S608 - constants
_ONE: Final = f"""
SELECT NULL, {_FIELDS} FROM message m
 WHERE m.conversation_id = ? ORDER BY m.sort_at_ms DESC, m.tie DESC"""  # noqa: S608 - constants
_WISHES: Final = """
SELECT NULL, conversation_id, sort_at_ms, tie, 'outbound', text, created_at_ms, 0
  FROM outbox WHERE message_id IS NULL"""
_CONVERSATIONS: Final = f"""
SELECT c.id, c.account_id, c.local, c.remote, {NAME_OF.format(number="c.remote")}, ifnull(w.name, '')
  FROM conversation c
  LEFT JOIN number w ON w.account_id = c.account_id AND w.number = c.local
 WHERE c.folder <> 4
 ORDER BY c.last_at_ms DESC, c.id DESC"""  # noqa: S608 - constants

_Row = tuple[Any, ...]
_Test = Callable[[_Row], bool]


def search(
    db: Connection,
    query: SearchQuery,
    *,
    after: int | None = None,
    limit: int = PAGE,
    within: ConversationId | None = None,
) -> Found:
    """One page, newest first; people come with the first page only.

    ``after``: where the page before ended. ``within``: only this conversation, and no people.
    """
    if not query:
        return Found(query)
    talks = {row[0]: row for row in select(db, _CONVERSATIONS)}
    people: tuple[ConversationRow, ...] = ()
    strangers: tuple[Correspondent, ...] = ()
    if after is None and within is None and not query.has_filters:
        people = _people(db, query, list(talks.values()))
        strangers = _contacts(db, query, {row[3] for row in talks.values()})
    fitting = {one: _directions(query, row) for one, row in talks.items()}
    wanted = {one: ways for one, ways in fitting.items() if ways and within in (None, one)}
    fits = _test(query, wanted)
    hits: list[Hit] = []
    if not wanted:
        return Found(query, people, (), None, indexed_share(db), strangers)
    for row in _candidates(db, query, after, list(wanted)):
        if fits(row):
            hits.append(_hit(row, talks[row[1]]))
            if len(hits) == limit:
                break
    more = hits[-1].place if len(hits) == limit else None
    return Found(query, people, tuple(hits), more, indexed_share(db), strangers)


def _people(db: Connection, query: SearchQuery, talks: list[_Row]) -> tuple[ConversationRow, ...]:
    typed = query.shown_words
    fitting = [row[0] for row in talks if fits_person(typed, row[4], row[3])][:MOST_PEOPLE]
    found = (select(db, thread_list.ONE, (one,)) for one in fitting)
    return tuple(thread_list.row_from(rows[0]) for rows in found if rows)


def _contacts(
    db: Connection, query: SearchQuery, known: Container[str]
) -> tuple[Correspondent, ...]:
    """Numbers of people in the address book with whom there is no conversation yet."""
    if not query.shown_words.strip():
        return ()
    # Nobody searches before the first paint.
    from sms_desktop.store import contact_reading

    found: list[Correspondent] = []
    for one in contact_reading.ids(db, query.shown_words, most=MOST_PEOPLE):
        if (contact := contact_reading.contact(db, one)) is not None:
            numbers = (number for number in contact.details.numbers if number.number not in known)
            found += [Correspondent(n.number, contact.name, 0, n.label) for n in numbers]
    return tuple(found[:MOST_PEOPLE])


def _candidates(
    db: Connection, query: SearchQuery, after: int | None, wanted: list[int]
) -> Iterator[_Row]:
    """Rows with ``(place, conversation, …)``, places falling, that may or may not fit."""
    upper = _FAR if after is None else after
    if query.before is not None:
        upper = min(upper, first_place_of(_begin_ms(query.before)))
    lower = 0 if query.after is None else first_place_of(_begin_ms(query.after))
    if len(wanted) <= _FEW and all(len(needle) < _SHORTEST for needle in query.needles):
        stored: Iterator[_Row] = merge(
            *(_of_one(db, one) for one in wanted), key=lambda row: -row[0]
        )
        loose = select(db, _WISHES)
    else:
        stored = _stored(db, query.needles, lower, upper)
        loose = select(db, _FRESH) + select(db, _WISHES)
    placed = sorted(((place_of(row[2], row[3]), *row[1:]) for row in loose), reverse=True)
    found = merge(placed, stored, key=lambda row: -row[0])
    return (row for row in found if lower <= row[0] < upper)


def _of_one(db: Connection, conversation: int) -> Iterator[_Row]:
    for row in db.execute(_ONE, (conversation,)):
        yield (place_of(row[2], row[3]), *row[1:])


def _stored(db: Connection, needles: tuple[str, ...], lower: int, upper: int) -> Iterator[_Row]:
    long = [needle for needle in needles if len(needle) >= _SHORTEST]
    if long:
        yield from db.execute(_INDEXED, (" AND ".join(map(_quoted, long)), upper, lower))
        return
    # What is frequent is found by looking, and what is rare has few trigrams.
    first = select(db, _LOOKED, (upper, lower, _LOOKED_AT_FIRST))
    yield from first
    if len(first) < _LOOKED_AT_FIRST:
        return
    upper = first[-1][0]
    short = max(needles, key=len, default="")
    is_dense = sum(short in fold(row[5]) for row in first) * _DENSE >= len(first)
    terms = None if is_dense or not short else _terms(db, short)
    if terms is None:
        yield from db.execute(_LOOKED, (upper, lower, -1))
    elif terms:
        yield from db.execute(_INDEXED, (" OR ".join(map(_quoted, terms)), upper, lower))


def _terms(db: Connection, short: str) -> list[str] | None:
    """The trigrams that begin with one or two letters; ``None`` where they are too many to help."""
    db.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_term USING fts5vocab(main, search_text, row)"
    )
    found = select(
        db,
        "SELECT term FROM search_term WHERE term >= ? AND term < ? LIMIT ?",
        (short, f"{short}\U0010ffff", _MOST_TERMS + 1),
    )
    return None if len(found) > _MOST_TERMS else [row[0] for row in found]


def _quoted(needle: str) -> str:
    return '"' + needle.replace('"', '""') + '"'


def _test(query: SearchQuery, fitting: dict[int, frozenset[str]]) -> _Test:
    """What a row must fulfil; the index may have said so already, and is not asked to be trusted."""

    def fits(row: _Row) -> bool:
        text = row[5]
        if row[4] not in fitting.get(row[1], ()) or (query.is_unread and not row[7]):
            return False
        if query.has_link and not any(sign in text.lower() for sign in _LINK):
            return False
        folded = fold(text) if query.needles else ""
        return all(needle in folded for needle in query.needles)

    return fits


def _directions(query: SearchQuery, talk: _Row) -> frozenset[str]:
    """Which messages of a conversation the filters of people let through."""
    _, _, local, remote, remote_name, local_name = talk

    def is_remote(typed: str) -> bool:
        return fits_person(typed, remote_name, remote)

    def is_own(typed: str) -> bool:
        return typed.lower() == "me" or fits_person(typed, local_name, local)

    passing = set()
    if all(is_remote(one) or is_own(one) for one in query.places):
        if all(map(is_remote, query.senders)) and all(map(is_own, query.receivers)):
            passing.add(Direction.INBOUND.value)
        if all(map(is_own, query.senders)) and all(map(is_remote, query.receivers)):
            passing.add(Direction.OUTBOUND.value)
    return frozenset(passing)


def _hit(row: _Row, talk: _Row) -> Hit:
    place, conversation, at, tie, direction, text, at_ms, _ = row
    _, account, local, remote, name, _ = talk
    known = direction_of(direction) or Direction.INBOUND
    return Hit(
        place,
        ConversationId(conversation),
        AccountId(account),
        TimelineKey(at, tie),
        Address(local),
        Address(remote),
        name,
        known,
        text,
        at_ms,
    )


def _begin_ms(day: Any) -> int:
    return max(0, int(datetime.combine(day, time()).astimezone().timestamp() * 1000))

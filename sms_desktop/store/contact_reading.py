"""Reads the address book: who is in it, a page of them, one of them, and who looks like another."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.contact import Contact, ContactDetails, ContactNumber, ContactRow
from sms_desktop.domain.folding import fold
from sms_desktop.domain.ids import ContactId
from sms_desktop.domain.search import digits_of
from sms_desktop.store.connection import select

_ROWS: Final = """
SELECT p.id, p.shown, iif(p.name = '', '', p.organisation),
       ifnull((SELECT number FROM contact_number WHERE contact_id = p.id ORDER BY position LIMIT 1), ''),
       (SELECT count(*) FROM contact_number WHERE contact_id = p.id),
       EXISTS (SELECT 1 FROM contact_photo WHERE contact_id = p.id)
  FROM contact p WHERE p.id IN ({marks})"""
_FEWEST_DIGITS: Final = 2


def ids(db: Connection, typed: str = "", most: int = -1) -> list[ContactId]:
    """Everybody whose name, organisation or number holds what was typed, in the order of names.

    ``most``: no more than so many.
    """
    words = fold(typed).split()
    digits = digits_of(typed.strip())
    if len(digits) >= _FEWEST_DIGITS:
        found = select(
            db,
            "SELECT id FROM contact WHERE id IN (SELECT contact_id FROM contact_number"
            " WHERE instr(number, ?)) OR instr(folded, ?) ORDER BY folded, id LIMIT ?",
            (digits, " ".join(words), most),
        )
    else:
        fits = " AND ".join("(instr(folded, ?) OR instr(folded_more, ?))" for _ in words)
        values = tuple(word for word in words for _ in range(2))
        where = f" WHERE {fits}" if fits else ""
        sql = f"SELECT id FROM contact{where} ORDER BY folded, id LIMIT ?"  # noqa: S608 - ours
        found = select(db, sql, (*values, most))
    return [ContactId(row[0]) for row in found]


def rows(db: Connection, wanted: Sequence[ContactId]) -> dict[ContactId, ContactRow]:
    """Lines of the list; who is gone is left out."""
    sql = _ROWS.format(marks=",".join("?" * len(wanted)))
    return {row.contact_id: row for row in map(_row_from, select(db, sql, tuple(wanted)))}


def contact(db: Connection, contact_id: ContactId) -> Contact | None:
    """Everything about somebody but the picture; ``None`` for one who is gone."""
    found = select(
        db,
        "SELECT name, organisation, note, revision,"
        " EXISTS (SELECT 1 FROM contact_photo WHERE contact_id = p.id) FROM contact p WHERE id = ?",
        (contact_id,),
    )
    if not found:
        return None
    name, organisation, note, revision, has_photo = found[0]
    details = ContactDetails(name, numbers_of(db, contact_id), organisation, note)
    return Contact(contact_id, details, bool(has_photo), revision)


def numbers_of(db: Connection, contact_id: ContactId) -> tuple[ContactNumber, ...]:
    """The numbers in their order."""
    found = select(
        db,
        "SELECT number, label FROM contact_number WHERE contact_id = ? ORDER BY position, number",
        (contact_id,),
    )
    return tuple(ContactNumber(Address(number), label) for number, label in found)


def photo(db: Connection, contact_id: ContactId) -> bytes | None:
    """The picture as it is kept."""
    found = select(db, "SELECT image FROM contact_photo WHERE contact_id = ?", (contact_id,))
    return bytes(found[0][0]) if found else None


def photo_of(db: Connection, number: Address) -> bytes | None:
    """The picture of the one whose name the number is shown with."""
    found = select(
        db,
        "SELECT f.image FROM contact_photo f WHERE f.contact_id = (SELECT contact_id"
        " FROM contact_number WHERE number = ? ORDER BY contact_id LIMIT 1)",
        (number,),
    )
    return bytes(found[0][0]) if found else None


def has_photos(db: Connection) -> bool:
    """Whether anybody has a picture at all."""
    return bool(select(db, "SELECT EXISTS (SELECT 1 FROM contact_photo)")[0][0])


def count(db: Connection) -> int:
    """How many there are."""
    return int(select(db, "SELECT count(*) FROM contact")[0][0])


def every_contact(db: Connection) -> list[Contact]:
    """Everybody, in the order of names; for exports."""
    found = (contact(db, one) for one in ids(db))
    return [one for one in found if one is not None]


def duplicates(db: Connection) -> list[tuple[ContactRow, ...]]:
    """Groups of entries with a name or a number in common, less those called different people."""
    groups = select(
        db,
        "SELECT group_concat(contact_id) FROM contact_number GROUP BY number HAVING count(*) > 1"
        " UNION ALL"
        " SELECT group_concat(id) FROM contact WHERE folded <> '' GROUP BY folded HAVING count(*) > 1",
    )
    apart = set(select(db, "SELECT one, other FROM contact_apart"))
    leader: dict[int, int] = {}
    for (joined,) in groups:
        together = sorted(map(int, joined.split(",")))
        for one in together[1:]:
            if (together[0], one) not in apart:
                _join(leader, together[0], one)
    members: dict[int, list[int]] = {}
    for one in sorted(leader):
        members.setdefault(_leader_of(leader, one), []).append(one)
    found = (_known(db, group) for group in members.values())
    return sorted(
        (group for group in found if len(group) > 1), key=lambda group: fold(group[0].name)
    )


def _known(db: Connection, group: Iterable[int]) -> tuple[ContactRow, ...]:
    wanted = [ContactId(one) for one in group]
    found = rows(db, wanted)
    return tuple(found[one] for one in wanted if one in found)


def _join(leader: dict[int, int], one: int, other: int) -> None:
    first, second = sorted((_leader_of(leader, one), _leader_of(leader, other)))
    leader[second] = first


def _leader_of(leader: dict[int, int], one: int) -> int:
    leader.setdefault(one, one)
    while leader[one] != one:
        leader[one] = leader[leader[one]]
        one = leader[one]
    return one


def _row_from(values: tuple[Any, ...]) -> ContactRow:
    contact_id, name, organisation, number, numbers, has_photo = values
    return ContactRow(
        contact_id, name, organisation, Address(number), max(0, numbers - 1), bool(has_photo)
    )

"""People in the store: several numbers, shared ones, imports that never double, and the way back."""

import pytest

from sms_desktop.domain.address import Address
from sms_desktop.domain.contact import ContactDetails, ContactNumber, PhotoChange
from sms_desktop.domain.contact_card import ReadyCard
from sms_desktop.store import contact_import, contact_reading, contact_undo, contacts
from sms_desktop.store.contacts import ContactGone
from sms_desktop.ui.ports import ConversationFilter

HOME, WORK, MOBILE = Address("+16135550101"), Address("+16135550102"), Address("+16135550103")
NOW = 1_700_000_000_000


def somebody(name: str, *numbers: str, organisation: str = "", note: str = "") -> ContactDetails:
    listed = tuple(ContactNumber(Address(number)) for number in numbers)
    return ContactDetails(name, listed, organisation, note).tidied()


def card(name: str, *numbers: str, uid: str = "", photo: bytes | None = None, **more) -> ReadyCard:
    details = somebody(name, *numbers, **more)
    sources = (f"vcard:{uid}",) if uid else (f"card:{name}{sorted(numbers)}",)
    return ReadyCard(details, sources, photo)


def names(store) -> list[str]:
    found = contact_reading.rows(store.db, every := contact_reading.ids(store.db))
    return [found[one].name for one in every]


def take(store, *cards: ReadyCard):
    change = contact_undo.begin(store.db, contact_undo.IMPORT, "file", NOW)
    return change, contact_import.take(store.db, change, cards)


def counts(taken) -> tuple[int, int, int]:
    return taken.added, taken.completed, taken.unchanged


def test_a_person_with_several_numbers_names_every_conversation(store):
    store.comes("m1")
    assert store.reader.contact_name(store.remote) == ""
    made = contacts.add(store.db, somebody("Ada", HOME, store.remote))
    [row] = store.reader.conversations(ConversationFilter(), None, 10)
    assert row.remote_name == "Ada"
    contacts.change(store.db, made, somebody("Ada Lovelace", store.remote, WORK))
    [row] = store.reader.conversations(ConversationFilter(), None, 10)
    assert row.remote_name == store.reader.contact_name(WORK) == "Ada Lovelace"
    assert store.reader.contact_name(HOME) == ""
    assert contacts.conversations_of(store.db, [store.remote]).conversations == {
        row.conversation_id
    }


def test_a_shared_number_is_shown_with_the_one_who_was_there_first(store):
    first = contacts.add(store.db, somebody("Ada", HOME))
    contacts.add(store.db, somebody("Bob", HOME))
    assert store.reader.contact_name(HOME) == "Ada"
    contacts.remove(store.db, first)
    assert store.reader.contact_name(HOME) == "Bob"


def test_everybody_can_be_texted_at_each_number(store):
    contacts.add(
        store.db, ContactDetails("Ada", (ContactNumber(HOME, "home"), ContactNumber(WORK, "work")))
    )
    store.comes("m1")
    found = {(one.remote, one.name, one.label) for one in store.reader.correspondents()}
    assert found == {(HOME, "Ada", "home"), (WORK, "Ada", "work"), (store.remote, "", "")}


def test_an_organisation_names_who_has_no_name(store):
    contacts.add(store.db, somebody("", HOME, organisation="Ada & Co"))
    assert store.reader.contact_name(HOME) == "Ada & Co"


@pytest.mark.parametrize("typed", ["ada", "ÁDA", "love", "analyt", "613 555 01", "0101", "a lace"])
def test_people_are_found_by_name_organisation_and_number(store, typed):
    made = contacts.add(store.db, somebody("Ada Lovelace", HOME, organisation="Analytical"))
    contacts.add(store.db, somebody("Bob", "+4930123456"))
    assert contact_reading.ids(store.db, typed) == [made]


def test_the_list_is_in_the_order_of_names_whatever_their_case(store):
    for name in ("Émile", "bob", "Ada", "Zoë", "eve"):
        contacts.add(store.db, somebody(name, HOME))
    assert names(store) == ["Ada", "bob", "Émile", "eve", "Zoë"]


def test_naming_a_number_changes_the_one_who_has_it(store):
    contacts.add(store.db, somebody("Ada", HOME, WORK))
    contacts.set_name(store.db, WORK, "Ada Lovelace")
    assert names(store) == ["Ada Lovelace"]
    contacts.set_name(store.db, WORK, "")
    assert store.reader.contact_name(WORK) == ""
    assert store.reader.contact_name(HOME) == "Ada Lovelace"
    contacts.set_name(store.db, HOME, "")
    assert names(store) == []


def test_importing_twice_makes_no_duplicates(store):
    book = [card("Ada", HOME, uid="1"), card("Bob", WORK), card("Bob", WORK)]
    assert counts(take(store, *book)[1]) == (2, 0, 1)
    assert counts(take(store, *book)[1]) == (0, 0, 3)
    assert names(store) == ["Ada", "Bob"]


def test_somebody_renamed_here_is_still_the_same_to_the_next_import(store):
    take(store, card("Ada", HOME, uid="1"), card("Bob", WORK))
    for one, name in zip(contact_reading.ids(store.db), ("Countess", "Robert"), strict=True):
        contacts.change(store.db, one, somebody(name, MOBILE))
    assert counts(take(store, card("Ada", HOME, uid="1"), card("Bob", WORK))[1]) == (0, 2, 0)
    assert names(store) == ["Countess", "Robert"]
    assert store.reader.contact_name(HOME) == "Countess"


def test_an_import_adds_what_lacks_and_writes_nothing_over(store):
    made = contacts.add(store.db, somebody("Ada", HOME, organisation="Here"))
    told = card("ada", HOME, WORK, organisation="There", note="new", photo=b"picture")
    assert counts(contact_import_foretold(store, told)) == (0, 1, 0)
    assert counts(take(store, told)[1]) == (0, 1, 0)
    kept = contact_reading.contact(store.db, made)
    assert kept.details == somebody("Ada", HOME, WORK, organisation="Here", note="new")
    assert contact_reading.photo(store.db, made) == b"picture"
    take(store, card("ada", HOME, photo=b"another"))
    assert contact_reading.photo(store.db, made) == b"picture"


def contact_import_foretold(store, *cards):
    return contact_import.foretell(store.db, cards)


def test_people_of_one_home_stay_two(store):
    assert counts(take(store, card("Ada", HOME), card("Bob", HOME))[1]) == (2, 0, 0)
    [group] = contact_reading.duplicates(store.db)
    assert [row.name for row in group] == ["Ada", "Bob"]
    contacts.keep_apart(store.db, [row.contact_id for row in group])
    assert contact_reading.duplicates(store.db) == []


def test_undoing_an_import_leaves_what_was_before(store):
    made = contacts.add(store.db, somebody("Ada", HOME))
    change, _ = take(store, card("Ada", HOME, WORK, note="n", photo=b"p"), card("Bob", MOBILE))
    assert [(one.kind, one.label, one.contacts) for one in contact_undo.undoable(store.db)] == [
        ("import", "file", 2)
    ]
    undone, touched = contact_undo.undo(store.db, change)
    assert (undone.contacts, undone.kept) == (2, 0)
    assert touched >= {WORK, MOBILE}
    assert names(store) == ["Ada"]
    assert contact_reading.contact(store.db, made).details == somebody("Ada", HOME)
    assert contact_reading.photo(store.db, made) is None
    assert contact_undo.undoable(store.db) == []
    assert counts(take(store, card("Bob", MOBILE))[1]) == (1, 0, 0)


def test_who_was_edited_since_stays_as_edited(store):
    change, _ = take(store, card("Ada", HOME), card("Bob", WORK))
    [ada, _bob] = contact_reading.ids(store.db)
    contacts.change(store.db, ada, somebody("Countess", HOME))
    undone, _ = contact_undo.undo(store.db, change)
    assert (undone.contacts, undone.kept) == (1, 1)
    assert names(store) == ["Countess"]


def test_an_older_import_can_be_undone_after_a_newer_one(store):
    first, _ = take(store, card("Ada", HOME))
    second, _ = take(store, card("Ada", HOME, WORK))
    contact_undo.undo(store.db, second)
    assert contact_undo.undo(store.db, first)[0].contacts == 1
    assert names(store) == []


def test_a_merge_keeps_every_number_and_can_be_undone(store):
    ada = contacts.add(store.db, somebody("Ada", HOME))
    other = contacts.add(store.db, somebody("A. Lovelace", WORK), b"picture")
    take(store, card("A. Lovelace", WORK, uid="7"))
    change, touched = contact_undo.merge(
        store.db, [other, ada], somebody("Ada Lovelace", HOME, WORK), NOW
    )
    assert touched == {HOME, WORK}
    assert names(store) == ["Ada Lovelace"]
    assert contact_reading.photo(store.db, ada) == b"picture"
    assert counts(take(store, card("A. Lovelace", WORK, uid="7"))[1]) == (0, 0, 1)
    contact_undo.undo(store.db, change)
    assert names(store) == ["A. Lovelace", "Ada"]
    assert contact_reading.photo(store.db, other) == b"picture"
    assert contact_reading.photo(store.db, ada) is None


def test_who_was_deleted_comes_back_as_they_were(store):
    made = contacts.add(store.db, somebody("Ada", HOME, WORK, note="x"), b"picture")
    before = contact_reading.contact(store.db, made)
    change, touched = contact_undo.delete(store.db, [made], NOW)
    assert touched == {HOME, WORK}
    assert names(store) == []
    contact_undo.undo(store.db, change)
    assert contact_reading.contact(store.db, made) == before
    assert contact_reading.photo_of(store.db, WORK) == b"picture"


def test_what_can_be_undone_does_not_pile_up(store):
    for number in range(12):
        take(store, card(f"P{number}", f"+1613555{number:04}"))
        made = contacts.add(store.db, somebody("Ada", HOME))
        contact_undo.delete(store.db, [made], NOW)
    kinds = [one.kind for one in contact_undo.undoable(store.db)]
    assert (kinds.count("import"), kinds.count("delete")) == (5, 1)
    [left] = store.db.execute("SELECT count(*) FROM contact_before").fetchall()
    assert left == (6,)


def test_nobody_is_changed_who_is_gone(store):
    with pytest.raises(ContactGone):
        contacts.change(store.db, 99, somebody("Ada", HOME), PhotoChange(None))


def test_ten_thousand_people_are_looked_up_by_index(store):
    sql = "EXPLAIN QUERY PLAN SELECT contact_id FROM contact_number WHERE number = ? ORDER BY 1"
    assert "contact_of_number" in str(store.db.execute(sql, (HOME,)).fetchall())
    plan = "EXPLAIN QUERY PLAN SELECT id FROM contact ORDER BY folded, id"
    assert "contact_by_name" in str(store.db.execute(plan).fetchall())

"""The address book at work: editing, files, Kandy's own book, undoing, and what is told."""

import pytest

from sms_desktop.domain.address import Address
from sms_desktop.domain.contact import ContactDetails, ContactNumber, NamelessContact
from sms_desktop.domain.contact_card import Imported
from sms_desktop.sync import events
from sms_desktop.sync.accounts.account_keeper import SignedOut
from sms_desktop.sync.contacts.opening import CannotRead, FileTooLarge, NobodyInIt
from sms_desktop.sync.contacts.preparing import number_as_written
from sms_desktop.sync.sessions.sessions import NobodyAtKandy
from tests.helpers.desk import Desk
from tests.helpers.kandy_session import OWN, PERSON

VCARD = "BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL:{number}\nEND:VCARD\n"


def book_of(path, count: int, **first: str):
    people = [VCARD.format(name=f"P{n}", number=f"+1613555{n:04}") for n in range(count)]
    if first:
        people.insert(0, VCARD.format(**first))
    path.write_text("".join(people))
    return path


async def take_in(desk: Desk, path, regions=("US",), **how) -> Imported:
    contacts = desk.engine.contacts
    book = await contacts.open_file(path)
    ready = await contacts.prepare(book, None, regions)
    return await contacts.take_in(ready, how.get("tell", lambda *_: None), *how.get("also", ()))


async def test_a_file_names_conversations_and_says_so(desk: Desk, tmp_path) -> None:
    await desk.conversation()
    path = book_of(tmp_path / "a.vcf", 250, name="Maria", number="(613) 123-4567")
    told: list[tuple[int, int]] = []
    done = await take_in(desk, path, tell=lambda *how_far: told.append(how_far))
    assert (done.added, done.without_number, done.is_cancelled) == (251, 0, False)
    assert told == [(100, 251), (200, 251), (251, 251)]
    assert desk.reader.contact_name(PERSON) == "Maria"
    assert desk.told(events.ContactsChanged)
    await desk.until(lambda: bool(desk.told(events.TimelineChanged)))
    changed = desk.told(events.TimelineChanged)[-1].changes
    assert await desk.conversation() in changed.conversations
    again = await take_in(desk, path)
    assert (again.added, again.unchanged, again.change_id) == (0, 251, None)


async def test_what_is_foretold_comes_true_and_goes_again(desk: Desk, tmp_path) -> None:
    contacts = desk.engine.contacts
    await contacts.save(None, ContactDetails("P1", (ContactNumber(Address("+16135550001")),)))
    path = book_of(tmp_path / "a.vcf", 3, name="Nobody", number="none")
    ready = await contacts.prepare(await contacts.open_file(path), None, ())
    forecast = await contacts.forecast(ready)
    assert (forecast.added, forecast.unchanged, forecast.without_number) == (2, 1, 1)
    assert [one.name for one in forecast.samples] == ["P0", "P1", "P2"]
    done = await contacts.take_in(ready, lambda *_: None)
    assert (done.added, done.unchanged, done.without_number) == (2, 1, 1)
    [undoable] = contacts.undoable()
    assert (undoable.label, undoable.change_id) == ("a.vcf", done.change_id)
    undone = await contacts.undo(undoable.change_id)
    assert undone.contacts == 2
    assert len(contacts.ids()) == 1


async def test_a_cancelled_import_can_be_undone(desk: Desk, tmp_path) -> None:
    told: list[int] = []
    done = await take_in(
        desk,
        book_of(tmp_path / "a.vcf", 300),
        tell=lambda so_far, _: told.append(so_far),
        also=(lambda: bool(told),),
    )
    assert (done.added, done.is_cancelled) == (100, True)
    assert done.change_id is not None
    await desk.engine.contacts.undo(done.change_id)
    assert desk.engine.contacts.ids() == []


async def test_kandys_book_comes_over_many_pages(desk: Desk) -> None:
    control = desk.kandy.control
    for number in range(130):
        await control.post(
            "/contacts",
            json={
                "firstName": "Nr",
                "lastName": str(number),
                "homePhoneNumber": f"613555{number:04}",
            },
        )
    await control.post("/contacts", json={"name": "mail@x", "primaryContact": "mail@x"})
    await control.post(
        "/contacts",
        json={
            "firstName": "Maria",
            "mobilePhoneNumber": PERSON,
            "businessPhoneNumber": "+16135559999",
        },
    )
    contacts = desk.engine.contacts
    account = desk.number(OWN).account_id
    ready = await contacts.prepare(await contacts.open_kandys(account), None, ())
    done = await contacts.take_in(ready, lambda *_: None)
    assert (done.added, done.without_number) == (131, 1)
    assert desk.reader.contact_name(PERSON) == "Maria"
    maria = contacts.contact(contacts.owner_of(PERSON))
    assert [one.label for one in maria.details.numbers] == ["mobile", "work"]
    contacts.name(PERSON, "Mum")
    await desk.until(lambda: desk.reader.contact_name(PERSON) == "Mum")
    ready = await contacts.prepare(await contacts.open_kandys(account), None, ())
    assert (await contacts.take_in(ready, lambda *_: None)).unchanged == 131


async def test_kandys_book_needs_somebody_signed_in_and_somebody_in_it(desk: Desk) -> None:
    with pytest.raises(NobodyAtKandy):
        await desk.engine.contacts.open_kandys(desk.number(OWN).account_id)
    with pytest.raises(SignedOut):
        await desk.engine.contacts.open_kandys(99)


async def test_a_nameless_contact_is_not_kept(desk: Desk) -> None:
    with pytest.raises(NamelessContact):
        await desk.engine.contacts.save(None, ContactDetails("  "))


async def test_files_that_cannot_be_read_say_why(desk: Desk, tmp_path, monkeypatch) -> None:
    open_file = desk.engine.contacts.open_file
    with pytest.raises(CannotRead, match="No such file"):
        await open_file(tmp_path / "none.vcf")
    with pytest.raises(CannotRead):
        await open_file(tmp_path)
    (tmp_path / "empty.vcf").write_text("BEGIN:VCARD\nEND:VCARD\n")
    with pytest.raises(NobodyInIt):
        await open_file(tmp_path / "empty.vcf")
    monkeypatch.setattr("sms_desktop.sync.contacts.opening.LARGEST_FILE", 10)
    with pytest.raises(FileTooLarge):
        await open_file(tmp_path / "empty.vcf")


@pytest.mark.parametrize(
    ("written", "regions", "number"),
    [
        ("0170 1234567", ("DE",), "+491701234567"),
        ("0049 170 1234567", ("US",), "+491701234567"),
        ("(613) 555-0100", ("DE",), "+16135550100"),
        ("+1 613 555 0100 ext. 12", (), "+16135550100"),
        ("+1 613 555 0100,,,12#", (), "+16135550100"),
        ("12345", ("US",), "12345"),
        ("see note", ("US",), None),
        ("", (), None),
    ],
)
def test_numbers_are_read_as_in_the_persons_country(written, regions, number) -> None:
    assert number_as_written(written, regions) == number

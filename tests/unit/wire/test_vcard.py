"""vCards of three versions as the world writes them, and as nobody should."""

import time
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.address import Address
from sms_desktop.domain.contact import ContactDetails, ContactNumber
from sms_desktop.wire.contacts import vcard
from tests.helpers.storable import check_storable

JPEG = b"\xff\xd8\xff\xe0picture\xff\xd9" * 9


def read(*lines: str, version: str = "3.0", encoding: str = "utf-8"):
    text = "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])
    return vcard.read(text.encode(encoding))


def one(*lines: str, **how: str):
    [card] = read(*lines, **how).cards
    return card


def numbers(card) -> list[tuple[str, str]]:
    return [(number.text, number.label) for number in card.numbers]


def test_an_old_telephones_card():
    card = one(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;Dr.;",
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =",
        "M=C3=BCller",
        "TEL;HOME;VOICE:030 123456",
        "TEL;CELL;PREF:+49 170 1234567",
        "TEL;WORK;FAX:030 123457",
        "NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo",
        version="2.1",
    )
    assert card.name == "Jörg Müller"
    assert numbers(card) == [
        ("+49 170 1234567", "mobile"),
        ("030 123456", "home"),
        ("030 123457", "fax"),
    ]
    assert card.note == "one\r\ntwo"


@pytest.mark.parametrize("charset", ["ISO-8859-1", "windows-1252", ""])
def test_bytes_in_another_charset(charset):
    named = f";CHARSET={charset}" if charset else ""
    assert one(f"FN{named}:J\xf6rg", version="2.1", encoding="latin-1").name == "Jörg"


def test_each_value_may_have_its_own_charset():
    data = (
        b"BEGIN:VCARD\nFN;CHARSET=Shift_JIS:\x8eR\x93c\nORG;CHARSET=KOI8-R:\xed\xc9\xd2\nEND:VCARD"
    )
    [card] = vcard.read(data).cards
    assert (card.name, card.organisation) == ("山田", "Мир")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_whole_files_in_other_encodings(encoding):
    assert one("FN:Zoë Ωmega", encoding=encoding).name == "Zoë Ωmega"


def test_folded_lines_and_escapes_of_version_three():
    card = one("FN:Ada Love", " lace", "ORG:Ada\\, Co\\;;Sales\\\\Team", "NOTE:a\\nb\\, c")
    assert (card.name, card.organisation) == ("Ada Lovelace", "Ada, Co;, Sales\\Team")
    assert card.note == "a\nb, c"


def test_groups_give_numbers_labels_of_their_own():
    card = one(
        "FN:Ada",
        "item1.TEL:1",
        "item1.X-ABLabel:_$!<Mobile>!$_",
        "item2.TEL:2",
        "item2.X-ABLabel:Boat",
        "TEL;TYPE=IPHONE,CELL,VOICE:3",
    )
    assert numbers(card) == [("1", "mobile"), ("2", "Boat"), ("3", "mobile")]


def test_version_four_has_uris_and_ranks():
    card = one(
        "FN:Ada",
        'TEL;VALUE=uri;TYPE="voice,home":tel:+1-206-555-0100;ext=3',
        "TEL;VALUE=uri;PREF=1;TYPE=work:tel:+1-206-555-0101",
        "UID:urn:uuid:4fbe8971",
        version="4.0",
    )
    assert numbers(card) == [("+1-206-555-0101", "work"), ("+1-206-555-0100", "home")]
    assert card.uid == "urn:uuid:4fbe8971"


@pytest.mark.parametrize("indent", ["  ", " ", ""])
def test_a_picture_in_lines(indent):
    encoded = b64encode(JPEG).decode()
    lines = [encoded[at : at + 60] for at in range(0, len(encoded), 60)]
    picture = f"PHOTO;ENCODING=BASE64;JPEG:{lines[0]}"
    card = one("FN:Ada", picture, *(indent + more for more in lines[1:]), "", "TEL:1")
    assert card.photo == JPEG
    assert numbers(card) == [("1", "")]


def test_a_picture_in_a_data_uri_and_none_behind_a_link():
    inline = f"PHOTO:data:image/jpeg;base64,{b64encode(JPEG).decode()}"
    assert one("FN:Ada", inline, version="4.0").photo == JPEG
    assert one("FN:Ada", "PHOTO;VALUE=uri:https://example.com/a.jpg").photo is None
    assert one("FN:Ada", "PHOTO;VALUE=uri:file:///etc/passwd").photo is None


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("N:Lovelace;Ada;King;Lady;",), "Lady Ada King Lovelace"),
        (("FN: ", "N:;Ada;;;"), "Ada"),
        (("NICKNAME:Countess",), "Countess"),
        (("EMAIL:ada@example.com",), "ada@example.com"),
    ],
)
def test_a_name_is_found_somewhere(lines, name):
    assert one(*lines, "TEL:1").name == name


def test_a_company_is_called_what_it_is_called():
    card = one("ORG:Ada & Co", "EMAIL:a@example.com")
    assert (card.name, card.organisation) == ("", "Ada & Co")


def test_what_makes_no_sense_costs_only_itself():
    text = (
        "junk\nBEGIN:VCARD\nFN:Ada\nthis is broken\n;;:\nTEL;TYPE=:1\n"
        "BEGIN:VCARD\nFN:No end\nBEGIN:VCARD\nTEL:3\nEND:VCARD\nEND:VCARD\nBEGIN:VCARD\nFN:Last"
    )
    found = vcard.read(text.encode())
    assert [card.name for card in found.cards] == ["Ada", "No end", "Last"]
    assert found.nameless == 1


def test_a_card_within_a_card_is_not_the_persons():
    card = one("FN:Ada", "AGENT:", "BEGIN:VCARD", "FN:Secretary", "TEL:9", "END:VCARD", "TEL:1")
    assert (card.name, numbers(card)) == ("Ada", [("1", "")])


@pytest.mark.parametrize(
    "body",
    [
        "FN;CHARSET=zip:x",
        "FN;CHARSET=punycode;ENCODING=QUOTED-PRINTABLE:" + "a" * 200_000,
        "FN:" + "\\" * 100_001,
        "FN" + ";X=" * 60_000 + ":x",
        'FN;X="' + "a" * 200_000 + ":x",
        "N:" + ";" * 200_000,
        "PHOTO;ENCODING=b:" + "=" * 200_000,
        "FN:a" + "\r\n " * 100_000,
        "FN;QUOTED-PRINTABLE:" + "=\r\n" * 100_000,
        "BEGIN:VCARD\r\nAGENT:\r\n" * 30_000,
    ],
)
def test_hostile_cards_take_no_time(body):
    """Twice the length takes about twice the time: each of these is done at once."""
    begun = time.process_time()
    check_storable(read(body))
    assert time.process_time() - begun < 20


@given(st.lists(st.binary(max_size=60) | st.sampled_from([b"\n", b":", b";", b"=\n ", b"FN"])))
def test_any_bytes_are_read(parts):
    check_storable(vcard.read(b"BEGIN:VCARD\n" + b"".join(parts)))


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40)


@given(WORDS, WORDS, st.lists(st.tuples(st.sampled_from(["", "mobile", "work", "Boat"]))))
def test_what_is_written_is_read_again(name, organisation, labels):
    listed = tuple(
        ContactNumber(Address(f"+1613555{at:04}"), label) for at, (label,) in enumerate(labels)
    )
    details = ContactDetails(f"A {name}", listed, organisation, f"{name}\nline").tidied()
    text = "".join(vcard.write([(details, JPEG)]))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    [card] = vcard.read(text.encode()).cards
    again = tuple(ContactNumber(Address(n.text), n.label) for n in card.numbers)
    assert ContactDetails(card.name, again, card.organisation, card.note).tidied() == details
    assert card.photo == JPEG

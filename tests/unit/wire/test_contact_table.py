"""Tables of contacts: any delimiter, encoding and language, with or without headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_desktop.domain.contact_card import Column
from sms_desktop.wire.contacts import table
from tests.helpers.storable import check_storable

GOOGLE = (
    "Name,Given Name,Family Name,Notes,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,"
    "Phone 2 - Type,Phone 2 - Value,Organization 1 - Name\r\n"
    'Ada Lovelace,Ada,Lovelace,"first, line\nsecond",ada@example.com,Mobile,'
    "+1 206-555-0100 ::: +1 206-555-0101,Work Fax,+1 206-555-0102,Analytical\r\n"
)
OUTLOOK = (
    "First Name,Middle Name,Last Name,Company,Birthday,Home Phone,Mobile Phone,Business Fax\r\n"
    "Ada,King,Lovelace,Analytical,12/10/1815,206 555 0100,206 555 0101,206 555 0102\r\n"
)


def people(text: str, encoding: str = "utf-8"):
    found = table.read(text.encode(encoding))
    return [
        (card.name, [(n.text, n.label) for n in card.numbers], card.organisation, card.note)
        for card in table.cards(found, found.columns).cards
    ]


def test_googles_table():
    numbers = [
        ("+1 206-555-0100", "mobile"),
        ("+1 206-555-0101", "mobile"),
        ("+1 206-555-0102", "fax"),
    ]
    assert people(GOOGLE) == [("Ada Lovelace", numbers, "Analytical", "first, line\nsecond")]


def test_outlooks_table():
    numbers = [("206 555 0100", "home"), ("206 555 0101", "mobile"), ("206 555 0102", "fax")]
    assert people(OUTLOOK) == [("Ada Lovelace", numbers, "Analytical", "")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_delimiter_and_encoding(delimiter, encoding):
    rows = [("Vorname", "Nachname", "Handy"), ("Jörg", "Müller", "+49 170 1234567")]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert people(text, encoding) == [("Jörg Müller", [("+49 170 1234567", "mobile")], "", "")]


@pytest.mark.parametrize(
    "text",
    [
        "名前,携帯電話\n山田,+81 90-1234-5678\n",
        "山田,+81 90-1234-5678\n佐藤,\n",
        "sep=;\n+81 90-1234-5678;山田\n",
        "Ім'я\tНомер\tE-mail\n山田\t+81 90-1234-5678\ta@example.com\n",
    ],
)
def test_where_headings_say_nothing_the_cells_do(text):
    assert people(text)[0][:2] == ("山田", [("+81 90-1234-5678", "")])


def test_dates_are_no_numbers():
    found = table.read(b"Name,Birthday,Phone\nAda,1815-12-10,+12065550100\n")
    assert found.columns == (Column.NAME, Column.IGNORED, Column.NUMBER)


def test_a_person_may_know_the_columns_better():
    found = table.read(b"A,B,C\nx,Ada,+12065550100\n")
    chosen = (Column.ORGANISATION, Column.NAME, Column.NUMBER)
    [card] = table.cards(found, chosen).cards
    assert (card.name, card.organisation) == ("Ada", "x")


def test_rows_without_a_name_are_counted():
    found = table.read(b"Name,Phone\n,+12065550100\nAda,+12065550101\n")
    read = table.cards(found, found.columns)
    assert ([card.name for card in read.cards], read.nameless) == (["Ada"], 1)


@pytest.mark.parametrize("data", [b"", b"\n\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_no_table(data):
    with pytest.raises(table.NoTable):
        table.read(data)


@pytest.mark.parametrize(
    "data",
    [
        b'Name,Phone\n"' + b"a,\n" * 200_000,
        b"," * 300_000,
        b"a" * 500_000,
        b"\0" * 10_000 + b",",
        b"Name,Phone\n" + b"x," * 50_000,
    ],
)
def test_hostile_tables_are_read_or_refused(data):
    try:
        found = table.read(data)
    except table.NoTable:
        return
    assert found.width <= 200
    check_storable(table.cards(found, found.columns))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    try:
        found = table.read(data)
    except table.NoTable:
        return
    check_storable(table.cards(found, found.columns))

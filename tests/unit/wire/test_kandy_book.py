"""What Kandy's address book says about people."""

from pathlib import Path

import pytest

from sms_desktop.domain.contact_card import Card, RawNumber
from sms_desktop.wire.contacts import kandy_book
from sms_desktop.wire.errors import UnreadableAnswer
from sms_desktop.wire.requests import PageQuery

SAMPLE = Path(__file__).parents[2] / "samples" / "kandy" / "contacts.json"


def test_the_request_asks_for_a_page() -> None:
    asked = kandy_book.contacts("user 1", PageQuery(100, "next=1"))
    assert asked.path == "/cpaas/addressbook/v1/user%201/default/contacts"
    assert (asked.method, dict(asked.query)) == ("GET", {"max": "100", "next": "next=1"})


def test_attributes_come_in_a_list_or_plainly() -> None:
    page = kandy_book.contact_page(SAMPLE.read_bytes())
    assert page.next_page == "c2Vjb25kIHBhZ2U="
    assert page.cards == (
        Card(
            "Maria Rossi",
            (RawNumber("+16135550101", "home"), RawNumber("(613) 555-0102", "work")),
            uid="maria01",
        ),
        Card("Noah", (RawNumber("+16135550103", "mobile"),), uid="noah b"),
    )


@pytest.mark.parametrize(
    "body", [b"{}", b'{"contactCollection":{}}', b'{"contactList":{"contact":[]}}']
)
def test_an_empty_book_is_no_mistake(body: bytes) -> None:
    assert kandy_book.contact_page(body).cards == ()


def test_another_answer_is() -> None:
    with pytest.raises(UnreadableAnswer):
        kandy_book.contact_page(b'{"smsThreadList":{}}')

"""Kandy's address book: ``/cpaas/addressbook/v1/{userId}/default/contacts``, which is only read."""

from dataclasses import dataclass
from typing import Final

from sms_desktop.domain.contact_card import Card, RawNumber
from sms_desktop.wire.answers.reading import several
from sms_desktop.wire.errors import UnreadableAnswer
from sms_desktop.wire.fields import Fields, entries, fields, word
from sms_desktop.wire.paths import join, last_part
from sms_desktop.wire.requests.request import EVERYTHING, PageQuery, Request

# By the vendor's names of attributes, the likeliest to read texts first.
_NUMBERS: Final = (
    ("mobilePhoneNumber", "mobile"),
    ("mobileNumber", "mobile"),
    ("homePhoneNumber", "home"),
    ("businessPhoneNumber", "work"),
    ("workPhoneNumber", "work"),
    ("phoneNumber", ""),
    ("primaryContact", ""),
    ("pagerNumber", "pager"),
    ("faxNumber", "fax"),
)


@dataclass(frozen=True, slots=True)
class ContactPage:
    """One page of a user's address book."""

    cards: tuple[Card, ...]
    next_page: str | None


def contacts(user_id: str, page: PageQuery = EVERYTHING) -> Request:
    """Lists the contacts of a user."""
    path = join("cpaas", "addressbook", "v1", user_id, "default", "contacts")
    return Request("GET", path, page.parameters())


def contact_page(body: bytes) -> ContactPage:
    """Reads one page of contacts. Raises ``UnreadableAnswer``.

    A contact is a list of attributes with names and values, or, plainer, an object of them.
    """
    try:
        found, _, following = several(body, "contactCollection", "contact")
    except UnreadableAnswer:
        # By the name that its own lists have.
        found, _, following = several(body, "contactList", "contact")
    return ContactPage(tuple(map(_card, found)), following)


def _card(item: Fields) -> Card:
    known = _attributes(item)
    name = " ".join(part for part in (known("firstName"), known("lastName")) if part)
    uid = word(item, "contactId", "id") or last_part(word(item, "resourceURL"))
    primary = known("primaryContact")
    numbers: dict[str, RawNumber] = {}
    for attribute, label in _NUMBERS:
        # The primary contact may be an e-mail address as well.
        if (said := known(attribute)) and "@" not in said:
            numbers.setdefault(said, RawNumber(said, label))
    shown = name or known("displayName") or known("name") or known("nickname")
    others = known("emailAddress") or (primary if "@" in primary else "")
    return Card(
        name=shown or others or uid,
        numbers=tuple(numbers.values()),
        organisation=known("company") or known("organization"),
        uid=uid,
    )


class _attributes:  # noqa: N801 - reads as the function that it stands for
    """What a contact says under a name, whatever its case; empty where it says nothing."""

    def __init__(self, item: Fields) -> None:
        listed, _ = entries(fields(item.get("attributeList")).get("attribute"))
        self._values = {word(one, "name").lower(): word(one, "value") for one in listed}
        self._item = item

    def __call__(self, name: str) -> str:
        return self._values.get(name.lower()) or word(self._item, name)

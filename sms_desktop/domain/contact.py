"""People in the address book: what is kept of one, and how a list and a picture of them are asked for."""

from dataclasses import dataclass
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.errors import Slip
from sms_desktop.domain.folding import fold
from sms_desktop.domain.ids import ContactChangeId, ContactId

LABELS: Final = ("mobile", "home", "work", "main", "fax", "pager", "other")
"""The labels that every program knows; any other text is a label of the person's own."""

LONGEST_NAME: Final = 200
LONGEST_NOTE: Final = 2_000
LONGEST_LABEL: Final = 40
MOST_NUMBERS: Final = 50


class NamelessContact(Slip):
    """A contact has neither a name nor an organisation."""

    sentence = "Type a name, or an organisation: a contact needs one of them."


class UnreadableNumber(Slip):
    """What stands for a number cannot be texted."""

    sentence = "One of the numbers cannot be texted."


@dataclass(frozen=True, slots=True)
class ContactNumber:
    """One number of somebody; ``label`` is one of ``LABELS``, any other text, or empty."""

    number: Address
    label: str = ""


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What a person can write about a contact. Numbers in their order, each at most once."""

    name: str
    numbers: tuple[ContactNumber, ...] = ()
    organisation: str = ""
    note: str = ""

    @property
    def shown_name(self) -> str:
        """The name, else the organisation."""
        return self.name or self.organisation

    def tidied(self) -> "ContactDetails":
        """Without needless blanks, within the longest lengths, no number twice.

        Raises ``NamelessContact``.
        """
        name = _one_line(self.name, LONGEST_NAME)
        organisation = _one_line(self.organisation, LONGEST_NAME)
        if not name and not organisation:
            raise NamelessContact
        numbers: dict[Address, ContactNumber] = {}
        for one in self.numbers[:MOST_NUMBERS]:
            if one.number:
                label = _one_line(one.label, LONGEST_LABEL)
                numbers.setdefault(one.number, ContactNumber(one.number, label))
        note = self.note.strip()[:LONGEST_NOTE]
        return ContactDetails(name, tuple(numbers.values()), organisation, note)


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as it is kept. ``revision`` is another one after every change."""

    contact_id: ContactId
    details: ContactDetails
    has_photo: bool
    revision: int

    @property
    def name(self) -> str:
        """What it is called wherever it is shown."""
        return self.details.shown_name


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A line of the list; ``number`` is the first one, ``more`` how many follow."""

    contact_id: ContactId
    name: str
    organisation: str
    number: Address
    more: int
    has_photo: bool


@dataclass(frozen=True, slots=True)
class PhotoChange:
    """What shall become of a picture: ``image`` is an encoded one, ``None`` takes it away."""

    image: bytes | None


@dataclass(frozen=True, slots=True)
class UndoableChange:
    """A change of contacts that can still be undone. ``kind``: ``import``, ``merge`` or ``delete``.

    ``label`` says where an import came from; ``contacts`` counts those that it touched.
    """

    change_id: ContactChangeId
    kind: str
    label: str
    at_ms: int
    contacts: int


@dataclass(frozen=True, slots=True)
class Undone:
    """How many contacts are as they were before, and how many stayed as they were edited since."""

    contacts: int
    kept: int = 0


def folded_name(details: ContactDetails) -> str:
    """What lists are ordered by, and what two entries for one person have in common."""
    return " ".join(fold(details.shown_name).split())


def _one_line(text: str, longest: int) -> str:
    return " ".join(text.split())[:longest].strip()

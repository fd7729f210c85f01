"""The address book in words: people as sentences, what an import would do and did."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from sms_desktop.domain.contact import ContactRow, UndoableChange, Undone
from sms_desktop.domain.contact_card import Column, Forecast, Imported
from sms_desktop.ui.models.numbers import shown_number

_COLUMNS: Final = {
    Column.IGNORED: QT_TRANSLATE_NOOP("Contacts", "Leave out"),
    Column.NAME: QT_TRANSLATE_NOOP("Contacts", "Whole name"),
    Column.GIVEN_NAME: QT_TRANSLATE_NOOP("Contacts", "First name"),
    Column.FAMILY_NAME: QT_TRANSLATE_NOOP("Contacts", "Last name"),
    Column.NUMBER: QT_TRANSLATE_NOOP("Contacts", "Phone number"),
    Column.LABEL: QT_TRANSLATE_NOOP("Contacts", "Kind of the next number"),
    Column.ORGANISATION: QT_TRANSLATE_NOOP("Contacts", "Organisation"),
    Column.NOTE: QT_TRANSLATE_NOOP("Contacts", "Note"),
}


def tr(text: str) -> str:
    """A text of the address book in the person's language."""
    return QCoreApplication.translate("Contacts", text)


def column_words(column: Column) -> str:
    """What a column holds."""
    return tr(str(_COLUMNS[column]))


def contact_sentence(row: ContactRow) -> str:
    """Somebody as one sentence: name, organisation, number, how many more."""
    parts = [row.name, row.organisation, number_line(row)]
    return ". ".join(part for part in parts if part)


def number_line(row: ContactRow) -> str:
    """The first number, and how many more there are."""
    if not row.number:
        return tr("No number")
    shown = shown_number(row.number)
    return (
        tr("{number} and {count} more").format(number=shown, count=row.more) if row.more else shown
    )


def people(count: int) -> str:
    """So many contacts."""
    return tr("1 contact") if count == 1 else tr("{count} contacts").format(count=f"{count:,}")


def forecast_sentence(found: Forecast) -> str:
    """What an import would do."""
    parts = [
        _counted(found.added, "{count} new"),
        _counted(found.completed, "{count} known with something new"),
        _counted(found.unchanged, "{count} known already"),
        *_left_out(found),
    ]
    return _sentence(parts) or tr("Nobody in it can be imported.")


def result_sentence(done: Imported) -> str:
    """What an import has done: "212 imported, 3 without a number."."""
    parts = [
        tr("{count} imported").format(count=f"{done.added:,}"),
        _counted(done.completed, "{count} completed"),
        _counted(done.unchanged, "{count} known already"),
        *_left_out(done),
    ]
    said = _sentence(parts)
    return tr("Stopped. {said}").format(said=said) if done.is_cancelled else said


def undone_sentence(undone: Undone) -> str:
    """What undoing has done."""
    if not undone.kept:
        return tr("Undone: everything is as it was.")
    said = tr("Undone. {people} stayed, because you have edited them since.")
    return said.format(people=people(undone.kept))


def undo_words(change: UndoableChange) -> str:
    """The change as a menu names it."""
    if change.kind == "import":
        said = tr("Undo the import of {label} ({people})")
        return said.format(label=change.label, people=people(change.contacts))
    if change.kind == "merge":
        return tr("Undo the merge")
    return tr("Undo the deletion of {people}").format(people=people(change.contacts))


def _left_out(counts: Forecast | Imported) -> Iterable[str]:
    return (
        _counted(counts.without_number, "{count} without a number"),
        _counted(counts.nameless, "{count} without a name"),
    )


def _counted(count: int, words: str) -> str:
    return tr(words).format(count=f"{count:,}") if count else ""


def _sentence(parts: Iterable[str]) -> str:
    said = ", ".join(part for part in parts if part)
    return f"{said}." if said else ""


# What ``_counted`` and ``result_sentence`` are handed, for those who gather texts.
_COUNTED: Final = (
    QT_TRANSLATE_NOOP("Contacts", "{count} new"),
    QT_TRANSLATE_NOOP("Contacts", "{count} known with something new"),
    QT_TRANSLATE_NOOP("Contacts", "{count} known already"),
    QT_TRANSLATE_NOOP("Contacts", "{count} completed"),
    QT_TRANSLATE_NOOP("Contacts", "{count} without a number"),
    QT_TRANSLATE_NOOP("Contacts", "{count} without a name"),
)

"""Labels of numbers as people read them."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_LABELS: Final = {
    "mobile": QT_TRANSLATE_NOOP("Contacts", "Mobile"),
    "home": QT_TRANSLATE_NOOP("Contacts", "Home"),
    "work": QT_TRANSLATE_NOOP("Contacts", "Work"),
    "main": QT_TRANSLATE_NOOP("Contacts", "Main"),
    "fax": QT_TRANSLATE_NOOP("Contacts", "Fax"),
    "pager": QT_TRANSLATE_NOOP("Contacts", "Pager"),
    "other": QT_TRANSLATE_NOOP("Contacts", "Other"),
}


def label_words(label: str) -> str:
    """A label as people read it; one of their own as it is."""
    if label not in _LABELS:
        return label
    return QCoreApplication.translate("Contacts", str(_LABELS[label]))


def label_meant(words: str) -> str:
    """The label that was typed or picked."""
    typed = " ".join(words.split())
    known = (label for label in _LABELS if label_words(label).casefold() == typed.casefold())
    return next(known, typed)

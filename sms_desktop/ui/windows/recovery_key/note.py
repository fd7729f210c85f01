"""The note that carries the recovery key out of the computer: as a text file, and on paper."""

from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFile, QIODevice, QSaveFile

TITLE: Final = "SMS Desktop: recovery key"
_WHAT_FOR: Final = (
    "This key opens the messages that SMS Desktop keeps on your computer, if the keyring or the "
    "passphrase that protects them is ever lost. Start the program there: it asks for the key by "
    "itself."
)
_CARE: Final = (
    "Whoever has this note and your computer can read your messages. Keep it where you keep other "
    "papers of value, or in a password manager, and not only on the same computer."
)
_LOOKS: Final = (
    "Capital or small letters do not matter, and neither do the gaps. The letters I, L, O and U "
    "do not occur."
)


def note_text(key: str) -> str:
    """The note as plain text; the program reads it back as it is."""
    lines = "\n".join(f"    {line}" for line in key.splitlines())
    return f"{TITLE}\n\n{_WHAT_FOR}\n\n{lines}\n\n{_LOOKS}\n\n{_CARE}\n"


def note_html(key: str) -> str:
    """The note for the printer."""
    lines = "<br>".join(escape(line) for line in key.splitlines())
    return (
        f"<h1>{TITLE}</h1><p>{_WHAT_FOR}</p>"
        f'<p style="font-family: monospace; font-size: 17pt; margin: 24px 0;">{lines}</p>'
        f"<p>{_LOOKS}</p><p>{_CARE}</p>"
    )


def save_note(file: Path, key: str) -> str:
    """Write the note so that only this user can read it; a sentence where that failed, else empty."""
    target = QSaveFile(str(file))
    if target.open(QIODevice.OpenModeFlag.WriteOnly):
        permissions = QFile.Permission
        target.setPermissions(permissions.ReadOwner | permissions.WriteOwner)
        target.write(note_text(key).encode())
        if target.commit():
            return ""
    return f"The note could not be saved: {target.errorString()}."

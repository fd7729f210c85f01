"""What can go wrong with the store, each with a sentence for people. Names no path, key or content."""

from sms_desktop.domain.errors import SmsDesktopError


class StoreError(SmsDesktopError):
    """The store could not do what it was asked; every other error here is one of these."""

    sentence = "The message store could not be read or written."


class WrongKey(StoreError):
    """The file does not open with the key: another key, or a first page that is damaged."""

    sentence = (
        "The message store does not open with the key from the vault. "
        "The key belongs to another store, or the file is damaged. It has not been changed."
    )


class NewerSchema(StoreError):
    """The file was written by a newer version of the program; it has not been touched."""

    sentence = (
        "The message store was written by a newer version of this program. "
        "Install that version again; the store has not been changed."
    )


class Damaged(StoreError):
    """SQLite found pages that make no sense."""

    sentence = "The message store is damaged. It has not been overwritten."


class DiskFull(StoreError):
    """No room to write; nothing of the transaction was kept."""

    sentence = "The disk is full, so nothing can be kept. Free some space and try again."


class DiskFailed(StoreError):
    """The operating system failed to read or write the file."""

    sentence = "The disk that holds the message store does not answer properly."


class ReadOnlyDisk(StoreError):
    """The file or its folder may not be written."""

    sentence = "The message store may not be written. Look at the permissions of its folder."


class CannotOpen(StoreError):
    """The file or its folder cannot be opened or made."""

    sentence = "The message store cannot be opened. Look at the permissions of its folder."


class StoreBusy(StoreError):
    """Another process held the write lock for longer than we wait."""

    sentence = "Another program is holding the message store. Try again in a moment."


class StoreClosed(StoreError):
    """The store was closed before the job could begin, or while a long read was running."""

    sentence = "The message store has been closed."

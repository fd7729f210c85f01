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


class StoreGone(StoreError):
    """The file was moved, deleted or unmounted while it was open; nothing can be kept."""

    sentence = (
        "The file of your messages was moved or deleted while it was in use, so nothing can be kept. "
        "Put it back, or quit and start again: then the newest backup takes its place."
    )


class NoRoomForBackup(StoreError):
    """A backup would leave too little free space; none was begun."""

    sentence = (
        "There is too little free space for a backup of your messages. "
        "Free some space; the next backup is tried by itself."
    )


class BackupFailed(StoreError):
    """A backup could not be written, read or put in place; the store is as it was."""

    sentence = "The backup could not be written or read. Your messages have not been changed."


class NoSuchBackup(StoreError):
    """No backup has this name."""

    sentence = "There is no backup of that name. “backup list” shows those that are there."

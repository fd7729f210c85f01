"""What a person made of a conversation: pinned, put away, quiet. The rules of how one follows another.

Rules are pure: flags in, flags out. When something comes in, ``after_news`` says what it undoes.
"""

from dataclasses import dataclass, replace
from enum import IntEnum


class Folder(IntEnum):
    """Where a conversation is listed; the store computes the same from its columns."""

    INBOX = 0
    ARCHIVED = 1
    BLOCKED = 2
    SNOOZED = 3
    GONE = 4
    """Deleted, and perhaps still to be had back."""


@dataclass(frozen=True, slots=True)
class ThreadFlags:
    """``snoozed_until_ms``: 0 while it is not; ``is_marked_unread``: by the person, not by a message."""

    is_pinned: bool = False
    is_archived: bool = False
    is_muted: bool = False
    is_blocked: bool = False
    is_marked_unread: bool = False
    snoozed_until_ms: int = 0

    @property
    def folder(self) -> Folder:
        """Blocked goes before archived, archived before snoozed."""
        if self.is_blocked:
            return Folder.BLOCKED
        if self.is_archived:
            return Folder.ARCHIVED
        return Folder.SNOOZED if self.snoozed_until_ms else Folder.INBOX

    @property
    def is_quiet(self) -> bool:
        """Nothing that comes in draws attention."""
        return self.is_muted or self.is_blocked


@dataclass(frozen=True, slots=True)
class ThreadChange:
    """What a person wants of conversations; ``None`` leaves a thing as it is.

    ``snoozed_until_ms``: 0 brings it back.
    """

    pinned: bool | None = None
    archived: bool | None = None
    muted: bool | None = None
    blocked: bool | None = None
    marked_unread: bool | None = None
    snoozed_until_ms: int | None = None

    @property
    def puts_away(self) -> bool:
        """Whether conversations leave the list by it, so that a way back is wanted."""
        return bool(self.archived or self.blocked or self.snoozed_until_ms)

    def applied(self, flags: ThreadFlags) -> ThreadFlags:
        """The flags afterwards: what is put away is not pinned, what is pinned is not put away."""
        after = replace(
            flags,
            is_pinned=_other(self.pinned, flags.is_pinned),
            is_archived=_other(self.archived, flags.is_archived),
            is_muted=_other(self.muted, flags.is_muted),
            is_blocked=_other(self.blocked, flags.is_blocked),
            is_marked_unread=_other(self.marked_unread, flags.is_marked_unread),
            snoozed_until_ms=(
                flags.snoozed_until_ms if self.snoozed_until_ms is None else self.snoozed_until_ms
            ),
        )
        if self.pinned:
            return replace(after, is_archived=False, snoozed_until_ms=0)
        if self.snoozed_until_ms:
            return replace(after, is_archived=False)
        if self.archived or self.blocked:
            return replace(after, is_pinned=False, snoozed_until_ms=0)
        return after


def after_news(flags: ThreadFlags, *, inbound: bool) -> ThreadFlags:
    """A new message brings back what was archived; one from the other end also what was snoozed."""
    return replace(
        flags, is_archived=False, snoozed_until_ms=0 if inbound else flags.snoozed_until_ms
    )


def after_snooze(flags: ThreadFlags) -> ThreadFlags:
    """Its time has come: it is there again, and asks to be looked at."""
    return replace(flags, snoozed_until_ms=0, is_marked_unread=True)


def _other(wanted: bool | None, before: bool) -> bool:
    return before if wanted is None else wanted

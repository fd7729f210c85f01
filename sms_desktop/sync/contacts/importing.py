"""Takes a prepared book in, a few entries at a time, so that nobody waits behind a large one."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from sms_desktop.domain.changes import Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.contact_card import Forecast, Imported, Prepared, ReadyCard
from sms_desktop.domain.ids import ContactChangeId
from sms_desktop.store import contact_import, contact_undo, contacts
from sms_desktop.store.connection import Connection
from sms_desktop.store.contact_import import Taken
from sms_desktop.store.database import Database

ShrinkPhoto = Callable[[bytes], bytes | None]
"""A picture of any kind as a small JPEG; ``None`` where it is none. Called on other threads."""

_BATCH: Final = 100
_SAMPLES: Final = 200


class ContactImport:
    """``changed`` is told the conversations that may show other names."""

    def __init__(
        self,
        store: Database,
        shrink_photo: ShrinkPhoto,
        now_ms: NowMs,
        changed: Callable[[Changes], None],
    ) -> None:
        self._store = store
        self._shrink_photo = shrink_photo
        self._now_ms = now_ms
        self._changed = changed

    async def forecast(self, book: Prepared) -> Forecast:
        """What ``run`` would do."""
        taken = await self._store.read_long(lambda db: contact_import.foretell(db, book.cards))
        return Forecast(
            taken.added,
            taken.completed,
            taken.unchanged,
            book.without_number,
            book.nameless,
            tuple(card.details for card in book.cards[:_SAMPLES]),
        )

    async def run(
        self,
        book: Prepared,
        tell: Callable[[int, int], None],
        is_unwanted: Callable[[], bool],
    ) -> Imported:
        """Take everything in; what is in when it becomes unwanted stays, and can be undone.

        ``tell``: how many of how many entries are done.
        """
        total = Taken()
        change_id: ContactChangeId | None = None
        done = 0
        numbers: list[str] = []
        try:
            while done < len(book.cards) and not is_unwanted():
                batch = book.cards[done : done + _BATCH]
                ready = await asyncio.to_thread(self._with_small_photos, batch)
                change_id, taken = await self._store.write(self._job(book.label, change_id, ready))
                done += len(batch)
                numbers += taken.numbers
                total.added += taken.added
                total.completed += taken.completed
                total.unchanged += taken.unchanged
                tell(done, len(book.cards))
        finally:
            # What is in is in, however this ended.
            if numbers:
                self._changed(
                    await self._store.read_long(lambda db: contacts.conversations_of(db, numbers))
                )
        is_empty = not total.added and not total.completed
        return Imported(
            total.added,
            total.completed,
            total.unchanged,
            book.without_number,
            book.nameless,
            None if is_empty else change_id,
            is_cancelled=done < len(book.cards),
        )

    def _job(
        self, label: str, change_id: ContactChangeId | None, ready: Sequence[ReadyCard]
    ) -> Callable[[Connection], tuple[ContactChangeId, Taken]]:
        now_ms = self._now_ms()

        def job(db: Connection) -> tuple[ContactChangeId, Taken]:
            change = change_id or contact_undo.begin(db, contact_undo.IMPORT, label, now_ms)
            return change, contact_import.take(db, change, ready)

        return job

    def _with_small_photos(self, batch: Sequence[ReadyCard]) -> list[ReadyCard]:
        return [
            card if card.photo is None else replace(card, photo=self._shrink_photo(card.photo))
            for card in batch
        ]

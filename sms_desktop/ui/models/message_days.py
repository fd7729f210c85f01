"""On which local days a conversation has messages. Costs by the days asked for, never by the messages."""

from datetime import date

from sms_desktop.domain.ids import ConversationId
from sms_desktop.domain.message import TimelineKey, TimelineRow
from sms_desktop.ui.models.moments import day_start_ms, local_day
from sms_desktop.ui.ports import Reader


class MessageDays:
    """Every answer is one look along the timeline's key, ``within`` one for each day that it finds."""

    def __init__(self, reader: Reader, conversation_id: ConversationId) -> None:
        self._reader = reader
        self._conversation_id = conversation_id

    def oldest(self) -> date | None:
        """The day of the oldest message; ``None`` where there is none."""
        return self._day_of(self._reader.rows_after(self._conversation_id, TimelineKey(-1, 0), 1))

    def newest(self) -> date | None:
        """The day of the newest message; ``None`` where there is none."""
        return self._day_of(self._reader.rows_before(self._conversation_id, None, 1))

    def on_or_after(self, day: date) -> date | None:
        """The first day with messages that is not before ``day``."""
        return self._day_of(self._rows_from(day))

    def on_or_before(self, day: date) -> date | None:
        """The last day with messages that is not after ``day``."""
        edge = _before_all_of(moved(day, 1))
        return self._day_of(self._reader.rows_before(self._conversation_id, edge, 1))

    def within(self, first: date, last: date) -> frozenset[date]:
        """The days with messages from ``first`` to ``last``, both included."""
        found = set()
        day = self.on_or_after(first)
        while day is not None and day <= last and day not in found:
            found.add(day)
            day = self.on_or_after(moved(day, 1))
        return frozenset(found)

    def first_key(self, day: date) -> TimelineKey | None:
        """Key of the first message of a day, or of what follows where it has none."""
        rows = self._rows_from(day)
        return rows[0].key if rows else None

    def _rows_from(self, day: date) -> list[TimelineRow]:
        return self._reader.rows_after(self._conversation_id, _before_all_of(day), 1)

    @staticmethod
    def _day_of(rows: list[TimelineRow]) -> date | None:
        return local_day(rows[0].key.at_ms) if rows else None


def moved(day: date, days: int) -> date:
    """So many days on, or back, as far as the calendar goes."""
    return date.fromordinal(max(1, min(date.max.toordinal(), day.toordinal() + days)))


def _before_all_of(day: date) -> TimelineKey:
    return TimelineKey(day_start_ms(day), -1)

"""Times as people read them, in the system's locale and time zone."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, QTime, QTimer, Signal

from sms_desktop.domain.clock import NowMs

_YEAR_AT_THE_END = re.compile(r"[\s,.،]*('?de'?\s*)?y+[\s,.]*('[^']*')?[\s.]*$")
_LOOK_AT_CALENDAR_MS = 20_000


class Moments:
    """Words for instants; an instant is milliseconds since the epoch, a day is local."""

    def __init__(self, now_ms: NowMs, locale: QLocale | None = None) -> None:
        self._now_ms = now_ms
        self._locale = locale or QLocale.system()
        self._clock = self._locale.timeFormat(QLocale.FormatType.ShortFormat)
        self._long_date = self._locale.dateFormat(QLocale.FormatType.LongFormat)
        # "Friday 20 November": within the year its number is noise.
        self._day_and_month = _YEAR_AT_THE_END.sub("", self._long_date)
        if self._locale.language() == QLocale.Language.English:
            self._day_and_month = self._day_and_month.replace("dddd, d ", "dddd d ")
        self._short_date = (
            self._day_and_month.removeprefix("dddd").lstrip(" ,.،").replace("MMMM", "MMM")
        )
        self.clock: Callable[[int], str] = lru_cache(maxsize=2048)(self._clock_text)

    def now_ms(self) -> int:
        """This very instant."""
        return self._now_ms()

    def today(self) -> date:
        """The local day it is."""
        return local_day(self._now_ms())

    def day_label(self, day: date) -> str:
        """A day as the separators name it: Today, Yesterday, Friday 20 November."""
        today = self.today()
        age = (today - day).days
        if age == 0:
            return QCoreApplication.translate("Moments", "Today")
        if age == 1:
            return QCoreApplication.translate("Moments", "Yesterday")
        layout = self._day_and_month if day.year == today.year else self._long_date
        return self._locale.toString(_qdate(day), layout)

    def list_time(self, at_ms: int) -> str:
        """The shortest telling form: the time today, the weekday this week, else the date."""
        day = local_day(at_ms)
        age = (self.today() - day).days
        if age <= 0:
            return self.clock(at_ms)
        if age < 7:
            return self._locale.toString(_qdate(day), "ddd")
        if day.year == self.today().year and "y" not in self._short_date:
            return self._locale.toString(_qdate(day), self._short_date)
        return self._locale.toString(_qdate(day), QLocale.FormatType.ShortFormat)

    def spoken(self, at_ms: int) -> str:
        """Day and time for a sentence: "Today 14:32"."""
        return f"{self.day_label(local_day(at_ms))} {self.clock(at_ms)}"

    def ahead(self, at_ms: int) -> str:
        """A time to come: "Today 18:00", "Tomorrow 09:00", "Monday 30 November 09:00"."""
        day = local_day(at_ms)
        is_tomorrow = (day - self.today()).days == 1
        named = QCoreApplication.translate("Moments", "Tomorrow") if is_tomorrow else ""
        return f"{named or self.day_label(day)} {self.clock(at_ms)}"

    def exact(self, at_ms: int) -> str:
        """Full date and time to the second, for tool tips and copies."""
        at = _local(at_ms)
        date_text = self._locale.toString(_qdate(at.date()), QLocale.FormatType.LongFormat)
        return f"{date_text} {self._locale.toString(_qtime(at), 'HH:mm:ss')}"

    def month_label(self, day: date) -> str:
        """The month of a day: "November 2026"."""
        name = self._locale.standaloneMonthName(day.month)
        return f"{name} {self._locale.toString(_qdate(day), 'yyyy')}"

    def whole_day(self, day: date) -> str:
        """A day in full: "Friday, 20 November 2026"."""
        return self._locale.toString(_qdate(day), QLocale.FormatType.LongFormat)

    def weekdays(self) -> list[tuple[int, str, str]]:
        """ISO number, short and full name of the days of a week, in the order of the locale."""
        first = self._locale.firstDayOfWeek().value
        order = [(first - 1 + step) % 7 + 1 for step in range(7)]
        return [
            (
                day,
                self._locale.standaloneDayName(day, QLocale.FormatType.ShortFormat),
                self._locale.standaloneDayName(day),
            )
            for day in order
        ]

    def _clock_text(self, at_ms: int) -> str:
        return self._locale.toString(_qtime(_local(at_ms)), self._clock)


class DayWatch(QObject):
    """Says when another day has begun, also after the computer slept through midnight."""

    day_changed = Signal()

    def __init__(self, moments: Moments, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._moments = moments
        self._day = moments.today()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_AT_CALENDAR_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Compare the calendar with what was seen last."""
        today = self._moments.today()
        if today != self._day:
            self._day = today
            self.day_changed.emit()


def local_day(at_ms: int) -> date:
    """The local calendar day of an instant."""
    return _local(at_ms).date()


def day_start_ms(day: date) -> int:
    """The instant at which a local calendar day begins."""
    return int(datetime(day.year, day.month, day.day).astimezone().timestamp() * 1000)


def _local(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone()


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _qtime(at: datetime) -> QTime:
    return QTime(at.hour, at.minute, at.second)

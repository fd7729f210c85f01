"""What the person can choose: one table, which the file, the command line and the dialog are made of.

A setting is one entry of ``SETTINGS``; nothing else has to be written to store it, to check it,
to set it with ``--set`` or to show it in the dialog.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, Generic, TypeVar

from sms_desktop.domain.errors import Slip
from sms_desktop.domain.regions import REGIONS
from sms_desktop.settings_file import SettingsUnreadable, Value, read_values, write_values

__all__ = ["SETTINGS", "Kind", "Setting", "SettingRefused", "Settings", "Value"]

_MOST_NAMED: Final = 6
_V = TypeVar("_V", bound=Value)


class SettingRefused(Slip):
    """A value that a setting cannot have, or a setting that does not exist."""

    sentence = "That is not a possible value for this setting."


class Kind(StrEnum):
    """How a setting is shown and checked."""

    CHOICE = "choice"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, eq=False)
class Setting(Generic[_V]):
    """One row of the table.

    ``key`` is ``section.name``. ``choices`` maps each value of a ``CHOICE`` to its label;
    ``minimum``, ``maximum`` and ``step`` bound a ``NUMBER``, whose ``unit`` stands behind it.
    """

    key: str
    kind: Kind
    default: _V
    label: str
    help: str
    choices: Mapping[_V, str] = field(default_factory=dict)
    minimum: int = 0
    maximum: int = 0
    step: int = 1
    unit: str = ""

    def checked(self, value: object) -> _V:
        """The value itself where the setting can have it; raises ``SettingRefused``."""
        is_right_type = type(value) is type(self.default)  # a bool is an int, and no size
        if isinstance(value, type(self.default)) and is_right_type and self._allows(value):
            return value
        raise SettingRefused(f"{self.label} ({self.key}) must be {self._wanted()}.")

    def read(self, text: str) -> _V:
        """The value that a text on the command line means; raises ``SettingRefused``."""
        value: object = text.strip()
        if self.kind is Kind.NUMBER:
            bare = text.strip().removesuffix(self.unit).strip()
            value = int(bare) if bare.isdecimal() and len(bare) < 10 else bare
        return self.checked(value)

    def _allows(self, value: _V) -> bool:
        if isinstance(value, int):
            return self.minimum <= value <= self.maximum and not (value - self.minimum) % self.step
        return value in self.choices

    def _wanted(self) -> str:
        if self.kind is Kind.CHOICE:
            *others, last = (str(choice) for choice in self.choices)
            if len(others) > _MOST_NAMED:
                return f"one of {', '.join(others[:_MOST_NAMED])}, … {last}"
            return f"{', '.join(others)} or {last}"
        steps = f" in steps of {self.step}" if self.step > 1 else ""
        return f"a whole number from {self.minimum} to {self.maximum}{steps}"


THEME: Final = Setting(
    key="appearance.theme",
    kind=Kind.CHOICE,
    default="system",
    label="Theme",
    help="Light, dark, or whatever the desktop uses at the moment.",
    choices={"system": "As the desktop", "light": "Light", "dark": "Dark"},
)
TEXT_PERCENT: Final = Setting(
    key="appearance.text_percent",
    kind=Kind.NUMBER,
    default=100,
    label="Text size",
    help="Size of all text, compared with the desktop's own.",
    minimum=85,
    maximum=200,
    step=5,
    unit="%",
)
LISTENER_PORT: Final = Setting(
    key="connection.listener_port",
    kind=Kind.NUMBER,
    default=0,
    label="Port for notifications",
    help="Empty, or 0, takes any free port. Only a server of your own that passes notifications on "
    "to this computer needs a fixed one.",
    maximum=65535,
)

NEVER: Final = "never"
LOCK_AFTER: Final = Setting(
    key="privacy.lock_after",
    kind=Kind.CHOICE,
    default=NEVER,
    label="Lock by itself",
    help="After so many minutes without a key or the mouse in this program.",
    choices={NEVER: "Never", "5": "5 minutes", "15": "15 minutes", "60": "An hour"},
)
LOCK_ON_SLEEP: Final = Setting(
    key="privacy.lock_on_sleep",
    kind=Kind.CHOICE,
    default="yes",
    label="Lock when the computer sleeps",
    help="It is found locked when the computer wakes up.",
    choices={"yes": "Yes", "no": "No"},
)

AUTOMATIC_REGION: Final = "auto"
REGION: Final = Setting(
    key="messages.region",
    kind=Kind.CHOICE,
    default=AUTOMATIC_REGION,
    label="Country of numbers",
    help="How numbers without + and a country code are read when you type them.",
    choices={AUTOMATIC_REGION: "As the desktop", **{code: code for code in REGIONS}},
)

AnySetting = Setting[str] | Setting[int]
SETTINGS: Final[tuple[AnySetting, ...]] = (
    THEME,
    TEXT_PERCENT,
    REGION,
    LISTENER_PORT,
    LOCK_AFTER,
    LOCK_ON_SLEEP,
)
"""Every setting, in the order of the dialog."""


class Settings:
    """The values in force, and the file they are kept in.

    Not for several threads. ``file=None`` keeps nothing. ``problems`` are sentences about what the
    file held and could not be used; the rest of it is used all the same.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._kept: dict[str, Value] = {}
        self._for_this_run: dict[str, Value] = {}
        self._listeners: list[Callable[[AnySetting], None]] = []
        self.problems: tuple[str, ...] = ()
        if file is not None:
            self._load(file)

    def __getitem__(self, setting: Setting[_V]) -> _V:
        return setting.checked(self._value(setting))

    def change(self, setting: AnySetting, value: Value) -> None:
        """Take a value over, keep it in the file and tell the listeners.

        Raises ``SettingRefused``, or ``SettingsUnwritable`` once the value is in force and the
        file could not be written.
        """
        before = self._value(setting)
        self._kept[setting.key] = setting.checked(value)
        self._for_this_run.pop(setting.key, None)
        if self._value(setting) != before:
            self._tell(setting)
        if self._file is not None:
            write_values(self._file, self._kept)

    def override(self, assignments: Iterable[str]) -> None:
        """Take ``key=value`` texts over for this run only, as ``--set`` does.

        All of them or none; raises ``SettingRefused``.
        """
        read: dict[AnySetting, Value] = {}
        for assignment in assignments:
            key, equals, text = assignment.partition("=")
            if not equals:
                raise SettingRefused(f"--set wants key=value, and not {assignment!r}.")
            setting = find(key.strip())
            read[setting] = setting.read(text)
        for setting, value in read.items():
            before = self._value(setting)
            self._for_this_run[setting.key] = value
            if value != before:
                self._tell(setting)

    def on_change(self, listener: Callable[[AnySetting], None]) -> Callable[[], None]:
        """Call ``listener`` with each setting whose value changed; the answer takes it off again."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _value(self, setting: AnySetting | Setting[_V]) -> Value:
        kept = self._kept.get(setting.key, setting.default)
        return self._for_this_run.get(setting.key, kept)

    def _tell(self, setting: AnySetting) -> None:
        for listener in tuple(self._listeners):
            listener(setting)

    def _load(self, file: Path) -> None:
        problems = []
        try:
            values = read_values(file)
        except SettingsUnreadable as error:
            self.problems = (error.text(),)
            return
        for setting in SETTINGS:
            if setting.key in values:
                try:
                    self._kept[setting.key] = setting.checked(values[setting.key])
                except SettingRefused as error:
                    problems.append(error.text())
        self.problems = tuple(problems)


def find(key: str) -> AnySetting:
    """The setting of a key; raises ``SettingRefused``, naming those there are."""
    for setting in SETTINGS:
        if setting.key == key:
            return setting
    known = ", ".join(setting.key for setting in SETTINGS)
    raise SettingRefused(f"There is no setting {key!r}. There are: {known}.")

"""Settings as a TOML file that people may edit; knows nothing of what the settings mean."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.system.atomic_file import replace_file

if TYPE_CHECKING:
    from tomlkit import TOMLDocument

Value = str | int | bool


class SettingsUnreadable(SmsDesktopError):
    """The settings file is there and cannot be used."""

    sentence = "The settings file cannot be read; the usual settings are in force."


class SettingsUnwritable(SmsDesktopError):
    """The settings file cannot be written."""

    sentence = "The settings could not be saved; they are in force until the program ends."


def read_values(file: Path) -> dict[str, object]:
    """The values by ``section.name``; empty where there is no file. Raises ``SettingsUnreadable``."""
    try:
        sections = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsUnreadable(
            f"{file} cannot be read ({error.strerror}); the usual settings are in force."
        ) from error
    except (ValueError, RecursionError) as error:
        raise SettingsUnreadable(
            f"{file} is not valid TOML ({error}); the usual settings are in force."
        ) from error
    return {
        f"{section}.{name}": value
        for section, values in sections.items()
        if isinstance(values, dict)
        for name, value in values.items()
    }


def write_values(file: Path, values: Mapping[str, Value]) -> None:
    """Write values by ``section.name`` into the file, and leave the rest of it as it is.

    Comments stay, and so do settings of other versions. A file that is not TOML is kept beside
    the new one with ``.broken`` behind its name, a second one with ``.broken.2``. Raises
    ``SettingsUnwritable``.
    """
    try:
        document = _document(file)
        for key, value in values.items():
            section, _, name = key.partition(".")
            _section(document, section)[name] = value
        replace_file(file, document.as_string().encode("utf-8"))
    except OSError as error:
        raise SettingsUnwritable(
            f"{file} could not be saved ({error.strerror}); the change lasts until the program ends."
        ) from error


def _document(file: Path) -> "TOMLDocument":
    # Reading is on the way to the first window and done by the standard library; this is not.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(file.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return tomlkit.document()
    except (TOMLKitError, ValueError, RecursionError):
        file.rename(_free_name_beside(file))
        return tomlkit.document()


def _free_name_beside(file: Path) -> Path:
    aside = file.with_name(f"{file.name}.broken")
    number = 1
    while aside.exists():
        number += 1
        aside = file.with_name(f"{file.name}.broken.{number}")
    return aside


def _section(document: "TOMLDocument", name: str) -> dict[str, object]:
    import tomlkit

    section = document.get(name)
    if not isinstance(section, dict):
        document[name] = tomlkit.table()
        section = document[name]
    return section

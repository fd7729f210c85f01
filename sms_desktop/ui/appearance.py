"""The settings of a profile, and the theme that they ask for."""

import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QApplication

from sms_desktop.settings import TEXT_PERCENT, THEME, Settings
from sms_desktop.ui.theme.theme import Mode, Theme

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Appearance:
    """The settings, and the theme that they ask for."""

    settings: Settings
    theme: Theme


def dress(application: QApplication, file: Path, overrides: Sequence[str] = ()) -> Appearance:
    """What the person set, and the looks that follow from it."""
    settings = Settings(file)
    settings.override(overrides)
    theme = Theme(application)
    theme.set_mode(cast(Mode, settings[THEME]))
    theme.set_text_percent(settings[TEXT_PERCENT])
    theme.apply(application)
    return Appearance(settings, theme)


def tell_problems(settings: Settings, *, to_log: bool) -> None:
    """Say what the file of settings held and could not be used; ``to_log``: the log is read anyway."""
    for problem in settings.problems:
        _log.warning("%s", problem)
        if not to_log:
            sys.stderr.write(f"sms-desktop: {problem}\n")

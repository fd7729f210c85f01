"""Lets the looks follow the settings while the program runs."""

from typing import cast

from sms_desktop.settings import TEXT_PERCENT, THEME, AnySetting, Settings
from sms_desktop.ui.theme.theme import Mode, Theme


def follow_settings(theme: Theme, settings: Settings) -> None:
    """From now on a change of mode or text size is seen at once."""

    def follow(setting: AnySetting) -> None:
        if setting is THEME:
            theme.set_mode(cast(Mode, str(settings[THEME])))
        elif setting is TEXT_PERCENT:
            theme.set_text_percent(settings[TEXT_PERCENT])

    settings.on_change(follow)

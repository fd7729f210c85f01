"""What the program looks like now: palette, fonts and sizes, and the news that they changed."""

import logging
import sys
from importlib.resources import as_file, files
from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from sms_desktop.ui.theme.palette import (
    DARK,
    DARK_HIGH_CONTRAST,
    LIGHT,
    LIGHT_HIGH_CONTRAST,
    Palette,
)
from sms_desktop.ui.theme.stylesheet import stylesheet

_log = logging.getLogger(__name__)

Mode = Literal["system", "light", "dark"]

_SMALLEST_PERCENT: Final = 85
_LARGEST_PERCENT: Final = 200
# Qt counts 72 points to the inch and takes 72 dpi for a Mac's screen where others take 96.
_POINTS: Final = 96 / 72 if sys.platform == "darwin" else 1.0


class Theme(QObject):
    """Hands out colours, fonts and lengths; ``changed`` means: ask for all of them again."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.palette: Palette = LIGHT
        self._mode: Mode = "system"
        self._percent = 100
        self._app: QApplication | None = None
        self._family = ""
        self._fonts: dict[tuple[float, int], QFont] = {}
        self._colours: dict[str, QColor] = {}
        self._scale = self._measured_scale()
        self._hints = QGuiApplication.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._is_high_contrast = self._watch_contrast()
        self._choose_palette()

    def let_go(self) -> None:
        """Follow the system no longer, and dress nothing any more: another theme may do it."""
        self._app = None
        self._hints.colorSchemeChanged.disconnect(self._follow_system)
        if hasattr(self._hints, "accessibility"):
            wishes = self._hints.accessibility()
            wishes.contrastPreferenceChanged.disconnect(self._follow_contrast)

    @property
    def mode(self) -> Mode:
        """What was asked for: follow the system, or always one of the two."""
        return self._mode

    @property
    def text_percent(self) -> int:
        """Size of texts and of what surrounds them, 85 to 200."""
        return self._percent

    def set_mode(self, mode: Mode) -> None:
        """Follow the system's light or dark, or stay with one of them."""
        self._mode = mode
        hints = QGuiApplication.styleHints()
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        # Title bars and native dialogs follow too, where the platform can.
        hints.setColorScheme(schemes.get(mode, Qt.ColorScheme.Unknown))
        if self._choose_palette():
            self._renew()

    def set_high_contrast(self, on: bool) -> None:
        """Outlines and the strongest colours; the system says whether they are wanted."""
        self._is_high_contrast = on
        if self._choose_palette():
            self._renew()

    def set_text_percent(self, percent: int) -> None:
        """Scale every text; values outside 85–200 are moved to the nearer end."""
        percent = max(_SMALLEST_PERCENT, min(_LARGEST_PERCENT, percent))
        if percent != self._percent:
            self._percent = percent
            self._fonts.clear()
            self._renew()

    def colour(self, role: str) -> QColor:
        """A palette colour by its name; a ``#rrggbb`` is taken as it is."""
        found = self._colours.get(role)
        if found is None:
            found = QColor(role if role.startswith("#") else getattr(self.palette, role))
            self._colours[role] = found
        return found

    def font(self, size: float = 10.0, weight: int = 400) -> QFont:
        """The text font. ``size``: points at 100 % (10 is the size of most texts); weight 100–900."""
        font = self._fonts.get((size, weight))
        if font is None:
            font = QFont()
            font.setPointSizeF(size * _POINTS * self._percent / 100)
            font.setWeight(QFont.Weight(weight))
            if self._family:
                font.setFamilies([self._family, *QFont().families()[:1]])
                # Where the font comes from its one variable file, FreeType draws every weight
                # alike unless the axis itself is set.
                font.setVariableAxis(QFont.Tag("wght"), float(weight))
            self._fonts[(size, weight)] = font
        return font

    def px(self, length: float) -> int:
        """A length of the design (pixels at 100 %) at the present text size, rounded."""
        return round(length * self._scale)

    def scale(self) -> float:
        """How much larger than in the design texts are, by this setting and the screen's dpi."""
        return self._scale

    def apply(self, app: QApplication) -> None:
        """Dress the whole application, now and after every change."""
        self._app = app
        app.setStyle("Fusion")
        self._family = self._family or _load_inter()
        self._fonts.clear()
        self._renew()

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self._choose_palette():
            self._renew()

    def _watch_contrast(self) -> bool:
        # Qt tells it from 6.10 on.
        if not hasattr(self._hints, "accessibility"):
            return False
        wishes = self._hints.accessibility()
        wishes.contrastPreferenceChanged.connect(self._follow_contrast)
        return bool(wishes.contrastPreference() == Qt.ContrastPreference.HighContrast)

    def _follow_contrast(self, wish: "Qt.ContrastPreference") -> None:
        self.set_high_contrast(wish == Qt.ContrastPreference.HighContrast)

    def _choose_palette(self) -> bool:
        if self._mode == "system":
            dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        else:
            dark = self._mode == "dark"
        light, night = LIGHT, DARK
        if self._is_high_contrast:
            light, night = LIGHT_HIGH_CONTRAST, DARK_HIGH_CONTRAST
        before, self.palette = self.palette, night if dark else light
        return before is not self.palette

    def _measured_scale(self) -> float:
        screen = QGuiApplication.primaryScreen()
        dpi = screen.logicalDotsPerInch() if screen is not None else 96.0
        return self._percent / 100 * dpi * _POINTS / 96

    def _renew(self) -> None:
        self._colours.clear()
        self._scale = self._measured_scale()
        if self._app is not None:
            self._app.setFont(self.font())
            self._app.setPalette(qt_palette(self.palette))
            self._app.setStyleSheet(
                stylesheet(self.palette, self.scale(), self._percent / 100 * _POINTS)
            )
        self.changed.emit()


def qt_palette(palette: Palette) -> QPalette:
    """The palette in Qt's own roles, for what the stylesheet does not reach."""
    role = QPalette.ColorRole
    colours = {
        role.Window: palette.window,
        role.WindowText: palette.text,
        role.Base: palette.window,
        role.AlternateBase: palette.field,
        role.Text: palette.text,
        role.Button: palette.raised,
        role.ButtonText: palette.text,
        role.BrightText: palette.danger,
        role.Highlight: palette.accent,
        role.HighlightedText: palette.on_accent,
        role.Link: palette.accent_text,
        role.LinkVisited: palette.accent_text,
        role.PlaceholderText: palette.text_muted,
        role.ToolTipBase: palette.tooltip,
        role.ToolTipText: palette.tooltip_text,
        role.Mid: palette.border_strong,
        role.Midlight: palette.border,
        role.Light: palette.raised,
        role.Dark: palette.border_strong,
        role.Accent: palette.accent,
    }
    result = QPalette()
    for which, colour in colours.items():
        result.setColor(which, QColor(colour))
    disabled = QPalette.ColorGroup.Disabled
    for which in (role.Text, role.ButtonText, role.WindowText):
        result.setColor(disabled, which, QColor(palette.text_disabled))
    return result


def _load_inter() -> str:
    """Make the bundled font known; empty where it is missing, and then the system's font serves."""
    try:
        folder = files("fontpkg_inter") / "files"
    except ModuleNotFoundError:
        return ""
    family = ""
    # The upright font is one variable file with every weight; nothing here is set in italics.
    with as_file(folder) as path:
        found = sorted(path.glob("Inter[[]*.ttf"))
    for file in found:
        number = QFontDatabase.addApplicationFont(str(file))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        family = families[0] if families else family
    if not family:
        _log.warning("the bundled font could not be loaded; using the system's font")
    return family

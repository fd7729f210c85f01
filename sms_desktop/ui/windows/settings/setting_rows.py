"""Rows of the settings dialog, made from the table of settings: chips for a choice, a slider for a number."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.settings import AnySetting, Setting, Settings, Value

_PAUSE_MS: Final = 150
_CODE_LENGTH: Final = 2


class SettingRow(QWidget):
    """Label, control, help, and the reason when a value could not be kept."""

    def __init__(self, settings: Settings, setting: AnySetting, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._setting = setting
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 6, 0, 6)
        self.column.setSpacing(6)
        label = QLabel(setting.label, self)
        label.setProperty("role", "heading")
        self.column.addWidget(label)
        self.trouble = QLabel(self)
        self.trouble.setProperty("role", "danger")
        self.trouble.setWordWrap(True)
        self.trouble.hide()

    def finish(self) -> None:
        """Put help and trouble under the control."""
        text = QLabel(self._setting.help, self)
        text.setProperty("role", "small")
        text.setWordWrap(True)
        self.column.addWidget(text)
        self.column.addWidget(self.trouble)

    def keep(self, value: Value) -> None:
        """Take a value over, and say beside the control if it cannot be kept."""
        self.trouble.hide()
        try:
            self._settings.change(self._setting, value)
        except SmsDesktopError as error:
            self.trouble.setText(error.text())
            self.trouble.show()


class ChoiceRow(SettingRow):
    """One chip for each choice."""

    def __init__(self, settings: Settings, setting: Setting[str], parent: QWidget) -> None:
        super().__init__(settings, setting, parent)
        self.chips: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for value, words in setting.choices.items():
            chip = QPushButton(words, self)
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.setAccessibleName(f"{setting.label}: {words}")
            chip.setChecked(settings[setting] == value)
            chip.clicked.connect(lambda _checked=False, chosen=value: self.keep(chosen))
            group.addButton(chip)
            row.addWidget(chip)
            self.chips[value] = chip
        row.addStretch(1)
        self.column.addLayout(row)
        self.finish()


class CountryRow(SettingRow):
    """A box of countries by name, for a choice that has too many for chips."""

    def __init__(self, settings: Settings, setting: Setting[str], parent: QWidget) -> None:
        super().__init__(settings, setting, parent)
        self.box = QComboBox(self)
        self.box.setAccessibleName(setting.label)
        self.box.setMaximumWidth(420)
        for name, value in sorted(_countries(setting)):
            self.box.addItem(name, value)
        # What is no country comes first.
        for value in [code for code in setting.choices if len(code) != _CODE_LENGTH]:
            self.box.insertItem(0, setting.choices[value], value)
        self.box.setCurrentIndex(self.box.findData(settings[setting]))
        self.box.activated.connect(lambda _at: self.keep(self.box.currentData()))
        self.column.addWidget(self.box)
        self.finish()


def _countries(setting: Setting[str]) -> Iterator[tuple[str, str]]:
    for code in setting.choices:
        territory = QLocale.codeToTerritory(code)
        if len(code) == _CODE_LENGTH and territory != QLocale.Country.AnyTerritory:
            yield QLocale.territoryToString(territory), code


class NumberRow(SettingRow):
    """A slider; the value is kept once the hand rests, since every step dresses all windows anew."""

    moved = Signal(int)

    def __init__(self, settings: Settings, setting: Setting[int], parent: QWidget) -> None:
        super().__init__(settings, setting, parent)
        self._unit = setting.unit
        self._step = setting.step
        self._minimum = setting.minimum
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setAccessibleName(setting.label)
        # The slider counts steps, so that mouse and keys can only reach possible values.
        self.slider.setRange(0, (setting.maximum - setting.minimum) // setting.step)
        self.slider.setPageStep(3)
        self.slider.setValue((settings[setting] - setting.minimum) // setting.step)
        self.slider.setMaximumWidth(420)
        self.value_label = QLabel(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.keep(self.value()))
        self.slider.valueChanged.connect(self._move)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.slider, 1)
        row.addWidget(self.value_label)
        row.addStretch(1)
        self.column.addLayout(row)
        self.finish()
        self._show()

    def value(self) -> int:
        """What the slider stands at."""
        return self._minimum + self.slider.value() * self._step

    def _move(self) -> None:
        self._show()
        self.moved.emit(self.value())
        self._pause.start()

    def _show(self) -> None:
        self.value_label.setText(f"{self.value()} {self._unit}".strip())


class PortRow(SettingRow):
    """A port to type, or nothing for any; kept once the field is left, or with Enter."""

    def __init__(self, settings: Settings, setting: Setting[int], parent: QWidget) -> None:
        super().__init__(settings, setting, parent)
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(setting.label)
        self.edit.setAccessibleDescription(setting.help)
        self.edit.setPlaceholderText("any free port")
        self.edit.setText(str(settings[setting] or ""))
        self.edit.setMaximumWidth(self.edit.fontMetrics().averageCharWidth() * 24)
        self.edit.editingFinished.connect(self._keep)
        row = QHBoxLayout()
        row.addWidget(self.edit)
        row.addStretch(1)
        self.column.addLayout(row)
        self.finish()

    def _keep(self) -> None:
        text = self.edit.text().strip() or "0"
        self.keep(int(text) if text.isdecimal() and len(text) < 10 else text)

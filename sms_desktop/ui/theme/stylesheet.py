"""The stylesheet, built from a palette. Widgets choose their look by properties, never by own rules.

``QPushButton``/``QToolButton``: property ``kind`` = ``primary`` | ``quiet`` | ``danger`` | ``icon`` |
``chip`` | ``pill`` | ``day`` | ``link`` (none: outlined). ``QLabel``: ``role`` = ``title`` | ``heading`` |
``muted`` | ``keys`` | ``small`` | ``warning`` | ``danger`` | ``success`` | ``tag`` | ``soft``. ``QFrame``:
``role`` = ``card`` | ``rail`` | ``panel`` | ``bar`` | ``line`` | ``banner`` | ``field`` | ``popup`` |
``toast`` | ``notice``.
``QListView``: ``role`` = ``nav``. A field's ``invalid`` = ``true`` draws it in red.
After changing a property of a shown widget call ``restyle``.
"""

from dataclasses import asdict
from string import Template
from typing import Final

from PySide6.QtWidgets import QWidget

from sms_desktop.resources import resource
from sms_desktop.ui.theme.palette import Palette

_BUTTONS: Final = """
QPushButton, QToolButton {
  background: $raised; color: $text; border: 1px solid $border; border-radius: ${p8}px;
  padding: ${p6}px ${p12}px; }
QPushButton:hover, QToolButton:hover { background: $hover; border-color: $border_strong; }
QPushButton:pressed, QToolButton:pressed { background: $border; }
QPushButton:focus, QToolButton:focus { border: 1px solid $accent_text; outline: none; }
QPushButton:disabled, QToolButton:disabled {
  color: $text_disabled; background: $rail; border-color: $border; }
*[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 600; }
*[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
*[kind="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
*[kind="primary"]:focus { border: 1px solid $text; }
*[kind="primary"]:disabled { background: $hover; border-color: $border; color: $text_muted; }
*[kind="danger"] {
  background: $danger_fill; color: $on_danger; border: 1px solid $danger_fill; font-weight: 600; }
*[kind="danger"]:focus { border: 1px solid $text; }
*[kind="quiet"], *[kind="icon"] { background: transparent; border: 1px solid transparent; }
*[kind="quiet"]:hover, *[kind="icon"]:hover { background: $hover; border-color: transparent; }
*[kind="quiet"]:pressed, *[kind="icon"]:pressed { background: $border; }
*[kind="quiet"]:focus, *[kind="icon"]:focus { border: 1px solid $accent_text; }
*[kind="icon"] { padding: ${p6}px; }
*[kind="icon"]::menu-indicator, *[kind="pill"]::menu-indicator { image: none; width: 0; }
*[kind="chip"] { background: $pill; color: $text_muted; border: 1px solid $border; border-radius: ${p12}px;
  padding: ${p4}px ${p10}px; min-height: ${p16}px; font-size: ${t9}pt; }
*[kind="chip"]:hover { color: $text; background: $hover; border-color: $border_strong; }
*[kind="chip"]:checked {
  background: $accent_soft; color: $accent_text; border-color: $accent_soft; font-weight: 600; }
*[kind="chip"]:focus { border: 1px solid $accent_text; }
*[kind="pill"] {
  background: $window; color: $text_muted; border: 1px solid $border; border-radius: ${p12}px;
  padding: ${p4}px ${p10}px; min-height: ${p16}px; font-size: ${t9}pt; }
*[kind="pill"]:hover { color: $text; border-color: $border_strong; }
*[doubtful="true"] { color: $warning; border-color: $uncertain_border; background: $uncertain_fill; }
*[kind="newest"] { background: $accent; color: $on_accent; border: 1px solid $window; border-radius: ${p14}px;
  padding: ${p4}px ${p12}px; min-height: ${p18}px; font-size: ${t9}pt; font-weight: 600; }
*[kind="newest"]:hover { background: $accent_hover; }
*[kind="newest"]:focus { border: 1px solid $text; }
*[kind="day"] { background: $accent_soft; color: $accent_text; border: 1px solid transparent;
  border-radius: ${p8}px; padding: 0; font-weight: 600; }
*[kind="day"]:hover { border-color: $accent_text; }
*[kind="day"]:disabled { background: transparent; color: $text_disabled; font-weight: 400;
  border-color: transparent; }
*[kind="day"][outside="true"] { background: transparent; font-weight: 400; }
*[kind="day"][day="today"] { border-color: $border_strong; }
*[kind="day"][day="present"] { background: $accent; color: $on_accent; }
*[kind="day"][day="present"]:disabled { background: transparent; color: $text_muted;
  border-color: $border_strong; }
*[kind="day"]:focus { border: 2px solid $text; }
*[kind="link"] {
  background: transparent; color: $accent_text; border: 1px solid transparent; padding: 0 ${p2}px;
  border-radius: ${p3}px; font-weight: 600; text-align: left; }
*[kind="link"]:hover { text-decoration: underline; }
*[kind="link"]:focus { border: 1px solid $accent_text; }
"""

_FIELDS: Final = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit, QTimeEdit, QFrame[role="field"] {
  background: $field; color: $text; border: 1px solid $border; border-radius: ${p10}px;
  padding: ${p6}px ${p10}px; placeholder-text-color: $text_muted;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit#recipientEdit { background: transparent; border: none; border-radius: 0; padding: 0 ${p2}px; }
QWidget#recipientsInside { background: transparent; }
QScrollArea#recipients { background: $field; color: $text; border: 1px solid $border;
  border-radius: ${p10}px; padding: ${p4}px ${p6}px; }
QScrollArea#recipients[invalid="true"] { border: 1px solid $danger; }
QScrollArea#recipients[typing="true"] { border: 1px solid $accent_text; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QComboBox:hover { border-color: $border_strong; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 1px solid $accent_text; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $text_disabled; }
*[invalid="true"] { border: 1px solid $danger; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; background: none; width: ${p24}px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$arrow"); width: ${p16}px; height: ${p16}px; }
QComboBox QAbstractItemView { background: $raised; color: $text; border: 1px solid $border_strong;
  selection-background-color: $selection; selection-color: $text; outline: none; }
QCheckBox, QRadioButton { color: $text; spacing: ${p8}px; }
QCheckBox::indicator, QRadioButton::indicator { width: ${p16}px; height: ${p16}px; background: $field;
  border: 1px solid $border_strong; border-radius: ${p5}px; }
QRadioButton::indicator { border-radius: ${p8}px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $text_muted; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $accent_text; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$tick"); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: url("$dot"); }
"""

_LABELS: Final = """
QLabel { background: transparent; color: $text; }
QLabel[role="title"] { font-size: ${t15}pt; font-weight: 600; }
QLabel[role="heading"] { font-size: ${t11}pt; font-weight: 600; }
QLabel[role="muted"] { color: $text_muted; }
QLabel[role="small"] { color: $text_muted; font-size: ${t9}pt; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="success"] { color: $success; }
QLabel[role="tag"] { color: $text; border: 1px solid $border; border-radius: ${p5}px; padding: 1px ${p6}px;
  font-size: ${t8}pt; font-weight: 600; }
QLabel[role="keys"] { color: $text_muted; background: $raised; border: 1px solid $border;
  border-radius: ${p5}px; padding: 1px ${p6}px; font-size: ${t8}pt; }
QLabel[role="soft"] {
  color: $accent_text; background: $accent_soft; border-radius: ${p8}px; padding: 1px ${p8}px;
  font-size: ${t8}pt; font-weight: 600; }
"""

_FRAMES: Final = """
QMainWindow, QDialog, QWizard { background: $window; }
QFrame[role="card"] { background: $panel; border: 1px solid $border; border-radius: ${p14}px; }
QFrame[role="card"]:focus { border: 1px solid $accent_text; }
QFrame[role="rail"] { background: $rail; border: none; }
QFrame[role="panel"] { background: $panel; border: none; }
QFrame[role="bar"] { background: $rail; border: none; border-top: 1px solid $border; }
QFrame#findBar { background: $panel; border: none; border-bottom: 1px solid $border; }
QFrame[role="popup"] { background: $raised; border: 1px solid $border_strong;
  border-radius: ${p12}px; }
QFrame[role="line"] { background: $border; border: none; }
QFrame[role="banner"] {
  background: $uncertain_fill; border: 1px solid $uncertain_border; border-radius: ${p10}px; }
QFrame[role="toast"] { background: $tooltip; border: none; border-radius: ${p10}px; }
QFrame[role="toast"] QLabel, QFrame[role="toast"] QPushButton[kind="link"] { color: $tooltip_text; }
QFrame[role="toast"] QPushButton:hover { background: transparent; text-decoration: underline; }
QFrame[role="toast"] QPushButton:focus { border: 1px solid $tooltip_text; }
QFrame[role="notice"] { background: $raised; border: 1px solid $border; border-radius: ${p10}px; }
QHeaderView { background: $window; }
QHeaderView::section { background: $window; color: $text_muted; border: none;
  border-bottom: 1px solid $border; padding: ${p4}px ${p6}px; font-size: ${t9}pt; }
QTableView { background: $window; color: $text; border: 1px solid $border; border-radius: ${p8}px;
  selection-background-color: $selection; selection-color: $text; }
QTableView::item { padding: 0 ${p6}px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QSplitter::handle { background: $border; }
QToolTip { background: $tooltip; color: $tooltip_text; border: none; padding: ${p4}px ${p8}px; }
QMenu { background: $raised; color: $text; border: 1px solid $border_strong; padding: ${p6}px; }
QMenu::item { padding: ${p6}px ${p24}px ${p6}px ${p12}px; border-radius: ${p6}px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::separator { height: 1px; background: $border; margin: ${p5}px ${p8}px; }
QMenu::icon { padding-left: ${p8}px; }
QProgressBar {
  background: $field; border: none; border-radius: ${p3}px; height: ${p6}px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: ${p3}px; }
"""

_LISTS: Final = """
QAbstractScrollArea { background: $window; border: none; outline: none; }
QFrame[role="rail"] QScrollArea, QWidget#railInside { background: $rail; }
QListView { background: $panel; color: $text; border: none; outline: none; }
QListView[role="nav"] { background: $rail; padding: ${p12}px ${p10}px; }
QListView[role="nav"]::item { padding: ${p8}px ${p12}px; border-radius: ${p10}px; color: $text_muted; }
QListView[role="nav"]::item:hover { color: $text; background: $hover; }
QListView[role="nav"]::item:selected { background: $selection; color: $accent_text; font-weight: 600; }
QListView[role="people"] { background: $window; border: 1px solid $border; border-radius: ${p10}px;
  padding: ${p4}px; }
QListView[role="people"]::item { padding: ${p6}px ${p8}px; border-radius: ${p8}px; }
QListView[role="people"]::item:hover { background: $hover; }
QListView[role="people"]::item:selected { background: $selection; color: $text; }
QScrollBar:vertical { background: transparent; width: ${p10}px; margin: ${p2}px; }
QScrollBar::handle:vertical { background: $scroll; border-radius: ${p3}px; min-height: ${p32}px; }
QScrollBar:horizontal { background: transparent; height: ${p10}px; margin: ${p2}px; }
QScrollBar::handle:horizontal { background: $scroll; border-radius: ${p3}px; min-width: ${p32}px; }
QScrollBar::handle:disabled { background: transparent; }
QScrollBar::handle:hover { background: $scroll_hover; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

_TEMPLATE: Final = Template(_BUTTONS + _FIELDS + _LABELS + _FRAMES + _LISTS)
_LENGTHS: Final = (2, 3, 4, 5, 6, 8, 10, 12, 13, 14, 16, 18, 20, 24, 32)
_TEXTS: Final = (8, 9, 11, 15)
_DRAWINGS: Final = ("arrow", "dot", "tick")


def stylesheet(palette: Palette, scale: float, text_scale: float) -> str:
    """The rules for a palette; pixels are multiplied by ``scale``, points by ``text_scale``."""
    lengths = {f"p{n}": str(max(1, round(n * scale))) for n in _LENGTHS}
    texts = {f"t{n}": f"{n * text_scale:.2f}" for n in _TEXTS}
    drawings = {name: resource(f"icons/style-{name}.svg").as_posix() for name in _DRAWINGS}
    return _TEMPLATE.substitute(asdict(palette), **lengths, **texts, **drawings)


def restyle(widget: QWidget, **properties: str) -> None:
    """Set properties that choose the look, and let the stylesheet see them."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)

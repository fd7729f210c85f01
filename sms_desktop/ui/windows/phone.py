"""The phone at the other end of the demo: pick a person, see what arrives, answer."""

from collections.abc import Coroutine
from typing import Any, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.address import Address
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.ports import PhoneLine
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.phone_faults import MischiefBar
from sms_desktop.ui.windows.phone_thread import PhoneThread
from sms_desktop.ui.windows.window_placement import room_for

_BODY: Final = "#0c0d11"
_SHOWN_WHOLE: Final = 12
"""Letters as wide as an X: a number or a name of fifteen usual ones."""

_LEAST_PHONE: Final = 270
_LABELS_FROM: Final = 300
_BESIDE_LABEL: Final = 6


class PhoneWindow(QWidget):
    """Asks the simulator through `PhoneLine`, from the moment it is shown first."""

    def __init__(
        self,
        line: PhoneLine,
        theme: Theme,
        spawn: Spawn,
        now_ms: NowMs,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("The phone at the other end")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._line = line
        self._theme = theme
        self._spawn = spawn
        self._now_ms = now_ms
        self._is_started = False
        self._labels: list[QLabel] = []
        self._build()
        self._lay_out()
        self.resize(theme.px(372), theme.px(800))

    def start(self) -> None:
        """Ask who is there, and follow what changes; a task that ends with the program."""
        self._is_started = True
        self.trouble.hide()
        self.again_button.hide()
        self._spawn(self._told(self._follow()), "phone")

    @property
    def person(self) -> Address | None:
        """Whose phone this is at the moment."""
        chosen: Address | None = self.person_box.currentData()
        return chosen

    @property
    def own(self) -> Address | None:
        """The number of the account that this phone texts with."""
        chosen: Address | None = self.own_box.currentData()
        return chosen

    def send(self) -> None:
        """Text the account from this phone."""
        if (text := self.field.text().strip()) and self.person and self.own:
            self.field.clear()
            self._spawn(self._told(self._line.write(self.person, self.own, text)), "phone writes")

    def send_from_another_device(self) -> None:
        """Text this phone as the account's owner, from somewhere else than the program."""
        if (text := self.other_field.text().strip()) and self.person and self.own:
            self.other_field.clear()
            asked = self._line.send_from_another_device(self.person, self.own, text)
            self._spawn(self._told(asked), "another device writes")

    async def _follow(self) -> None:
        people = [(p.name or shown_number(p.number), p.number) for p in await self._line.people()]
        numbers = [(shown_number(n), n) for n in await self._line.own_numbers()]
        for box, choices in ((self.person_box, people), (self.own_box, numbers)):
            box.blockSignals(True)
            box.clear()
            for words, address in choices:
                box.addItem(words, address)
            box.blockSignals(False)
        while True:
            await self._refresh()
            await self._line.wait_for_change()

    async def _refresh(self) -> None:
        asked = (self.person, self.own)
        if asked[0] is None or asked[1] is None:
            return
        messages = await self._line.messages(asked[0], asked[1])
        # Somebody may have picked another person while the simulator answered.
        if asked == (self.person, self.own):
            self.thread_view.show_messages(messages)

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except SmsDesktopError as error:
            self.trouble.setText(error.text())
            self.trouble.show()
            self.again_button.show()

    def _on_chosen(self) -> None:
        if self.person is not None and self.own is not None:
            self._spawn(self._told(self._refresh()), "phone shows another thread")

    def _build(self) -> None:
        self.person_box = QComboBox(self)
        self.person_box.setAccessibleName("Whose phone")
        self.own_box = QComboBox(self)
        self.own_box.setAccessibleName("Texting with")
        for box in (self.person_box, self.own_box):
            # Else the longest name would say how narrow the phone may be; a number is shown whole.
            box.setSizeAdjustPolicy(box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_SHOWN_WHOLE)
            box.currentIndexChanged.connect(self._on_chosen)
        self.thread_view = PhoneThread(self._theme, self._now_ms, self)
        self.field = QLineEdit(self)
        self.field.setPlaceholderText("Text message")
        self.field.setAccessibleName("Text message")
        self.field.returnPressed.connect(self.send)
        self.send_button = QPushButton(self)
        self.send_button.setProperty("kind", "primary")
        self.send_button.setAccessibleName("Send")
        self.send_button.setToolTip("Send (Enter)")
        dress(self.send_button, self._theme, "send", "on_accent", 16)
        self.send_button.clicked.connect(self.send)
        self.other_field = QLineEdit(self)
        self.other_field.setPlaceholderText("As the account's owner, elsewhere")
        self.other_field.setAccessibleName("Text of another device")
        self.other_field.returnPressed.connect(self.send_from_another_device)
        self.other_button = QPushButton("Send from another device", self)
        self.other_button.setToolTip(
            "The program did not send this: it learns of it from Kandy and shows it with ↗"
        )
        self.other_button.clicked.connect(self.send_from_another_device)
        self.trouble = QLabel(self)
        self.trouble.setProperty("role", "danger")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self.again_button = QPushButton("Try again", self)
        self.again_button.clicked.connect(self.start)
        self.again_button.hide()

        self.mischief = MischiefBar(self._line, lambda: self.own, self._ask, self)

    def _ask(self, work: Coroutine[Any, Any, None]) -> None:
        self._spawn(self._told(work), "phone asks")

    def _lay_out(self) -> None:
        # On a low screen the tools scroll; the phone itself stays whole.
        inside = QWidget(self)
        inside.setObjectName("phoneInside")
        column = QVBoxLayout(inside)
        column.setContentsMargins(14, 16, 14, 16)
        column.setSpacing(10)
        phone = self._phone()
        phone.setMinimumHeight(self._theme.px(_LEAST_PHONE))
        column.addWidget(phone, 1)
        column.addWidget(self.trouble)
        column.addWidget(self.again_button)
        column.addWidget(self.other_field)
        column.addWidget(self.other_button)
        column.addWidget(self.mischief)
        self._area = QScrollArea(self)
        self._inside = inside
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def _phone(self) -> QFrame:
        body = QFrame(self)
        body.setObjectName("phoneBody")
        body.setStyleSheet(f"#phoneBody {{ background: {_BODY}; border-radius: 34px; }}")
        screen = QFrame(body)
        screen.setObjectName("phoneScreen")
        screen.setProperty("role", "card")
        speaker = QFrame(body)
        speaker.setFixedSize(64, 5)
        speaker.setStyleSheet("background: #2b2e36; border-radius: 2px;")
        frame = QVBoxLayout(body)
        frame.setContentsMargins(11, 12, 11, 18)
        frame.setSpacing(9)
        frame.addWidget(speaker, 0, Qt.AlignmentFlag.AlignHCenter)
        frame.addWidget(screen, 1)
        inside = QVBoxLayout(screen)
        inside.setContentsMargins(4, 10, 4, 8)
        inside.setSpacing(4)
        inside.addLayout(self._line_of("Phone of", self.person_box))
        inside.addLayout(self._line_of("texting", self.own_box))
        inside.addWidget(self.thread_view, 1)
        writing = QHBoxLayout()
        writing.setContentsMargins(6, 0, 6, 0)
        writing.addWidget(self.field, 1)
        writing.addWidget(self.send_button)
        inside.addLayout(writing)
        return body

    def least_size(self) -> QSize:
        """How small it may become and still be of use."""
        bar = self._area.verticalScrollBar().sizeHint().width()
        # The labels give way first.
        labels = 0 if self._labels[0].isHidden() else self._labels[0].width() + _BESIDE_LABEL
        wide = self._inside.minimumSizeHint().width() - labels + bar
        return QSize(wide, self._theme.px(_LEAST_PHONE + 16))

    def _line_of(self, words: str, box: QComboBox) -> QHBoxLayout:
        label = QLabel(words, self)
        label.setProperty("role", "small")
        label.setBuddy(box)
        label.setFixedWidth(self._theme.px(56))
        self._labels.append(label)
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(_BESIDE_LABEL)
        row.addWidget(label)
        row.addWidget(box, 1)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, names and numbers need the room of the labels."""
        super().resizeEvent(event)
        for label in self._labels:
            label.setVisible(self.width() >= self._theme.px(_LABELS_FROM))

    def showEvent(self, event: QShowEvent) -> None:
        """The first time: begin."""
        super().showEvent(event)
        self.setMinimumSize(self.least_size().boundedTo(room_for(self).size()))
        if not self._is_started:
            self.start()

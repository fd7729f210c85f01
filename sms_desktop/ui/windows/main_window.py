"""The main window: rail, list, conversation, status line, and what connects them.

It decides what is shown and opened. What is painted is the widgets' matter, what happens to
messages the commands'.
"""



_NARROW_BELOW_PX = 720
_SMALLEST_PX = (640, 420)
_FIRST_SIZE_PX = (1200, 800)
_FIRST_LIST_PX = 332


class MainWindow(QMainWindow):
    """Shows itself where it was; tell the bridge to ``open`` once this is made.

    ``closed`` follows the last thing kept (drafts, sizes): the program may end then.
    """

    closed = Signal()

    def __init__(
        self,
        reader: Reader,
        commands: Commands,
        bridge: Bridge,
        theme: Theme,
        settings: Settings,
        state: WindowState,
        now_ms: NowMs,
        spawn: Spawn,
    ) -> None:
        super().__init__()
        self.setWindowTitle(_TITLE)
        self._reader = reader
        self._commands = commands
        self._theme = theme
        self._settings = settings
        self._state = state
        self._spawn = spawn
        self._is_narrow = False
        self.facts = Facts(bridge, self)
        self.sheets = Sheets(self, commands, self.facts, theme, settings, now_ms, spawn)
        self._follow_settings()
        moments = Moments(now_ms)
        self.rail = Rail(theme, self)
        self.list_pane = ListPane(reader, theme, moments, self)
        self.conversation_pane = ConversationPane(reader, commands, theme, moments, self)
        self.banner = Banner(theme, self)
        self.status_line = StatusLine(theme, self)
        self.notices = Notices(
            self.facts,
            self.banner,
            lambda: self.open_settings(PageName.NUMBERS),
            self.open_conversation,
        )
        self.actions_by_name = Actions(self, self._handlers())
        self._lay_out()
        self._wire()
        self._listen(bridge)
        self._restore()

    # What can be asked of the window.

    def open_conversation(self, conversation_id: ConversationId) -> None:
        """Show a conversation, ready to type; one that is gone changes nothing."""
        if self.conversation_pane.open(conversation_id):
            self._arrange()
            self.conversation_pane.focus_field()

    def open_settings(self, page: PageName = PageName.ACCOUNT) -> None:
        """Bring the settings forward."""
        self.sheets.open_settings(page)

    def open_link(self, link: str) -> None:
        """Begin the message that an ``sms:`` link describes; anything else only shows the window."""
        self.come_forward()
        if (parsed := parse_link(link)) is not None:
            self._new_message(parsed.destination, parsed.body)

    def come_forward(self) -> None:
        """Be seen, also when minimized or covered."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # What actions do.

    def _handlers(self) -> dict[str, Callable[[], None]]:
        return {
            "new_message": self._new_message,
            "next_thread": lambda: self._step(1),
            "previous_thread": lambda: self._step(-1),
            "next_unread": self._next_unread,
            "back": self._back,
            "name_contact": self._name_contact,
            "copy_number": self._copy_number,
            "mark_read": self.conversation_pane.mark_all_read,
            "settings": self.open_settings,
            "shortcuts": self._show_shortcuts,
            "quit": self._quit,
        }

    def _new_message(self, to: str = "", body: str = "") -> None:
        numbers = [s.number for s in self.facts.numbers if s.number.receive]
        if not numbers:
            self.open_settings(PageName.NUMBERS if self.facts.accounts else PageName.ACCOUNT)
            return
        row = self._open_row()
        preferred = row.local if row is not None else self.list_pane.chosen_number
        sheet = self.sheets.open_new_message(numbers, preferred, self._start)
        if to or body:
            sheet.fill(to, body)

    def _start(self, own: OwnNumber, remote: str, body: str = "") -> None:
        async def start() -> None:
            try:
                made = await self._commands.start_conversation(
                    own.account_id, own.number, Address(remote)
                )
            except SmsDesktopError as error:
                self.banner.say(error.text())
                return
            self.open_conversation(made)
            if body:
                self.conversation_pane.composer.begin_with(body)

        self._spawn(start(), "start conversation")

    def _change_sender(self, own: OwnNumber) -> None:
        if (row := self._open_row()) is not None:
            self._start(own, row.remote)

    def _step(self, by: int) -> None:
        there = self.list_pane.neighbour(self.conversation_pane.conversation_id, by)
        if there is not None:
            self.open_conversation(there)

    def _next_unread(self) -> None:
        wanted = ConversationFilter(unread_only=True)
        now = self.conversation_pane.conversation_id
        waiting = self._reader.conversations(wanted, None, 2)
        there = next((r.conversation_id for r in waiting if r.conversation_id != now), None)
        if there is not None:
            self.open_conversation(there)

    def _back(self) -> None:
        """First to the field; from there, in a narrow window, to the list."""
        if self.conversation_pane.conversation_id is None:
            self.list_pane.focus_list()
        elif not self.conversation_pane.composer.field.hasFocus():
            self.conversation_pane.focus_field()
        elif self._is_narrow:
            self._leave_conversation()

    def _leave_conversation(self) -> None:
        self.conversation_pane.close_conversation()
        self._arrange()
        self.list_pane.focus_list()

    def _name_contact(self) -> None:
        if (row := self._open_row()) is not None:
            self.sheets.open_naming(row)

    def _copy_number(self) -> None:
        if (row := self._open_row()) is not None:
            QGuiApplication.clipboard().setText(shown_number(row.remote))

    def _show_shortcuts(self) -> None:
        self.sheets.open_shortcuts()

    def _quit(self) -> None:
        self.close()

    def _open_row(self) -> ConversationRow | None:
        shown = self.conversation_pane.conversation_id
        return None if shown is None else self._reader.conversation(shown)

    # How the parts hang together.

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.conversation_pane, 1)
        self.splitter.addWidget(self.list_pane)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self._right = right
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.splitter, 1)
        central = QWidget(self)
        outer = QVBoxLayout(central)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status_line)
        self.setCentralWidget(central)
        self.setMinimumSize(*_SMALLEST_PX)
        self.resize(*_FIRST_SIZE_PX)

    def _wire(self) -> None:
        actions = self.actions_by_name
        actions.attach(self.list_pane.new_button, "new_message")
        actions.attach(self.rail.settings_button, "settings")
        names = ("name_contact", "copy_number", "mark_read")
        self.conversation_pane.header.set_menu([actions[n] for n in names])
        self.conversation_pane.header.back_pressed.connect(self._leave_conversation)
        self.conversation_pane.sender_chosen.connect(self._change_sender)
        self.conversation_pane.opened.connect(self._on_opened)
        self.conversation_pane.empty.chosen.connect(self._on_empty_chosen)
        self.list_pane.conversation_chosen.connect(self.open_conversation)
        self.rail.chosen.connect(self.list_pane.show_number)
        self.status_line.clicked.connect(lambda: self.open_settings(PageName.CONNECTION))

    def _listen(self, bridge: Bridge) -> None:
        self.list_pane.listen(bridge)
        self.conversation_pane.listen(bridge)
        bridge.health_changed.connect(self._on_health)
        bridge.numbers_changed.connect(self._on_numbers)
        bridge.accounts_changed.connect(self._show_emptiness)
        bridge.timeline_changed.connect(self._on_timeline)
        bridge.echo_withdrawn.connect(self._on_withdrawn)
        bridge.show_requested.connect(self._on_show_requested)

    def _follow_settings(self) -> None:
        self._forget_settings = self._settings.on_change(self._on_setting)
        self._theme.set_mode(self._settings[THEME])
        self._theme.set_text_percent(self._settings[TEXT_PERCENT])

"""Takes everything of messages and people off the screen while it is locked, and puts it back.

What was shown is not merely covered: it leaves the window, its native windows are given up, and a
screen reader finds nothing of it.
"""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QToolTip, QWidget

from sms_desktop.ui.ports.app_lock import AppLock
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme


class _PutAway:
    """A window beside the main one, and how it stood."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.parent = window.parentWidget()
        self.flags = window.windowFlags()
        self.place: QPoint = window.pos()
        self.was_visible = window.isVisible()

    def bring_back(self) -> None:
        """As it was."""
        self.window.setParent(self.parent, self.flags)
        self.window.move(self.place)
        self.window.setVisible(self.was_visible)


class LockScreen(QObject):
    """Follows the lock. ``others``: windows beside the main one; ``keep``: may go on while locked."""

    def __init__(
        self,
        window: QMainWindow,
        lock: AppLock,
        theme: Theme,
        spawn: Spawn,
        *,
        actions: Iterable[QAction],
        others: Callable[[], Iterable[QWidget | None]],
        before: Callable[[], object],
        has_recovery_key: bool,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._lock = lock
        self._theme = theme
        self._spawn = spawn
        self._actions = tuple(actions)
        self._others = others
        self._before = before
        self._has_recovery_key = has_recovery_key
        # Never shown: what is in it has no native window, and so no place in the accessible tree.
        self._holder = QWidget()
        self._contents: QWidget | None = None
        self._focus: QWidget | None = None
        self._put_away: list[_PutAway] = []
        self._waiting: list[Callable[[], object]] = []
        window.destroyed.connect(self._holder.deleteLater)
        lock.on_change(self.follow)

    @property
    def is_shut(self) -> bool:
        """Whether the lock stands in the window."""
        return self._contents is not None

    def follow(self) -> None:
        """Shut or open the windows as the lock says."""
        if self._lock.is_locked and self._contents is None:
            self._shut()
        elif not self._lock.is_locked and self._contents is not None:
            self._open(self._contents)

    def when_open(self, act: Callable[[], object]) -> None:
        """Do something now, or once it is unlocked."""
        if self.is_shut:
            self._waiting.append(act)
        else:
            act()

    def _shut(self) -> None:
        from sms_desktop.ui.windows.lock.pane import LockPane

        self._before()
        self._focus = self._window.focusWidget()
        self._close_passing()
        self._put_away = [_PutAway(one) for one in self._other_windows()]
        for one in self._put_away:
            one.window.hide()
            # As a child of what is never shown it loses its native window.
            one.window.setParent(self._holder)
        for action in self._actions:
            self._window.removeAction(action)
        self._contents = _taken_out(self._window)
        self._contents.setParent(self._holder)
        pane = LockPane(
            self._lock,
            self._theme,
            self._spawn,
            self._window,
            has_recovery_key=self._has_recovery_key,
        )
        self._window.setCentralWidget(pane)
        pane.show()
        pane.take_focus()

    def _open(self, contents: QWidget) -> None:
        pane = _taken_out(self._window)
        pane.hide()
        pane.deleteLater()
        self._window.setCentralWidget(contents)
        contents.show()
        self._contents = None
        for action in self._actions:
            self._window.addAction(action)
        for one in self._put_away:
            one.bring_back()
        self._put_away = []
        if self._focus is not None:
            self._focus.setFocus()
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def _close_passing(self) -> None:
        """Menus and tool tips would stay above everything."""
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
            if QApplication.activePopupWidget() is popup:
                return

    def _other_windows(self) -> list[QWidget]:
        """Every window of ours beside the main one, those above others first.

        One that was closed and is kept is among them: a screen reader may still walk through it.
        """
        roots = [self._window, *(one for one in self._others() if one is not None)]
        made = [
            one
            for one in QApplication.topLevelWidgets()
            if one is not self._window
            and one.windowHandle() is not None
            and any(one is root or _belongs(one, root) for root in roots)
        ]
        return sorted(made, key=_depth, reverse=True)


def _taken_out(window: QMainWindow) -> QWidget:
    contents = window.takeCentralWidget()
    assert contents is not None  # noqa: S101 - the main window always has some
    return contents


def _belongs(one: QWidget, root: QWidget) -> bool:
    parent = one.parentWidget()
    while parent is not None and parent is not root:
        parent = parent.parentWidget()
    return parent is root


def _depth(one: QWidget) -> int:
    parent, depth = one.parentWidget(), 0
    while parent is not None:
        parent, depth = parent.parentWidget(), depth + 1
    return depth

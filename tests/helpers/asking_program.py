"""The whole program where no script says which vault to use: it may ask before its window opens."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from sms_desktop import app
from sms_desktop.profile.opening import open_by_asking
from sms_desktop.profile.profile import Opening, Profile
from sms_desktop.ui.appearance import dress
from sms_desktop.ui.windows.unlock.page import UnlockPage
from sms_desktop.ui.windows.unlock.window import UnlockWindow
from tests.helpers.whole_program import WholeProgram, _has_focus

Page = TypeVar("Page", bound=UnlockPage)


class AskingProgram(WholeProgram):
    """``start`` it, answer what it asks, then ``arrive`` in its window."""

    def start(self) -> None:
        """Start it, up to its first question or its open store."""
        self._looks = dress(self._application, self.paths.settings_file)
        asking = open_by_asking(Opening(self.paths, {}), self.paths, self._looks.theme)
        self._opening = self._loop.create_task(asking)

    def asked(self, kind: type[Page]) -> Page:
        """The page of the question that is asked now."""
        self.until(f"it asks with a {kind.__name__}", lambda: self._page(kind) is not None)
        page = self._page(kind)
        assert page is not None
        return page

    def arrive(self) -> Profile:
        """Wait for the open profile, and open the window on it."""
        self.until("the profile is open", self._opening.done)
        profile = self._opening.result()
        assert profile is not None, "the person left"
        self._built = app.build(self._application, self.paths, profile, looks=self._looks)
        self._living = self._loop.create_task(app.live(self._built, self.paths, app.Options()))
        window = self.window
        self.until("the window is in front", lambda: window.isVisible() and _has_focus(window))
        return profile

    def leave(self) -> None:
        """Close the question, and wait for the end."""
        window = self.unlock_window()
        assert window is not None
        window.close()
        self.until("it ends", self._opening.done)
        assert self._opening.result() is None

    def end(self) -> None:
        """As ever, also where a question was left open."""
        if not self._opening.done():
            self._opening.cancel()
            self.until("the question is gone", self._opening.done)
        super().end()

    def unlock_window(self) -> UnlockWindow | None:
        """The window that asks."""
        windows = QApplication.topLevelWidgets()
        return next((w for w in windows if isinstance(w, UnlockWindow) and w.isVisible()), None)

    def type_key(self, page: UnlockPage, key: str) -> None:
        """Type a recovery key where the focus is led."""
        for character in key:
            if not character.isspace():
                edit = page.window().focusWidget()
                assert isinstance(edit, QLineEdit)
                QTest.keyClicks(edit, character)
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)

    def _page(self, kind: type[Page]) -> Page | None:
        assert not self._opening.done() or self._opening.exception() is None
        window = self.unlock_window()
        if window is None:
            return None
        page = window.page
        return page if isinstance(page, kind) and page.isEnabled() else None

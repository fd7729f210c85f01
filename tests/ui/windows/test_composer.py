from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sms_desktop.domain.ids import ConversationId
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.composer import Composer
from sms_desktop.ui.widgets.composer_count import ComposerCount
from tests.helpers.window_parts import Notebook

ONE, TWO = ConversationId(1), ConversationId(2)


@pytest.fixture
def composer(qtbot: QtBot, notebook: Notebook, theme: Theme) -> Iterator[Composer]:
    composer = Composer(notebook, theme)
    qtbot.addWidget(composer)
    composer.resize(700, 120)
    composer.open(ONE, "")
    with qtbot.waitExposed(composer):
        composer.show()
    return composer


def test_enter_sends_and_clears(qtbot: QtBot, composer: Composer, notebook: Notebook) -> None:
    qtbot.keyClicks(composer.field, "see you at 4")
    qtbot.keyClick(composer.field, Qt.Key.Key_Return)
    assert notebook.named("send") == [(ONE, "see you at 4")]
    assert composer.field.toPlainText() == ""


def test_shift_enter_begins_a_line_and_sends_nothing(
    qtbot: QtBot, composer: Composer, notebook: Notebook
) -> None:
    qtbot.keyClicks(composer.field, "one")
    qtbot.keyClick(composer.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(composer.field, "two")
    assert notebook.named("send") == []
    assert composer.field.toPlainText() == "one\ntwo"


def test_blanks_alone_are_not_sent(qtbot: QtBot, composer: Composer, notebook: Notebook) -> None:
    qtbot.keyClicks(composer.field, "   ")
    qtbot.keyClick(composer.field, Qt.Key.Key_Enter)
    assert notebook.named("send") == []
    assert not composer.send_button.isEnabled()


def test_enter_belongs_to_the_input_method_while_it_composes(
    qtbot: QtBot, composer: Composer, notebook: Notebook
) -> None:
    qtbot.keyClicks(composer.field, "a")
    QApplication.sendEvent(composer.field, QInputMethodEvent("にほ", []))
    qtbot.keyClick(composer.field, Qt.Key.Key_Return)
    assert notebook.named("send") == []
    done = QInputMethodEvent("", [])
    done.setCommitString("日本")
    QApplication.sendEvent(composer.field, done)
    composer.field.replace_all("日本")
    qtbot.keyClick(composer.field, Qt.Key.Key_Return)
    assert notebook.named("send") == [(ONE, "日本")]


def test_pasted_text_is_plain(composer: Composer) -> None:
    data = QMimeData()
    data.setHtml("<b>bold</b><img src='x.png'>")
    data.setText("bold\r\nnext\0")
    composer.field.insertFromMimeData(data)
    assert composer.field.toPlainText() == "bold\nnext"
    assert "font-weight:600" not in composer.field.toHtml().replace(" ", "")


def test_switching_keeps_each_draft_at_once(
    qtbot: QtBot, composer: Composer, notebook: Notebook
) -> None:
    qtbot.keyClicks(composer.field, "for one")
    composer.open(TWO, "stored for two")
    assert notebook.named("set_draft") == [(ONE, "for one")]
    assert composer.field.toPlainText() == "stored for two"
    # The store may not have committed the draft yet: what was typed here counts.
    composer.open(ONE, "old text from the store")
    assert composer.field.toPlainText() == "for one"


def test_a_draft_is_kept_when_the_typing_pauses(
    qtbot: QtBot, composer: Composer, notebook: Notebook
) -> None:
    qtbot.keyClicks(composer.field, "half a")
    assert notebook.named("set_draft") == []
    qtbot.waitUntil(lambda: notebook.named("set_draft") == [(ONE, "half a")])


def test_sending_leaves_no_draft_behind(
    qtbot: QtBot, composer: Composer, notebook: Notebook
) -> None:
    qtbot.keyClicks(composer.field, "hi")
    qtbot.keyClick(composer.field, Qt.Key.Key_Return)
    composer.open(TWO, "")
    composer.open(ONE, "")
    assert composer.field.toPlainText() == ""
    assert notebook.named("set_draft") == []


def test_what_forces_unicode_is_named_and_one_click_mends_it(
    qtbot: QtBot, composer: Composer
) -> None:
    composer.field.replace_all("Thanks Maria! Nice afternoon – Tom")
    assert composer.count.offenders.text() == "“–” needs Unicode"
    assert "34 / 70 · 1 segment" in composer.count.size_label.text()
    assert composer.count.fix.text() == "Make it GSM-7 (34 / 160)"
    qtbot.mouseClick(composer.count.fix, Qt.MouseButton.LeftButton)
    assert composer.field.toPlainText() == "Thanks Maria! Nice afternoon - Tom"
    assert composer.count.size_label.text() == "34 / 160 · 1 segment"
    assert not composer.count.fix.isVisible()
    composer.field.undo()
    assert "–" in composer.field.toPlainText()


def test_what_cannot_be_made_gsm7_offers_no_click(composer: Composer) -> None:
    composer.field.replace_all("party 🎉")
    assert composer.count.offenders.text() == "“🎉” needs Unicode"
    assert not composer.count.fix.isVisible()


def test_a_withdrawn_text_comes_back_before_what_is_typed_since(
    qtbot: QtBot, composer: Composer, notebook: Notebook
) -> None:
    qtbot.keyClicks(composer.field, "newer")
    composer.take_back(ONE, "lost", "The disk is full.")
    assert composer.field.toPlainText() == "lost\nnewer"
    assert composer.notice.isVisible()
    assert composer.notice.text() == "The disk is full."
    assert notebook.named("set_draft")[-1] == (ONE, "lost\nnewer")


def test_a_withdrawn_text_waits_in_its_own_conversation(composer: Composer) -> None:
    composer.open(TWO, "")
    composer.take_back(ONE, "lost", "The disk is full.")
    assert composer.field.toPlainText() == ""
    assert not composer.notice.isVisible()
    composer.open(ONE, "")
    assert composer.field.toPlainText() == "lost"
    assert composer.notice.text() == "The disk is full."


def test_the_field_grows_to_its_limit_and_then_scrolls(qtbot: QtBot, composer: Composer) -> None:
    one_line = composer.field.height()
    composer.set_limit(150)
    composer.field.replace_all("a\nb\nc")
    assert one_line < composer.field.height() < 150
    composer.field.replace_all("line\n" * 40)
    assert composer.field.height() <= 150
    composer.field.replace_all("")
    assert composer.field.height() == one_line


def test_tab_leaves_the_field_for_the_send_button(qtbot: QtBot, composer: Composer) -> None:
    composer.field.setFocus()
    qtbot.keyClicks(composer.field, "hi")
    qtbot.keyClick(composer.field, Qt.Key.Key_Tab)
    assert composer.send_button.hasFocus()


def test_a_signature_is_seen_counted_and_sent_beneath_the_text(
    qtbot: QtBot, composer: Composer, notebook: Notebook
) -> None:
    composer.set_sender("Tom, Support", "")
    assert composer.signature.label.text() == "Tom, Support"
    assert composer.signature.isVisible()
    assert composer.count.size_label.text() == ""
    qtbot.keyClicks(composer.field, "hello")
    assert composer.count.size_label.text() == "18 / 160 · 1 segment"
    qtbot.keyClick(composer.field, Qt.Key.Key_Return)
    assert notebook.named("send") == [(ONE, "hello\nTom, Support")]


def test_a_signature_that_was_typed_is_not_doubled(
    qtbot: QtBot, composer: Composer, notebook: Notebook
) -> None:
    composer.set_sender("Tom", "")
    composer.field.replace_all("hello\nTom\n")
    qtbot.keyClick(composer.field, Qt.Key.Key_Return)
    assert notebook.named("send") == [(ONE, "hello\nTom")]


def test_a_signature_is_left_off_for_one_message(
    qtbot: QtBot, composer: Composer, notebook: Notebook
) -> None:
    composer.set_sender("Tom", "")
    qtbot.keyClicks(composer.field, "ok")
    qtbot.mouseClick(composer.signature.button, Qt.MouseButton.LeftButton)
    assert composer.count.size_label.text() == "2 / 160 · 1 segment"
    assert composer.signature.label.text() == "Sent without the signature"
    qtbot.keyClick(composer.field, Qt.Key.Key_Return)
    qtbot.keyClicks(composer.field, "bye")
    qtbot.keyClick(composer.field, Qt.Key.Key_Return)
    assert notebook.named("send") == [(ONE, "ok"), (ONE, "bye\nTom")]


def test_one_click_makes_the_signature_plain_too(qtbot: QtBot, composer: Composer) -> None:
    composer.set_sender("– Tom", "")
    qtbot.keyClicks(composer.field, "hi")
    assert composer.count.offenders.text() == "“–” needs Unicode"
    qtbot.mouseClick(composer.count.fix, Qt.MouseButton.LeftButton)
    assert composer.signature.label.text() == "- Tom"
    assert composer.count.size_label.text() == "8 / 160 · 1 segment"
    assert composer.field.toPlainText() == "hi"


def test_a_withdrawn_text_comes_back_without_its_signature(composer: Composer) -> None:
    composer.set_sender("Tom", "")
    composer.field.replace_all("newer")
    composer.take_back(ONE, "lost\nTom", "The disk is full.")
    assert composer.field.toPlainText() == "lost\nnewer"


def test_blanks_are_not_signed(qtbot: QtBot, composer: Composer, notebook: Notebook) -> None:
    composer.set_sender("Tom", "")
    qtbot.keyClicks(composer.field, "  ")
    qtbot.keyClick(composer.field, Qt.Key.Key_Return)
    assert notebook.named("send") == []
    assert composer.count.size_label.text() == "2 / 160 · 1 segment"


def test_why_a_text_will_wait_is_said_before_it_is_sent(composer: Composer) -> None:
    composer.set_sender("", "The account is signed out.")
    assert composer.waiting.isVisible()
    assert composer.waiting.text().startswith("The account is signed out. What you send waits")
    composer.set_sender("", "")
    assert not composer.waiting.isVisible()


def test_a_very_long_text_warns_before_it_is_sent(qtbot: QtBot, theme: Theme) -> None:
    count = ComposerCount(theme)
    qtbot.addWidget(count)
    count.show_text("x" * 153 * 10)
    assert count.size_label.property("role") == "small"
    count.show_text("x" * 153 * 11)
    assert count.size_label.property("role") == "warning"
    assert "sent and charged as 11 messages" in count.size_label.text()
    assert "11 messages" in count.accessibleName()
    count.show_text("short")
    assert count.size_label.property("role") == "small"

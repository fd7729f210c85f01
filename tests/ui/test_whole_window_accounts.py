"""Settings › Account in the real program: several accounts, editing, signing out and in, removing."""

from PySide6.QtCore import Qt

from sms_desktop.domain.account import Account
from sms_desktop.domain.health import Level
from sms_desktop.sync.events import HistoryImported
from sms_desktop.ui.windows.settings.account_card import AccountCard
from sms_desktop.ui.windows.settings.account_page import AccountPage
from sms_desktop.ui.windows.settings.account_removal import RemovalQuestion
from sms_desktop.ui.windows.settings.earlier_sheet import EarlierSheet
from sms_desktop.ui.windows.settings.page_name import PageName
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["program", "simulator"]

MARIA = "+16131234567"
CTRL = Qt.KeyboardModifier.ControlModifier


def page_of(program: WholeProgram) -> AccountPage:
    settings = program.window.sheets.settings
    if settings is None or not settings.isVisible():
        settings = program.window.sheets.open_settings(PageName.ACCOUNT)
        program.until("the settings are in front", settings.isActiveWindow)
    return settings.account_page


def card_of(program: WholeProgram, account_id: int) -> AccountCard:
    return next(c for c in page_of(program).cards if c._account.account_id == account_id)


def only_account(program: WholeProgram) -> Account:
    (account,) = program.window.facts.accounts
    return account


def stands(program: WholeProgram, account_id: int, words: str) -> None:
    def is_so() -> bool:
        cards = page_of(program).cards
        return any(c._account.account_id == account_id and c.words.text() == words for c in cards)

    program.until(words, is_so)
    program.settle()


def submit(program: WholeProgram) -> None:
    form = page_of(program).form
    page_of(program).ensureWidgetVisible(form.submit_button)
    program.click(form.submit_button)
    program.until("it was asked", form.submit_button.isEnabled)
    program.settle()


def live_subscriptions(simulator: SimulatorProcess) -> list[str]:
    return sorted(s["number"] for s in simulator.subscriptions() if s["number"])


def confirm_removal(program: WholeProgram, card: AccountCard, *, delete: bool) -> None:
    program.click(card.remove_button)
    question = page_of(program).window().findChild(RemovalQuestion)
    assert question is not None
    program.until("it is asked", question.isVisible)
    if delete:
        program.click(question.delete_box)
    program.click(question.remove_button)
    program.settle()


def test_two_accounts_stand_side_by_side(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    other = simulator.open_account(["+14165550177"])
    page = page_of(program)
    program.click(page.add_button)
    program.settle()
    fields = page.form.fields
    fields.base_url.edit.setText(simulator.base_url)
    fields.client_id.edit.setText(other["client_id"])
    fields.secret.edit.setText("wrong")
    submit(program)
    assert "does not accept this project key and secret" in fields.secret.complaint
    fields.secret.edit.setText(other["client_secret"])
    submit(program)
    assert not page.form.isVisible()
    first, second = program.window.facts.accounts
    for account in (first, second):
        stands(program, account.account_id, "Signed in, receiving")
    simulator.write_as(MARIA, "+14165550177", "for the second")
    simulator.write_as(MARIA, simulator.numbers[0], "for the first")
    program.until("both came", lambda: program.is_listed(MARIA, "+14165550177"))
    program.until("both came", lambda: program.is_listed(MARIA, simulator.numbers[0]))
    # The trouble of one is not the other's.
    simulator.cancel_subscription("+14165550177")
    stands(program, second.account_id, "Not receiving")
    assert card_of(program, first.account_id).words.text() == "Signed in, receiving"


def test_earlier_messages_are_brought_in_once_more(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    simulator.write_as(MARIA, simulator.numbers[0], "from before")
    program.open_signed_in(simulator)
    program.until("it is listed", lambda: program.is_listed(MARIA))
    simulator.write_as(MARIA, simulator.numbers[0], "not looked at yet")
    program.until("it came", lambda: program.listed(MARIA).last_text == "not looked at yet")
    program.settle()
    unread = program.listed(MARIA).unread
    assert unread > 0
    over: list[HistoryImported] = []
    program.built.bridge.history_imported.connect(lambda e: over.append(e) if e.is_over else None)
    program.click(card_of(program, only_account(program).account_id).earlier_button)
    sheet = page_of(program).window().findChild(EarlierSheet)
    assert sheet is not None
    program.until("it asks", sheet.isVisible)
    program.click(sheet.bring_button)
    program.until("all is read", lambda: over)
    program.settle()
    assert over[0].messages == 2
    # What nobody has looked at is no more read than before.
    assert program.listed(MARIA).unread == unread


def test_the_way_in_is_changed_without_the_secret(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    account = only_account(program)
    program.click(card_of(program, account.account_id).edit_button)
    program.settle()
    form = page_of(program).form
    assert form.fields.secret.edit.text() == ""
    form.ways.cards["websocket"].button.setChecked(True)
    submit(program)
    program.until_live()
    assert "Kandy's websocket" in program.window.facts.health.sentence
    assert only_account(program).account_id == account.account_id
    assert live_subscriptions(simulator) == sorted(simulator.numbers)
    program.close()
    program.open()
    program.until_live()
    assert "Kandy's websocket" in program.window.facts.health.sentence


def test_an_edit_that_kandy_refuses_changes_nothing(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    other = simulator.open_account(["+14165550177"])
    account = only_account(program)
    program.click(card_of(program, account.account_id).edit_button)
    program.settle()
    form = page_of(program).form
    form.fields.secret.edit.setText("wrong")
    submit(program)
    assert "does not accept" in form.fields.secret.complaint
    form.fields.client_id.edit.setText(other["client_id"])
    form.fields.secret.edit.setText(other["client_secret"])
    submit(program)
    assert form.outcome.text().startswith("This signs in to another Kandy user")
    form.fields.base_url.edit.setText("http://kandy.example.com")
    submit(program)
    assert "must begin with https://" in form.fields.base_url.complaint
    assert only_account(program) == account
    assert program.window.facts.health.level is Level.LIVE


def test_signing_out_keeps_everything_but_the_secret(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    simulator.write_as(MARIA, simulator.numbers[0], "before")
    program.until("it came", lambda: program.is_listed(MARIA))
    account = only_account(program)
    program.click(card_of(program, account.account_id).sign_out_button)
    stands(program, account.account_id, "Signed out")
    assert live_subscriptions(simulator) == []
    assert program.status() == "No account"
    states = program.window.facts.numbers
    assert {state.detail for state in states} == {"The account is signed out."}
    simulator.write_as(MARIA, simulator.numbers[0], "meanwhile")
    program.close()
    program.open()
    stands(program, account.account_id, "Signed out")
    assert program.listed(MARIA).last_text == "before"
    program.click(card_of(program, account.account_id).sign_in_button)
    program.settle()
    form = page_of(program).form
    assert form.fields.client_id.edit.text() == simulator.client_id
    submit(program)
    assert form.fields.secret.complaint == "The private project secret is missing."
    form.fields.secret.edit.setText(simulator.client_secret)
    submit(program)
    program.until_live()
    stands(program, account.account_id, "Signed in, receiving")
    program.until("it came", lambda: program.listed(MARIA).last_text == "meanwhile")
    assert only_account(program).account_id == account.account_id


def test_a_removed_account_keeps_its_messages(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    simulator.write_as(MARIA, simulator.numbers[0], "keep me")
    program.until("it came", lambda: program.is_listed(MARIA))
    card = card_of(program, only_account(program).account_id)
    confirm_removal(program, card, delete=False)
    program.until("it is gone", lambda: program.window.facts.accounts == ())
    assert live_subscriptions(simulator) == []
    assert program.listed(MARIA).last_text == "keep me"
    program.close()
    window = program.open()
    program.until("it has started", lambda: window.facts.health.level is Level.NO_ACCOUNT)
    assert program.is_listed(MARIA)


def test_a_removed_account_takes_its_messages_along_where_that_is_ticked(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    simulator.write_as(MARIA, simulator.numbers[0], "forget me")
    program.until("it came", lambda: program.is_listed(MARIA))
    program.click_thread(MARIA)
    program.type("a draft")
    program.settle()
    card = card_of(program, only_account(program).account_id)
    confirm_removal(program, card, delete=True)
    program.until("it is gone", lambda: program.window.facts.accounts == ())
    program.until("the list is empty", lambda: program.in_list() == [])
    assert program.open_with() == ""
    assert program.window.conversation_pane.empty.heading.text() == "No account yet"
    program.close()
    window = program.open()
    program.until("it has started", lambda: window.facts.health.level is Level.NO_ACCOUNT)
    assert program.in_list() == []


def test_cancelling_the_question_removes_nothing(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    program.open_signed_in(simulator)
    account = only_account(program)
    program.click(card_of(program, account.account_id).remove_button)
    question = page_of(program).window().findChild(RemovalQuestion)
    assert question is not None
    program.until("it is asked", question.isActiveWindow)
    program.press(Qt.Key.Key_Return)
    program.until("it is gone", lambda: not question.isVisible())
    program.settle()
    assert only_account(program) == account
    assert program.window.facts.health.level is Level.LIVE

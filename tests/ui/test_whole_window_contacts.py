"""People in the real program: made, edited, imported, merged, deleted, undone, texted and found."""

import os
from base64 import b64encode
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from sms_desktop.domain.address import Address
from sms_desktop.domain.contact_card import Column
from sms_desktop.domain.conversation import Correspondent
from sms_desktop.ui.windows.contacts.editor import ContactEditor
from sms_desktop.ui.windows.contacts.import_sheet import ImportSheet
from sms_desktop.ui.windows.contacts.window import ContactsWindow
from sms_desktop.ui.windows.new_message import NewMessageSheet
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["program", "simulator"]

MARIA = "+16131234567"
JONAS = "+15205550188"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def picture(path: Path, colour: int = 0xFF3366AA) -> Path:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(colour)
    assert image.save(str(path))
    return path


def cards(path: Path, *people: tuple[str, str], photo: Path | None = None) -> Path:
    lines = []
    for name, number in people:
        lines += ["BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", f"TEL;TYPE=CELL:{number}"]
        if photo is not None:
            lines.append(f"PHOTO;ENCODING=b:{b64encode(photo.read_bytes()).decode()}")
        lines.append("END:VCARD")
    path.write_text("\n".join(lines))
    return path


def contacts_window(program: WholeProgram) -> ContactsWindow:
    program.press(Qt.Key.Key_A, CONTROL | SHIFT)
    window = program.window.sheets.contacts
    assert window is not None
    program.until("the address book is in front", window.isActiveWindow)
    return window


def bring_back(program: WholeProgram, window: QWidget) -> None:
    """What a window manager does where a sheet closes."""
    window.activateWindow()
    program.until("the window is in front", window.isActiveWindow)


def names(window: ContactsWindow) -> list[str]:
    return [window.model.index(row).data() for row in range(window.model.rowCount())]


def spoken(window: ContactsWindow) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [window.model.index(row).data(role) for row in range(window.model.rowCount())]


def editor_of(program: WholeProgram, parent: QWidget) -> ContactEditor:
    [editor] = [one for one in parent.findChildren(ContactEditor) if one.isVisible()]
    program.until("the editor has the keys", editor.isActiveWindow)
    return editor


def look_at(program: WholeProgram, widget: QWidget, name: str) -> None:
    """For a person who wants to see it: SMS_DESKTOP_TEST_PICTURES names a folder."""
    program.settle()
    if folder := os.environ.get("SMS_DESKTOP_TEST_PICTURES"):
        widget.grab().save(f"{folder}/{name}.png")


def import_file(program: WholeProgram, window: ContactsWindow, path: Path) -> ImportSheet:
    sheet = window.importing.import_file(path)
    program.until("it was read", lambda: sheet.sentence.text() != "Reading…")
    return sheet


def take_in(program: WholeProgram, window: ContactsWindow, path: Path) -> str:
    sheet = import_file(program, window, path)
    program.click(sheet.import_button)
    program.until("it is imported", lambda: window.banner.isVisible())
    program.settle()
    bring_back(program, window)
    return window.banner.sentence.text()


def with_people(program: WholeProgram, simulator: SimulatorProcess) -> ContactsWindow:
    program.open_signed_in(simulator)
    simulator.write_as(MARIA, simulator.default_number, "hello")
    simulator.write_as(JONAS, simulator.default_number, "hi")
    program.until(
        "they have arrived", lambda: program.is_listed(MARIA) and program.is_listed(JONAS)
    )
    return contacts_window(program)


def test_the_one_who_wrote_becomes_a_contact_and_is_edited(
    program: WholeProgram, simulator: SimulatorProcess, tmp_path: Path
) -> None:
    window = program.open_signed_in(simulator)
    simulator.write_as(MARIA, simulator.default_number, "hello")
    program.until("it has arrived", lambda: program.is_listed(MARIA))
    program.click_thread(MARIA)
    action = window.shortcuts["edit_contact"]
    assert action.text() == "Add to contacts…"
    program.press(Qt.Key.Key_F2)
    editor = editor_of(program, window)
    [row] = editor.number_rows.rows
    assert row.field.text() == "+1 613 123 4567"
    program.press(Qt.Key.Key_Return)
    assert "name" in editor.trouble.text()
    program.type("Maria Rossi")
    editor.use_picture(tmp_path / "none.png")
    assert "No such file" in editor.trouble.text()
    editor.use_picture(picture(tmp_path / "maria.png"))
    assert editor.face.has_photo
    program.click(editor.number_rows.add_button)
    program.type("416 555 012")
    program.press(Qt.Key.Key_Return)
    assert editor.isVisible()
    assert editor.number_rows.rows[1].note.text()
    program.type("1")
    editor.number_rows.rows[1].label_box.setEditText("Work")
    look_at(program, editor, "editor")
    program.click(editor.save_button)
    program.until("she is shown", lambda: program.listed(MARIA).remote_name == "Maria Rossi")
    assert window.conversation_pane.header.name_label.full_text == "Maria Rossi"
    assert action.text() == "Edit contact…"
    photos = window.address_book.photos
    program.until("her picture is shown", lambda: photos.of(Address(MARIA)) is not None)
    look_at(program, window, "main")
    program.press(Qt.Key.Key_F2)
    editor = editor_of(program, window)
    assert [one.label_box.currentText() for one in editor.number_rows.rows] == ["", "Work"]
    assert editor.face.has_photo
    program.press(Qt.Key.Key_Escape)
    book = contacts_window(program)
    assert spoken(book) == ["Maria Rossi. +1 613 123 4567 and 1 more"]
    program.press(Qt.Key.Key_Down)
    assert book.person.name_label.text() == "Maria Rossi"
    assert book.person.message_buttons[1].accessibleName() == "Message to Work, +1 416 555 0121"


def test_a_file_is_shown_imported_and_undone(
    program: WholeProgram, simulator: SimulatorProcess, tmp_path: Path
) -> None:
    window = with_people(program, simulator)
    assert "Import" in window.empty.button.text()
    look_at(program, window, "empty")
    path = cards(
        tmp_path / "phone.vcf",
        ("Maria Rossi", "(613) 123-4567"),
        ("Zoë", "613 555 0101"),
        ("X", "-"),
    )
    sheet = import_file(program, window, path)
    assert sheet.sentence.text() == "2 new, 1 without a number."
    assert sheet.samples.item(1, 0).text() == "Zoë"
    assert "+1 613 555 0101 (Mobile)" in sheet.samples.item(1, 1).text()
    look_at(program, sheet, "import")
    program.press(Qt.Key.Key_Return)
    program.until("it is imported", window.banner.isVisible)
    assert window.banner.sentence.text() == "2 imported, 1 without a number."
    assert names(window) == ["Maria Rossi", "Zoë"]
    program.until("she is named", lambda: program.listed(MARIA).remote_name == "Maria Rossi")
    sheet = import_file(program, window, path)
    assert sheet.sentence.text() == "2 known already, 1 without a number."
    assert not sheet.import_button.isEnabled()
    program.press(Qt.Key.Key_Escape)
    look_at(program, window, "imported")
    program.click(window.banner.action_button)
    program.until("it is undone", lambda: names(window) == [])
    program.until("she is a number", lambda: program.listed(MARIA).remote_name == "")
    assert window.banner.sentence.text() == "Undone: everything is as it was."


def test_the_columns_of_a_table_can_be_said(
    program: WholeProgram, simulator: SimulatorProcess, tmp_path: Path
) -> None:
    window = with_people(program, simulator)
    path = tmp_path / "list.csv"
    path.write_bytes("Who;What;Nr\nclub;Zoë Früh;613 555 0101\n".encode("cp1252"))
    sheet = import_file(program, window, path)
    assert sheet.columns is not None
    assert sheet.columns.columns() == (Column.NAME, Column.IGNORED, Column.NUMBER)
    assert sheet.samples.item(0, 0).text() == "club"
    sheet.columns.boxes[0].setCurrentText("Organisation")
    sheet.columns.boxes[1].setCurrentText("Whole name")
    program.until("it is read anew", lambda: sheet.samples.item(0, 0).text() == "Zoë Früh")
    look_at(program, sheet, "columns")
    program.click(sheet.import_button)
    program.until("it is imported", window.banner.isVisible)
    assert spoken(window) == ["Zoë Früh. club. +1 613 555 0101"]


def test_what_is_no_address_book_is_said(
    program: WholeProgram, simulator: SimulatorProcess, tmp_path: Path
) -> None:
    window = with_people(program, simulator)
    sheet = import_file(program, window, tmp_path / "none.vcf")
    assert sheet.sentence.text() == "The file cannot be read: No such file or directory."
    assert not sheet.import_button.isVisible()
    program.press(Qt.Key.Key_Escape)
    assert not window.banner.isVisible()


def test_people_come_from_kandy(program: WholeProgram, simulator: SimulatorProcess) -> None:
    window = with_people(program, simulator)
    simulator.post("contacts", {"firstName": "Maria", "mobilePhoneNumber": MARIA})
    words = [action.text() for action in window.menu().actions()]
    assert "Import from Kandy…" in words
    sheet = window.importing.import_from_kandy(program.window.facts.accounts[0])
    program.until("it was read", lambda: sheet.import_button.isEnabled())
    program.click(sheet.import_button)
    program.until("she is named", lambda: program.listed(MARIA).remote_name == "Maria")


def test_entries_that_look_alike_are_merged_and_taken_apart_again(
    program: WholeProgram, simulator: SimulatorProcess, tmp_path: Path
) -> None:
    window = with_people(program, simulator)
    people = (("Maria", MARIA), ("Maria Rossi", MARIA), ("Ann", "+16135550101"), ("Ann", JONAS))
    take_in(program, window, cards(tmp_path / "a.vcf", *people))
    window.changing.find_duplicates()
    program.until("they are shown", lambda: window.changing.sheet is not None)
    sheet = window.changing.sheet
    look_at(program, sheet, "duplicates")
    assert [card.accessibleName() for card in sheet.cards] == ["Ann, Ann", "Maria, Maria Rossi"]
    program.click(sheet.cards[0].apart_button)
    program.until("they are two", lambda: len(sheet.cards) == 1)
    sheet.cards[0].name_box.setCurrentText("Maria Rossi")
    program.click(sheet.cards[0].merge_button)
    program.until("they are one", lambda: not sheet.cards)
    assert sheet.sentence.text() == "No two entries look alike."
    program.press(Qt.Key.Key_Escape)
    assert names(window) == ["Ann", "Ann", "Maria Rossi"]
    program.click(window.banner.action_button)
    program.until("they are two again", lambda: len(names(window)) == 4)


def test_who_was_deleted_can_come_back(
    program: WholeProgram, simulator: SimulatorProcess, tmp_path: Path
) -> None:
    window = with_people(program, simulator)
    take_in(program, window, cards(tmp_path / "a.vcf", ("Maria", MARIA), ("Jonas", JONAS)))
    program.click_row(window.list, 1)
    look_at(program, window, "person")
    program.press(Qt.Key.Key_Delete)
    program.until("she is gone", lambda: names(window) == ["Jonas"])
    assert window.banner.sentence.text() == "Maria deleted."
    program.until("her number is shown", lambda: program.listed(MARIA).remote_name == "")
    program.press(Qt.Key.Key_Z, CONTROL)
    program.until("she is back", lambda: names(window) == ["Jonas", "Maria"])
    window.list.choose([window.model.contact_id(row) for row in (0, 1)])
    assert window.person.name_label.text() == "2 contacts"
    program.click(window.person.merge_button)
    program.until("one is asked about", lambda: window.changing.sheet is not None)
    program.click(window.changing.sheet.cards[0].merge_button)
    program.until("they are one", lambda: len(names(window)) == 1)


def test_people_are_texted_from_the_book_the_search_and_a_new_message(
    program: WholeProgram, simulator: SimulatorProcess, tmp_path: Path
) -> None:
    window = with_people(program, simulator)
    stranger = "+16135550101"
    take_in(program, window, cards(tmp_path / "a.vcf", ("Maria", MARIA), ("Zoë Früh", stranger)))
    window.search.setFocus()
    program.type("zoe")
    assert names(window) == ["Zoë Früh"]
    look_at(program, window, "search")
    program.click(window.person.message_buttons[0])
    [sheet] = program.window.findChildren(NewMessageSheet)
    assert sheet.recipients.addresses == [stranger]
    program.until("the sheet has the keys", sheet.isActiveWindow)
    program.press(Qt.Key.Key_Escape)
    bring_back(program, program.window)
    program.press(Qt.Key.Key_K, CONTROL)
    program.type("fruh")
    results = program.window.thread_pane.results.model
    zoe = Correspondent(Address(stranger), "Zoë Früh", 0, "mobile")
    program.until("she is found", lambda: results.row_like(zoe) is not None)
    look_at(program, program.window, "found")
    program.press(Qt.Key.Key_Return)
    program.until(
        "whom to text is asked",
        lambda: any(one.isVisible() for one in program.window.findChildren(NewMessageSheet)),
    )


def test_everybody_is_written_to_a_file(
    program: WholeProgram, simulator: SimulatorProcess, tmp_path: Path
) -> None:
    window = with_people(program, simulator)
    photo = picture(tmp_path / "a.png")
    take_in(program, window, cards(tmp_path / "a.vcf", ("Zoë", MARIA), photo=photo))
    window.importing.export(tmp_path / "out.vcf")
    said = "1 contact written to out.vcf."
    program.until("it is written", lambda: window.banner.sentence.text() == said)
    text = (tmp_path / "out.vcf").read_text("utf-8")
    assert "FN:Zoë" in text
    assert "PHOTO;ENCODING=b;TYPE=JPEG:" in text
    window.importing.export(tmp_path / "missing" / "out.vcf")
    program.until("it says why not", lambda: "No such file" in window.banner.sentence.text())


@pytest.mark.parametrize("count", [300])
def test_a_long_list_is_walked_by_keyboard(
    program: WholeProgram, simulator: SimulatorProcess, tmp_path: Path, count: int
) -> None:
    window = with_people(program, simulator)
    people = [(f"Person {number:04}", f"+1613555{number:04}") for number in range(count)]
    take_in(program, window, cards(tmp_path / "a.vcf", *people))
    program.click_row(window.list, 0)
    program.press(Qt.Key.Key_End)
    assert window.person.name_label.text() == "Person 0299"
    program.press(Qt.Key.Key_Return)
    assert editor_of(program, window).name_field.text() == "Person 0299"
    program.press(Qt.Key.Key_Escape)


def test_an_import_is_stopped_halfway_and_undone(
    program: WholeProgram, simulator: SimulatorProcess, tmp_path: Path
) -> None:
    window = with_people(program, simulator)
    people = [(f"Person {number:04}", f"+1613555{number:04}") for number in range(3_000)]
    sheet = import_file(program, window, cards(tmp_path / "a.vcf", *people))
    program.click(sheet.import_button)
    program.until("some are in", lambda: sheet.progress.value() > 0)
    assert sheet.cancel_button.text() == "Stop"
    program.click(sheet.cancel_button)
    program.until("it has stopped", window.banner.isVisible)
    count = len(names(window))
    assert 0 < count < 3_000
    assert window.banner.sentence.text() == f"Stopped. {count:,} imported."
    program.click(window.banner.action_button)
    program.until("it is undone", lambda: names(window) == [])

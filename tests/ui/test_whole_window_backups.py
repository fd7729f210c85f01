"""Going back to a backup in the real window: one question, the windows close, and nothing is lost."""

from PySide6.QtWidgets import QMessageBox, QPushButton

from sms_desktop.profile.profile import Opening
from sms_desktop.ui.windows.settings.page_name import PageName
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import ENVIRON, WholeProgram, program

__all__ = ["program", "simulator"]

MARIA = "+16131234567"


def test_a_backup_is_restored_and_kandy_brings_what_is_newer(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    simulator.write_as(MARIA, simulator.default_number, "before")
    program.until("it is there", lambda: program.unread(MARIA) == 1)
    settings = window.sheets.open_settings(PageName.PRIVACY)
    rows = settings.privacy_page.backups
    assert rows is not None
    program.click(rows.create_button)
    program.until("it is made", lambda: len(rows.restore_buttons) == 1)
    simulator.write_as(MARIA, simulator.default_number, "after")
    program.until("it is there", lambda: program.unread(MARIA) == 2)

    program.click(rows.restore_buttons[0])
    question = settings.findChild(QMessageBox)
    assert question is not None
    button = question.findChild(QPushButton, "restore")
    assert button is not None
    program.click(button)
    program.until("the window is closed", lambda: not window.isVisible())
    built = program.built
    program.close()
    again = Opening(program.paths, ENVIRON, is_alone=True).reopened(
        built.profile, built.again.backup
    )
    assert "restored" in again.notice
    assert again.store.reader().unread_in_inbox() == 1
    again.close()

    program.open()
    program.until_live()
    program.click_thread(MARIA)
    program.until("both are there", lambda: program.texts() == ["before", "after"])

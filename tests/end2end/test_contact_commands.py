"""``contacts list|import|export`` of the real program, with and without its window."""

import json
from pathlib import Path

from tests.helpers.program import Program

BOOK = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg
TEL;CELL:0170 1234567
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Nobody
END:VCARD
"""


def test_the_address_book_comes_and_goes_in_scripts(program: Program, tmp_path: Path) -> None:
    none = program.command("contacts", "list")
    assert (none.returncode, none.stdout[:21]) == (0, "There is nobody yet. ")
    book = tmp_path / "book.vcf"
    book.write_text(BOOK)
    done = program.command("contacts", "import", str(book), "--region", "DE")
    assert (done.returncode, done.stdout) == (0, "1 imported, 1 without a number.\n")
    again = program.command("contacts", "import", str(book), "--region", "DE", "--json")
    assert json.loads(again.stdout) == {
        "added": 0,
        "completed": 0,
        "unchanged": 1,
        "without_number": 1,
        "nameless": 0,
    }
    [listed] = json.loads(program.command("contacts", "list", "--json").stdout)
    assert (listed["name"], listed["numbers"]) == (
        "Jörg Müller",
        [{"number": "+491701234567", "label": "mobile"}],
    )
    assert "+491701234567 (mobile)" in program.command("contacts", "list").stdout
    out = tmp_path / "out.vcf"
    assert program.command("contacts", "export", str(out)).stdout == "1 written.\n"
    assert "FN:Jörg Müller" in out.read_text("utf-8")
    assert "FN:Jörg Müller" in program.command("contacts", "export", "-").stdout


def test_what_cannot_be_done_is_said(program: Program, tmp_path: Path) -> None:
    missing = program.command("contacts", "import", str(tmp_path / "none.vcf"))
    assert missing.returncode == 1
    assert "No such file" in missing.stderr
    refused = program.command("contacts", "export", str(tmp_path / "none" / "out.vcf"))
    assert refused.returncode == 1
    assert "No such file" in refused.stderr

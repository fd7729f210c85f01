"""``contacts list``, ``contacts import`` and ``contacts export``, here or through the open window."""

import os
import sys
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, Final

from sms_desktop.commands.opening import held, opened
from sms_desktop.commands.output import print_json, print_table
from sms_desktop.domain.contact import Contact
from sms_desktop.net import control
from sms_desktop.net.errors import NobodyThere
from sms_desktop.paths import Paths
from sms_desktop.profile.profile import open_profile
from sms_desktop.settings import AUTOMATIC_REGION, REGION, Settings
from sms_desktop.store import contact_reading
from sms_desktop.store.connection import Connection
from sms_desktop.sync.engine import Engine

_HEAD: Final = ("ID", "NAME", "ORGANISATION", "NUMBERS")
_PATIENCE_S: Final = 600.0
_COUNTS: Final = (
    ("completed", "completed"),
    ("unchanged", "known already"),
    ("without_number", "without a number"),
    ("nameless", "without a name"),
)


async def list_contacts(paths: Paths, *, as_json: bool) -> int:
    """Print everybody, by name."""
    profile = open_profile(paths)
    try:
        found = await profile.store.read_long(contact_reading.every_contact)
    finally:
        profile.close()
    if as_json:
        print_json([_described(one) for one in found])
    elif found:
        print_table([list(_HEAD), *map(_row, found)])
    else:
        sys.stdout.write("There is nobody yet. “contacts import FILE” reads vCard and CSV.\n")
    return 0


async def import_contacts(paths: Paths, wanted: Namespace) -> int:
    """Take a file in, through the open window where there is one; prints what came of it."""
    request = _request(paths, wanted)
    try:
        answer = await control.ask(paths.control_file, "contacts_import", request, _PATIENCE_S)
    except NobodyThere as nobody:
        async with held(paths, nobody), opened(paths, send=False) as (engine, _core, _profile):
            answer = await import_and_tell(engine, request)
    if wanted.json:
        print_json(answer)
    else:
        said = [f"{answer['added']} imported"]
        said += [f"{answer[name]} {words}" for name, words in _COUNTS if answer[name]]
        sys.stdout.write(", ".join(said) + ".\n")
    return 0


def _request(paths: Paths, wanted: Namespace) -> dict[str, Any]:
    """The open window has another working folder."""
    region = wanted.region or region_of(paths, os.environ)
    return {"file": str(Path(wanted.file).absolute()), "region": region}


async def import_and_tell(engine: Engine, request: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of ``contacts import`` here and in the open window; raises ``SmsDesktopError``."""
    contacts = engine.contacts
    book = await contacts.open_file(Path(str(request["file"])))
    region = str(request.get("region", ""))
    ready = await contacts.prepare(book, None, (region,) if region else ())
    done = asdict(await contacts.take_in(ready, lambda _done, _total: None))
    return {name: done[name] for name in ("added", *(name for name, _ in _COUNTS))}


async def export_contacts(paths: Paths, target: str, *, as_json: bool) -> int:
    """Write everybody into a vCard file, or to stdout for ``-``."""
    from sms_desktop.sync.contacts import writing

    profile = open_profile(paths)
    try:
        if target == "-":
            await profile.store.read_long(lambda db: _write_plainly(db, sys.stdout))
            return 0
        count = await profile.store.read_long(lambda db: writing.write_file(db, Path(target)))
    except BrokenPipeError:
        # Whoever read has enough; Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        profile.close()
    if as_json:
        print_json({"contacts": count})
    else:
        sys.stdout.write(f"{count} written.\n")
    return 0


def region_of(paths: Paths, environ: Mapping[str, str]) -> str:
    """The country of numbers without ``+``: as set, else as the desktop's language says."""
    chosen = Settings(paths.settings_file)[REGION]
    if chosen != AUTOMATIC_REGION:
        return str(chosen)
    name = environ.get("LC_ALL") or environ.get("LC_TELEPHONE") or environ.get("LANG", "")
    territory = name.partition(".")[0].partition("@")[0].partition("_")[2]
    return territory if len(territory) == 2 and territory.isalpha() else ""


def _write_plainly(db: Connection, out: IO[str]) -> None:
    from sms_desktop.sync.contacts import writing

    writing.write(db, out)
    out.flush()


def _described(one: Contact) -> dict[str, Any]:
    return {
        "id": one.contact_id,
        "name": one.details.name,
        "organisation": one.details.organisation,
        "note": one.details.note,
        "numbers": [asdict(number) for number in one.details.numbers],
        "photo": one.has_photo,
    }


def _row(one: Contact) -> list[Any]:
    numbers = (f"{n.number} ({n.label})" if n.label else n.number for n in one.details.numbers)
    details = one.details
    organisation = details.organisation if details.name else ""
    return [one.contact_id, one.name, organisation or "-", ", ".join(numbers) or "-"]

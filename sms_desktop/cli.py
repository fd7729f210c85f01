"""The command line: what was asked for, and who does it. Imports nothing slow."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from typing import Final

from sms_desktop.commands import arguments
from sms_desktop.domain.address import canonical, is_phone_number
from sms_desktop.domain.errors import Slip, SmsDesktopError
from sms_desktop.paths import Paths, paths_of
from sms_desktop.settings import Settings

_LAST_PORT: Final = 65_535


class CannotSimulate(Slip):
    """The simulator cannot be what was asked for; the message says why."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code. Errors become one sentence on stderr.

    1 is for what could not be done, 2 for what cannot have been meant.
    """
    try:
        return _run(arguments.read(sys.argv[1:] if argv is None else argv))
    except SmsDesktopError as error:
        sys.stderr.write(f"sms-desktop: {error.text()}\n")
        return 2 if isinstance(error, Slip) else 1
    except KeyboardInterrupt:
        return 130


def _run(wanted: argparse.Namespace) -> int:
    if wanted.command == "simulate":
        return _simulate(wanted)
    # A slip of the keyboard is told before anything is opened or locked.
    Settings().override(wanted.overrides)
    if wanted.command is None:
        return _open_window(wanted)
    paths = _paths(wanted)
    match wanted.command:
        case "account":
            return _account(paths, wanted)
        case "numbers":
            from sms_desktop.commands import numbers

            if wanted.action == "list":
                return asyncio.run(numbers.list_numbers(paths, as_json=wanted.json))
            change = numbers.change_from(wanted)
            where = (wanted.number, wanted.account)
            return asyncio.run(numbers.set_number(paths, *where, change, as_json=wanted.json))
        case "contacts":
            return _contacts(paths, wanted)
        case "send":
            from sms_desktop.commands.send import send

            return asyncio.run(send(paths, wanted.sender, wanted.to, wanted.text, wanted.at))
        case "export":
            from sms_desktop.commands.export import export_timeline

            return asyncio.run(export_timeline(paths, wanted.file))
        case "backup":
            return _backup(paths, wanted)
        case _:
            from sms_desktop.commands.doctor import doctor

            return asyncio.run(doctor(paths, as_json=wanted.json))


def _account(paths: Paths, wanted: argparse.Namespace) -> int:
    from sms_desktop.commands import accounts

    match wanted.action:
        case "add":
            who = (wanted.base_url, wanted.client_id, wanted.email)
            secret = sys.stdin.readline()
            token = sys.stdin.readline() if wanted.tunnel_secret_stdin else ""
            return asyncio.run(accounts.add_account(paths, *who, secret, wanted.tunnel, token))
        case "list":
            return asyncio.run(accounts.list_accounts(paths, as_json=wanted.json))
        case _:
            delete = wanted.delete_messages
            removing = accounts.remove_account(paths, wanted.account_id, delete_messages=delete)
            return asyncio.run(removing)


def _contacts(paths: Paths, wanted: argparse.Namespace) -> int:
    from sms_desktop.commands import contacts

    match wanted.action:
        case "list":
            return asyncio.run(contacts.list_contacts(paths, as_json=wanted.json))
        case "import":
            return asyncio.run(contacts.import_contacts(paths, wanted))
        case _:
            exporting = contacts.export_contacts(paths, wanted.file, as_json=wanted.json)
            return asyncio.run(exporting)


def _backup(paths: Paths, wanted: argparse.Namespace) -> int:
    from sms_desktop.commands import backup

    match wanted.action:
        case "list":
            return asyncio.run(backup.list_backups(paths, as_json=wanted.json))
        case "create":
            return asyncio.run(backup.create_backup(paths, as_json=wanted.json))
        case _:
            return backup.restore_backup(paths, wanted.name, as_json=wanted.json)


def _open_window(wanted: argparse.Namespace) -> int:
    from sms_desktop import app

    options = app.Options(
        wanted.json_log,
        wanted.debug,
        wanted.link,
        tuple(wanted.overrides),
        first_run=not wanted.demo,
    )
    if wanted.demo:
        from sms_desktop.demo import run_demo

        return run_demo(wanted.tour, options)
    return app.run(_paths(wanted), options)


def _simulate(wanted: argparse.Namespace) -> int:
    from sms_desktop.simulator import serve

    if not 0 <= wanted.port <= _LAST_PORT:
        raise CannotSimulate(f"--port must be from 0 to {_LAST_PORT}.")
    numbers = [part.strip() for part in wanted.numbers.split(",") if part.strip()]
    if not all(is_phone_number(canonical(number)) for number in numbers):
        raise CannotSimulate(
            "--numbers wants phone numbers like +16139998877, commas between them."
        )
    return serve.run(wanted.port, numbers, wanted.seed, end_with_stdin=wanted.end_with_stdin)


def _paths(wanted: argparse.Namespace) -> Paths:
    return paths_of(wanted.basedir)

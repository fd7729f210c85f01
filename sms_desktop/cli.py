"""The command line: what was asked for, and who does it. Imports nothing slow."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sms_desktop import __version__
from sms_desktop.domain.address import canonical, is_phone_number
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.paths import Paths, paths_of
from sms_desktop.settings import Settings

_LAST_PORT: Final = 65_535
_COMMANDS: Final = ("simulate", "account", "send", "export", "doctor")


class CannotSimulate(SmsDesktopError):
    """The simulator cannot be what was asked for; the message says why."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns the exit code. Errors become one sentence on stderr."""
    words = list(sys.argv[1:] if argv is None else argv)
    wanted = _parser().parse_args(_link_as_option(words))
    if wanted.tour and not wanted.demo:
        _parser().error("--tour goes with --demo")
    try:
        return _run(wanted)
    except SmsDesktopError as error:
        sys.stderr.write(f"sms-desktop: {error.text()}\n")
        return 1
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
        case "send":
            from sms_desktop.commands.send import send

            return asyncio.run(send(paths, wanted.sender, wanted.to, wanted.text))
        case "export":
            from sms_desktop.commands.export import export_timeline

            return asyncio.run(export_timeline(paths, wanted.file))
        case _:
            from sms_desktop.commands.doctor import doctor

            return asyncio.run(doctor(paths, as_json=wanted.json))


def _account(paths: Paths, wanted: argparse.Namespace) -> int:
    from sms_desktop.commands import accounts

    match wanted.action:
        case "add":
            who = (wanted.base_url, wanted.client_id, wanted.email)
            secret = sys.stdin.readline()
            return asyncio.run(accounts.add_account(paths, *who, secret, wanted.tunnel))
        case "list":
            return asyncio.run(accounts.list_accounts(paths, as_json=wanted.json))
        case _:
            delete = wanted.delete_messages
            removing = accounts.remove_account(paths, wanted.account_id, delete_messages=delete)
            return asyncio.run(removing)


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


def _link_as_option(words: list[str]) -> list[str]:
    """An ``sms:`` link stands where argparse wants a command; behind a command it is a text."""
    command_at = next((i for i, word in enumerate(words) if word in _COMMANDS), len(words))
    return [
        f"--link={word}" if at < command_at and word.lower().startswith("sms:") else word
        for at, word in enumerate(words)
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sms-desktop",
        description="Text messages through Kandy CPaaS, on the desktop.",
        usage="%(prog)s [--basedir DIR] [--demo [--tour DIR]] [--json-log] [--debug] "
        "[sms:NUMBER?body=TEXT]\n       %(prog)s [--basedir DIR] COMMAND …",
    )
    parser.add_argument("--version", action="version", version=f"sms-desktop {__version__}")
    parser.add_argument(
        "--basedir", type=Path, metavar="DIR", help="keep settings, messages and logs in DIR"
    )
    parser.add_argument("--demo", action="store_true", help="try it without an account")
    parser.add_argument(
        "--tour", type=Path, metavar="DIR", help="with --demo: show itself, pictures go to DIR"
    )
    parser.add_argument("--json-log", action="store_true", help="one JSON object a line on stderr")
    parser.add_argument("--debug", action="store_true", help="log more")
    parser.add_argument(
        "--set",
        dest="overrides",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="change a setting for this run",
    )
    parser.add_argument("--link", default="", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    _add_simulate(commands)
    _add_account(commands)
    _add_send(commands)
    _add_export(commands)
    doctor = commands.add_parser("doctor", help="check the way of an inbound message")
    doctor.add_argument("--json", action="store_true", help="for scripts")
    return parser


def _add_simulate(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    simulate = commands.add_parser("simulate", help="run a Kandy server of our own")
    simulate.add_argument("--port", type=int, default=0, help="default: any free one")
    simulate.add_argument("--numbers", default="", help="own numbers, with commas between")
    simulate.add_argument("--seed", choices=("demo", "empty"), default="empty")
    simulate.add_argument("--end-with-stdin", action="store_true", help=argparse.SUPPRESS)


def _add_account(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    account = commands.add_parser("account", help="manage accounts")
    actions = account.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="sign in and keep the account")
    add.add_argument("--base-url", required=True, metavar="URL")
    add.add_argument("--client-id", required=True, metavar="ID")
    add.add_argument("--email", default="", help="sign in as a user instead of a project")
    add.add_argument(
        "--secret-stdin", action="store_true", required=True, help="read the secret from stdin"
    )
    add.add_argument("--tunnel", metavar="NAME", help="websocket, loopback or own:https://…")
    listing = actions.add_parser("list", help="show every account, without secrets")
    listing.add_argument("--json", action="store_true", help="for scripts")
    remove = actions.add_parser("remove", help="forget an account and its secret")
    remove.add_argument("account_id", type=int, metavar="ID", help="as “account list” shows it")
    remove.add_argument(
        "--delete-messages", action="store_true", help="delete its messages here for good, too"
    )


def _add_send(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    send = commands.add_parser("send", help="send one text")
    send.add_argument("--from", dest="sender", required=True, metavar="DID|default")
    send.add_argument("--to", required=True, metavar="NUMBER")
    send.add_argument("text", metavar="TEXT")


def _add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = commands.add_parser("export", help="write every message to a file")
    export.add_argument("--format", choices=("jsonl",), default="jsonl")
    export.add_argument("file", metavar="FILE|-")

"""What may be said on the command line; knows no command's work and imports nothing slow."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeAlias

from sms_desktop import __version__
from sms_desktop.domain.errors import Slip

_COMMANDS: Final = (
    "simulate",
    "account",
    "numbers",
    "contacts",
    "send",
    "export",
    "backup",
    "doctor",
)

_NAME: Final = "sms-desktop"
_ABOUT: Final = "Text messages through Kandy CPaaS, on the desktop."
_LINKS: Final = ("sms:", "smsto:")
_USAGE: Final = """\
%(prog)s [--basedir DIR] [--demo [--tour DIR]] [--set KEY=VALUE]
                   [--json-log] [--debug] [sms:NUMBER?body=TEXT]
       %(prog)s COMMAND [--basedir DIR] …
       %(prog)s COMMAND --help"""

_Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001


class NotText(Slip):
    """What was given holds bytes that are no text."""

    sentence = (
        "What was given is not valid UTF-8, so it cannot be used as it is. "
        "Convert it first, for example with iconv."
    )


def read(words: Sequence[str]) -> argparse.Namespace:
    """What was asked for; a slip that argparse sees ends the program. Raises ``NotText``."""
    _refuse_other_bytes(words)
    parser = make_parser()
    wanted = parser.parse_args(_link_as_option(words))
    if wanted.tour and not wanted.demo:
        parser.error("--tour goes with --demo")
    return wanted


def make_parser() -> argparse.ArgumentParser:
    """The whole command line, with its help."""
    parser = argparse.ArgumentParser(prog=_NAME, description=_ABOUT, usage=_USAGE)
    parser.add_argument("--version", action="version", version=f"{_NAME} {__version__}")
    _add_basedir(parser, None)
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
    _add_commands(parser)
    return parser


def _add_commands(parser: argparse.ArgumentParser) -> None:
    # Else argparse repeats the whole usage of the program before each command's own.
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog=_NAME)
    _add_simulate(commands)
    _add_account(commands)
    _add_numbers(commands)
    _add_contacts(commands)
    _add_send(commands)
    _add_export(commands)
    _add_backup(commands)
    doctor = commands.add_parser("doctor", help="check the way of an inbound message")
    doctor.add_argument("--json", action="store_true", help="for scripts")
    for name in _COMMANDS[1:]:
        _add_basedir_everywhere(commands.choices[name])


def _add_basedir_everywhere(parser: argparse.ArgumentParser) -> None:
    """Behind a command and behind its action, too; what is not said there takes nothing back."""
    _add_basedir(parser, argparse.SUPPRESS)
    for action in parser._actions:  # noqa: SLF001 - argparse offers no other way to its subparsers
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for below in action.choices.values():
                _add_basedir(below, argparse.SUPPRESS)


def _add_basedir(parser: argparse.ArgumentParser, default: str | None) -> None:
    about = "keep settings, messages and logs in DIR"
    parser.add_argument("--basedir", type=_folder, metavar="DIR", default=default, help=about)


def _folder(name: str) -> Path:
    if not name.strip():
        raise argparse.ArgumentTypeError("an empty name is no folder; “.” is the current one")
    return Path(name)


def _refuse_other_bytes(words: Sequence[str]) -> None:
    """Python hides bytes that are no text in lone surrogates; nothing of ours can carry those."""
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError:
            raise NotText from None


def _link_as_option(words: Sequence[str]) -> list[str]:
    """A link stands where argparse wants a command; behind a command it is a text."""
    command_at = next((i for i, word in enumerate(words) if word in _COMMANDS), len(words))
    return [
        f"--link={word}" if at < command_at and word.lower().startswith(_LINKS) else word
        for at, word in enumerate(words)
    ]


def _add_simulate(commands: "_Subparsers") -> None:
    simulate = commands.add_parser("simulate", help="run a Kandy server of our own")
    simulate.add_argument(
        "--port",
        type=int,
        default=0,
        help="default: any free one, and a new account; on the same port the account has the same "
        "id, secret and user again, though not its messages",
    )
    simulate.add_argument("--numbers", default="", help="own numbers, with commas between")
    simulate.add_argument("--seed", choices=("demo", "empty"), default="empty")
    simulate.add_argument("--end-with-stdin", action="store_true", help=argparse.SUPPRESS)


def _add_account(commands: "_Subparsers") -> None:
    account = commands.add_parser("account", help="manage accounts")
    actions = account.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="sign in and keep the account")
    add.add_argument("--base-url", required=True, metavar="URL")
    add.add_argument("--client-id", required=True, metavar="ID")
    add.add_argument("--email", default="", help="sign in as a user instead of a project")
    add.add_argument(
        "--secret-stdin", action="store_true", required=True, help="read the secret from stdin"
    )
    add.add_argument(
        "--tunnel",
        metavar="NAME",
        help="websocket, ngrok[:DOMAIN], tailscale, ssh:USER@HOST?remote_port=N&url=URL, own:URL, "
        "cloudflared, pinggy, localhost.run or loopback",
    )
    add.add_argument(
        "--tunnel-secret-stdin",
        action="store_true",
        help="read the tunnel's token or password from stdin, after the secret",
    )
    listing = actions.add_parser("list", help="show every account, without secrets")
    listing.add_argument("--json", action="store_true", help="for scripts")
    remove = actions.add_parser("remove", help="forget an account and its secret")
    remove.add_argument("account_id", type=int, metavar="ID", help="as “account list” shows it")
    remove.add_argument(
        "--delete-messages", action="store_true", help="delete its messages here for good, too"
    )


def _add_numbers(commands: "_Subparsers") -> None:
    numbers = commands.add_parser("numbers", help="manage your own numbers")
    actions = numbers.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="show every number, in order")
    listing.add_argument("--json", action="store_true", help="for scripts")
    change = actions.add_parser("set", help="change a number")
    change.add_argument("number", metavar="NUMBER")
    change.add_argument(
        "--account", type=int, metavar="ID", help="whose, where several accounts have it"
    )
    change.add_argument("--name", metavar="TEXT")
    change.add_argument("--colour", metavar="#rrggbb")
    change.add_argument("--order", type=int, metavar="N", help="its place among all, from 1")
    for name, what in (
        ("receive", "messages here"),
        ("notify", "of what arrives"),
        ("hidden", "from the inbox; its own place in the rail stays"),
    ):
        change.add_argument(f"--{name}", choices=("on", "off"), help=what)
    change.add_argument("--signature", metavar="TEXT", help="under what is written in the window")
    change.add_argument(
        "--default-sender", action="store_true", help="new messages begin with this number"
    )
    change.add_argument("--json", action="store_true", help="for scripts")


def _add_contacts(commands: "_Subparsers") -> None:
    contacts = commands.add_parser("contacts", help="list, import or export the address book")
    actions = contacts.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="show everybody, by name")
    take = actions.add_parser("import", help="read a vCard or CSV file; nobody comes twice")
    take.add_argument("file", metavar="FILE")
    take.add_argument(
        "--region", metavar="CC", help="the country of numbers without +, such as CA or DE"
    )
    give = actions.add_parser("export", help="write everybody into a vCard file")
    give.add_argument("file", metavar="FILE.vcf|-")
    for action in (listing, take, give):
        action.add_argument("--json", action="store_true", help="for scripts")


def _add_send(commands: "_Subparsers") -> None:
    send = commands.add_parser("send", help="send one text")
    send.add_argument("--from", dest="sender", required=True, metavar="DID|default")
    send.add_argument("--to", required=True, metavar="NUMBER")
    send.add_argument("--at", default="", metavar="TIME", help="later, such as 2026-11-24T09:00")
    send.add_argument("text", metavar="TEXT")


def _add_export(commands: "_Subparsers") -> None:
    export = commands.add_parser("export", help="write every message to a file")
    export.add_argument("--format", choices=("jsonl",), default="jsonl")
    export.add_argument("file", metavar="FILE|-")


def _add_backup(commands: "_Subparsers") -> None:
    backup = commands.add_parser("backup", help="list, make or restore backups of the messages")
    actions = backup.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="show every backup, the newest first")
    create = actions.add_parser("create", help="make one now")
    restore = actions.add_parser("restore", help="go back to one; what is there now is put aside")
    restore.add_argument("name", metavar="NAME", help="as “backup list” shows it")
    for action in (listing, create, restore):
        action.add_argument("--json", action="store_true", help="for scripts")

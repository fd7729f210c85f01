"""``numbers list`` and ``numbers set``, here or through the open window."""

from argparse import Namespace
from dataclasses import asdict
from typing import Any

from sms_desktop.commands.opening import PATIENCE_S, held, opened
from sms_desktop.commands.output import print_json, print_line, print_table
from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import canonical
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.number_change import NothingToChange, NumberChange
from sms_desktop.net import control
from sms_desktop.net.errors import NobodyThere
from sms_desktop.paths import Paths
from sms_desktop.profile.profile import open_profile
from sms_desktop.sync.engine import Engine

_HEAD = ("ORDER", "NUMBER", "NAME", "COLOUR", "RECEIVE", "NOTIFY", "HIDDEN", "ACCOUNT", "DEFAULT")


class UnknownNumber(SmsDesktopError):
    """What was named is no own number."""

    sentence = "This is none of your numbers. “numbers list” shows those there are."


class SeveralAccounts(SmsDesktopError):
    """Several accounts have the number."""

    sentence = "Several accounts have this number. Say which one you mean with --account ID."


async def list_numbers(paths: Paths, *, as_json: bool) -> int:
    """Print every own number in the order of the rail."""
    profile = open_profile(paths)
    try:
        listed = _described(profile.store.reader().numbers())
    finally:
        profile.close()
    if as_json:
        print_json(listed)
    elif listed:
        print_table([list(_HEAD), *map(_row, listed)])
    else:
        print_line("There is no number yet. They come with an account: “account add”.")
    return 0


def change_from(wanted: Namespace) -> NumberChange:
    """What the words of the command line ask for; raises ``NothingToChange``."""
    change = NumberChange(
        name=wanted.name,
        colour=wanted.colour,
        place=wanted.order,
        receive=_switch(wanted.receive),
        notify=_switch(wanted.notify),
        hidden=_switch(wanted.hidden),
        signature=wanted.signature,
        default_sender=True if wanted.default_sender else None,
    )
    if change == NumberChange():
        raise NothingToChange
    return change


async def set_number(
    paths: Paths, number: str, account_id: int | None, change: NumberChange, *, as_json: bool
) -> int:
    """Change a number, through the open window where there is one; prints it as it is then."""
    request = {"number": number, "account_id": account_id, "change": asdict(change)}
    try:
        answer = await control.ask(paths.control_file, "numbers_set", request, PATIENCE_S)
    except NobodyThere as nobody:
        async with held(paths, nobody), opened(paths, send=False) as (engine, _core, _profile):
            answer = await set_and_tell(engine, request)
    if as_json:
        print_json(answer)
    else:
        print_table([list(_HEAD), _row(answer)])
    return 0


async def set_and_tell(engine: Engine, request: dict[str, Any]) -> dict[str, Any]:
    """The answer of ``numbers set`` here and in the open window; raises ``SmsDesktopError``."""
    key = _found(engine, str(request["number"]), request.get("account_id")).key
    await engine.numbers.changed(key, NumberChange(**request["change"]))
    return next(
        one for one in _described(engine.numbers.all()) if (one["account_id"], one["number"]) == key
    )


def _found(engine: Engine, raw: str, account_id: int | None) -> OwnNumber:
    wanted = canonical(raw)
    every = [number for number in engine.numbers.all() if number.number == wanted]
    found = [number for number in every if account_id in (None, number.account_id)]
    if not found:
        raise UnknownNumber
    if len(found) > 1:
        raise SeveralAccounts
    return found[0]


def _switch(word: str | None) -> bool | None:
    return None if word is None else word == "on"


def _described(numbers: list[OwnNumber]) -> list[dict[str, Any]]:
    return [
        {
            "account_id": number.account_id,
            "number": number.number,
            "name": number.name,
            "colour": number.colour,
            "order": place,
            "receive": number.receive,
            "notify": number.notify,
            "hidden": number.is_hidden,
            "signature": number.signature,
            "kandy_default": number.is_kandy_default,
            "default_sender": number.is_default_sender,
        }
        for place, number in enumerate(numbers, 1)
    ]


def _row(listed: dict[str, Any]) -> list[Any]:
    ranks = (("kandy_default", "Kandy"), ("default_sender", "mine"))
    return [
        listed["order"],
        listed["number"],
        listed["name"] or "-",
        listed["colour"],
        *("on" if listed[name] else "off" for name in ("receive", "notify", "hidden")),
        listed["account_id"],
        " ".join(word for name, word in ranks if listed[name]) or "-",
    ]

"""``account add``, ``account list``, ``account remove``; nothing here prints a secret."""

import asyncio
from typing import Any

from sms_desktop.commands.opening import PATIENCE_S, held, opened
from sms_desktop.commands.output import print_json, print_line, print_table
from sms_desktop.domain.account import Account
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import AccountId
from sms_desktop.net import control
from sms_desktop.net.errors import NobodyThere
from sms_desktop.paths import Paths
from sms_desktop.profile.profile import Profile, open_profile
from sms_desktop.sync.engine import Engine
from sms_desktop.vault.keys import account_secret
from sms_desktop.vault.models import Vault


class NoSuchAccount(SmsDesktopError):
    """The id names no account."""

    sentence = "There is no account with this id. “account list” shows those there are."


async def add_account(
    paths: Paths,
    base_url: str,
    client_id: str,
    email: str,
    secret: str,
    tunnel: str | None,
    tunnel_secret: str = "",
) -> int:
    """Sign in and keep the account; prints one JSON line."""
    from sms_desktop.net.base_url import checked_base_url, is_loopback_url
    from sms_desktop.sync.ways.way_in import WEBSOCKET

    checked = checked_base_url(base_url)
    chosen = tunnel or ("loopback" if is_loopback_url(checked) else WEBSOCKET)
    async with opened(paths, send=False) as (engine, _core, profile):
        account = await engine.add_account(checked, client_id, email, secret, chosen)
        if tunnel_secret.strip():
            await engine.tunnels.keep_secret(chosen, tunnel_secret)
        found = _numbers_of(profile, account)
    print_json({"account_id": account.account_id, "user_id": account.user_id, "numbers": found})
    await _tell_window(paths, "reload", {"account_id": account.account_id})
    return 0


async def list_accounts(paths: Paths, *, as_json: bool) -> int:
    """Print every account: who, where, how messages arrive, and whether its secret is here."""
    profile = open_profile(paths)
    try:
        listed = [await _described(profile, one) for one in profile.store.reader().accounts()]
    finally:
        profile.close()
    if as_json:
        print_json(listed)
    elif listed:
        head = ["ID", "KIND", "ACCOUNT", "BASE URL", "WAY IN", "STATE", "NUMBERS"]
        print_table([head, *map(_row, listed)])
    else:
        print_line("There is no account yet. Add one with “account add”.")
    return 0


async def remove_account(paths: Paths, account_id: int, *, delete_messages: bool) -> int:
    """Remove an account, through the open window where there is one; prints one JSON line."""
    request = {"account_id": account_id, "delete_messages": delete_messages}
    try:
        answer = await control.ask(paths.control_file, "account_remove", request, PATIENCE_S)
    except NobodyThere as nobody:
        async with held(paths, nobody), opened(paths, send=False) as (engine, _core, _profile):
            await engine.reload()
            answer = await remove_and_tell(engine, request)
    print_json(answer)
    return 0


async def remove_and_tell(engine: Engine, request: dict[str, Any]) -> dict[str, Any]:
    """The answer of ``account remove`` here and in the open window; raises ``NoSuchAccount``."""
    account_id = AccountId(int(request["account_id"]))
    if not engine.accounts.is_known(account_id):
        raise NoSuchAccount
    delete = bool(request.get("delete_messages"))
    count = engine.accounts.message_count(account_id)
    await engine.accounts.remove(account_id, delete_messages=delete)
    key = "messages_deleted" if delete else "messages_kept"
    return {"account_id": account_id, key: count}


async def _described(profile: Profile, account: Account) -> dict[str, Any]:
    return {
        "account_id": account.account_id,
        "kind": account.kind.value,
        "client_id": account.kandy_client_id,
        "email": account.email,
        "base_url": account.base_url,
        "user_id": account.user_id,
        "tunnel": account.tunnel,
        "state": await _state(profile.vault, account),
        "numbers": _numbers_of(profile, account),
    }


async def _state(vault: Vault, account: Account) -> str:
    secret = await asyncio.to_thread(vault.get, account_secret(account.account_id))
    if secret is None:
        return "secret lost"
    return "signed in" if secret else "signed out"


def _numbers_of(profile: Profile, account: Account) -> list[str]:
    every = profile.store.reader().numbers()
    return [n.number for n in every if n.account_id == account.account_id]


def _row(listed: dict[str, Any]) -> list[Any]:
    names = ("account_id", "kind", "base_url", "tunnel", "state")
    account_id, kind, *rest = (listed[name] for name in names)
    who = listed["email"] or listed["client_id"]
    return [account_id, kind, who, *rest, " ".join(listed["numbers"]) or "-"]


async def _tell_window(paths: Paths, command: str, payload: dict[str, Any]) -> None:
    try:
        await control.ask(paths.control_file, command, payload, PATIENCE_S)
    except NobodyThere:
        return

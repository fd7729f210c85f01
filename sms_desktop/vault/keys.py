"""Names under which the program keeps its secrets, and the key of the store."""

from collections.abc import Callable
from typing import Final

from sms_desktop.domain.ids import AccountId
from sms_desktop.vault.errors import KeyMissing, VaultDamaged
from sms_desktop.vault.models import Vault

DATABASE: Final = "database-key"
FORMER: Final = "former-database-keys"
GUARDED: Final = (DATABASE, FORMER)
"""Names of what opens messages, and may be sealed under a passphrase of its own."""

_KEY_BYTES: Final = 32


def account_secret(account_id: AccountId) -> str:
    """Under which name the secret or password of an account is kept."""
    return f"account-{account_id}"


def tunnel_secret(name: str) -> str:
    """Under which name the token or password of a tunnel's service, or of a server, is kept."""
    return f"tunnel-{name}"


def database_key(
    vault: Vault, make_random: Callable[[int], bytes], *, may_make: bool = True
) -> bytes:
    """The 32 bytes that open the store; made and kept the first time.

    ``may_make=False`` where a database exists already: raises ``KeyMissing`` instead of making a
    key that could not open it. Raises every other ``VaultError`` too.
    """
    kept = vault.get(DATABASE)
    if kept is not None:
        return _checked(kept)
    if not may_make:
        raise KeyMissing
    vault.set(DATABASE, make_random(_KEY_BYTES).hex())
    # Another start may have made one in the same moment; what the vault has now is what counts.
    return _checked(vault.get(DATABASE) or "")


def replace_database_key(vault: Vault, key: bytes) -> None:
    """Keep this key from now on; the one it replaces stays among the former ones.

    The vault may hold the key of another database, one that was moved away or comes back from a
    backup: it must not be lost for that.
    """
    before = vault.get(DATABASE)
    if before and before != key.hex():
        former = (vault.get(FORMER) or "").split()
        vault.set(FORMER, " ".join(dict.fromkeys([before, *former])))
    vault.set(DATABASE, key.hex())


def former_database_keys(vault: Vault) -> list[bytes]:
    """Keys that were replaced, the newest first; what is none is left out."""
    found = []
    for kept in (vault.get(FORMER) or "").split():
        try:
            found.append(_checked(kept))
        except VaultDamaged:
            continue
    return found


def starting_values(key: bytes) -> dict[str, str]:
    """What a new vault holds that begins with the key of a database."""
    return {DATABASE: key.hex()}


def _checked(kept: str) -> bytes:
    try:
        key = bytes.fromhex(kept)
    except ValueError as error:
        raise VaultDamaged from error
    if len(key) != _KEY_BYTES:
        raise VaultDamaged
    return key

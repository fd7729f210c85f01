"""The sealed file: a readable header, a proof of the passphrase, and the sealed content. No I/O.

The header (format, stretching parameters, salt) is authenticated with the content. The proof tells
a wrong passphrase from a damaged file. Stretching: scrypt with the parameters OWASP gives for
32 MiB of memory (Password Storage Cheat Sheet).
"""

import base64
import binascii
import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from sms_desktop.vault.errors import VaultDamaged, WrongPassphrase

_FORMAT: Final = 1
_COST: Final = 2**15
_BLOCK: Final = 8
_PARALLEL: Final = 3
_COST_LIMIT: Final = 2**20
_PROOF: Final = b"sms-desktop secrets"


@dataclass(frozen=True, slots=True)
class Header:
    """How the passphrase becomes a key; written in clear."""

    salt: bytes
    cost: int = _COST
    block: int = _BLOCK
    parallel: int = _PARALLEL

    def stamp(self) -> bytes:
        """The header as the bytes that are authenticated."""
        return json.dumps([_FORMAT, self.cost, self.block, self.parallel, self.salt.hex()]).encode(
            "ascii"
        )


@dataclass(frozen=True, slots=True)
class SealedFile:
    """The three parts of the file; ``proof`` and ``content`` begin with their nonces (12 bytes)."""

    header: Header
    proof: bytes
    content: bytes

    def dump(self) -> bytes:
        """The bytes of the file: JSON with Base64 in it."""
        parts = {
            "format": _FORMAT,
            "scrypt": {
                "cost": self.header.cost,
                "block": self.header.block,
                "parallel": self.header.parallel,
                "salt": base64.b64encode(self.header.salt).decode("ascii"),
            },
            "proof": base64.b64encode(self.proof).decode("ascii"),
            "content": base64.b64encode(self.content).decode("ascii"),
        }
        return json.dumps(parts, indent=1).encode("ascii")

    @classmethod
    def parse(cls, raw: bytes) -> "SealedFile":
        """Read the file; raises ``VaultDamaged`` for anything that is not one of ours."""
        try:
            parts: Any = json.loads(raw)
            scrypt = parts["scrypt"]
            header = Header(
                _decoded(scrypt["salt"]),
                _within(scrypt["cost"], _COST_LIMIT),
                _within(scrypt["block"], 64),
                _within(scrypt["parallel"], 64),
            )
            if parts["format"] != _FORMAT:
                raise VaultDamaged(
                    "The file of secrets was made by a newer version of this program."
                )
            return cls(header, _decoded(parts["proof"]), _decoded(parts["content"]))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise VaultDamaged from error


@dataclass(frozen=True, slots=True)
class Seal:
    """A stretched passphrase, good for one header."""

    header: Header
    _key: bytes = field(repr=False)

    def open(self, sealed: SealedFile) -> bytes:
        """The content; raises ``VaultDamaged``."""
        return self._opened(sealed.content, b"content", VaultDamaged)

    def prove(self, sealed: SealedFile) -> None:
        """Raise ``WrongPassphrase`` unless the passphrase is the one of the file."""
        self._opened(sealed.proof, b"proof", WrongPassphrase)

    def close(self, text: bytes, make_random: Callable[[int], bytes]) -> SealedFile:
        """Seal a content, each part under a new nonce."""
        return SealedFile(
            self.header,
            self._closed(_PROOF, b"proof", make_random(12)),
            self._closed(text, b"content", make_random(12)),
        )

    def _opened(
        self, box: bytes, part: bytes, otherwise: type[VaultDamaged] | type[WrongPassphrase]
    ) -> bytes:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        try:
            return ChaCha20Poly1305(self._key).decrypt(
                box[:12], box[12:], part + self.header.stamp()
            )
        except (InvalidTag, ValueError) as error:
            raise otherwise from error

    def _closed(self, text: bytes, part: bytes, nonce: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        return nonce + ChaCha20Poly1305(self._key).encrypt(nonce, text, part + self.header.stamp())


def new_seal(passphrase: str, make_random: Callable[[int], bytes]) -> Seal:
    """A seal for a new file."""
    return _stretched(Header(make_random(16)), passphrase)


def open_seal(sealed: SealedFile, passphrase: str) -> Seal:
    """The seal of an existing file; raises ``WrongPassphrase``."""
    seal = _stretched(sealed.header, passphrase)
    seal.prove(sealed)
    return seal


def _stretched(header: Header, passphrase: str) -> Seal:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # Keyboards differ in how they compose an accent; the person's passphrase is the same.
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    try:
        scrypt = Scrypt(
            salt=header.salt, length=32, n=header.cost, r=header.block, p=header.parallel
        )
        return Seal(header, scrypt.derive(secret))
    except (ValueError, MemoryError) as error:
        raise VaultDamaged from error


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise VaultDamaged from error


def _within(value: object, limit: int) -> int:
    # A forged header must not take the memory of the machine.
    if isinstance(value, int) and 0 < value <= limit:
        return value
    raise VaultDamaged

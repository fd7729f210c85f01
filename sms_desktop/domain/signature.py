"""The signature of a number: what is written beneath a text that a person sends from it."""

from typing import Final

from sms_desktop.domain.errors import Slip

LONGEST: Final = 160
"""Characters: one segment of plain ones, more would be a text of its own."""


class SignatureTooLong(Slip):
    """A signature would cost more than a text."""

    sentence = f"This signature is too long: at most {LONGEST} characters."


def tidy_signature(raw: str) -> str:
    """A signature as it is kept: no blanks around it, no control characters; may have lines.

    Raises ``SignatureTooLong``.
    """
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cleaned = "\n".join("".join(c for c in line if c.isprintable()).rstrip() for line in lines)
    kept = cleaned.strip()
    if len(kept) > LONGEST:
        raise SignatureTooLong
    return kept


def signed(text: str, signature: str) -> str:
    """The text with the signature on a line of its own; as it is where it ends with it already.

    Blanks alone are no message, and are not signed.
    """
    if not signature or not text.strip() or _is_signed(text, signature):
        return text
    return f"{text}\n{signature}"


def unsigned(text: str, signature: str) -> str:
    """What ``signed`` was given, as far as that can be told."""
    ending = f"\n{signature}"
    return text.removesuffix(ending) if signature else text


def _is_signed(text: str, signature: str) -> bool:
    kept = text.rstrip()
    return kept == signature or kept.endswith(f"\n{signature}")

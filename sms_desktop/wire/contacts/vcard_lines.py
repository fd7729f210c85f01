"""The lines of a vCard file of any version: unfolded, taken apart, decoded. Knows no property.

Written for what is found in the wild: 2.1 with quoted-printable, other charsets, types without
``TYPE=`` and pictures whose lines are not indented; groups (``item1.TEL``); quoted parameters with
``:`` and ``;`` in them. A line that makes no sense is skipped.
"""

import binascii
import quopri
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sms_desktop.wire.contacts.decoding import decoded, marked_encoding, western
from sms_desktop.wire.text import storable

_HEAD: Final = re.compile(r"(?:([A-Za-z0-9-]+)\.)?([A-Za-z0-9-]+)(?=[;:])")
_PARAMETER: Final = re.compile(r';([A-Za-z0-9-]+)?(?:=((?:"[^"]*"|[^";:])*))?')
_QUOTED_PRINTABLE: Final = re.compile(r";\s*(?:ENCODING=)?QUOTED-PRINTABLE\s*[;:]", re.IGNORECASE)
_BASE64: Final = re.compile(r"[A-Za-z0-9+/=\s]+")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
# Python knows codecs that are no charsets, some of which take the square of a text's length.
_CHARSET: Final = re.compile(
    r"(?:utf|us-ascii|ascii|iso|latin|windows|cp|ibm|mac|koi8|shift|sjis|euc|gb|big5|hz|tis)[\w-]*",
    re.IGNORECASE | re.ASCII,
)
_BREAK: Final = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Line:
    """One property. ``group`` and ``name`` in upper case; ``parameters`` by upper-case names.

    Types without a name stand under ``TYPE``. ``value`` is decoded and still escaped.
    """

    group: str
    name: str
    parameters: dict[str, list[str]]
    value: str

    @property
    def types(self) -> frozenset[str]:
        """Lower-case types."""
        return frozenset(word.lower() for word in self.parameters.get("TYPE", ()))

    @property
    def is_base64(self) -> bool:
        """Whether the value is bytes."""
        named = self.parameters.get("ENCODING", [""])[0].lower()
        return named in ("b", "base64") or "base64" in self.types


def lines(data: bytes) -> Iterator[Line]:
    """Every property of a file, in order."""
    is_text = marked_encoding(data) is not None
    if not is_text:
        try:
            text, is_text = data.decode("utf-8"), True
        except UnicodeDecodeError:
            # Each value may have a charset of its own: bytes as letters for now.
            text = data.decode("latin-1")
    else:
        text = decoded(data)
    for whole in _unfolded(text):
        line = _parsed(whole, is_text=is_text)
        if line is not None:
            yield line


def bytes_of(base64: str) -> bytes | None:
    """The bytes of a Base64 text; ``None`` where it is none."""
    try:
        return b64decode("".join(base64.split()), validate=False)
    except (binascii.Error, ValueError):
        return None


def unescaped(value: str) -> str:
    """``\\n``, ``\\,``, ``\\;`` and ``\\\\`` as what they stand for."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def parts(value: str, separator: str = ";") -> list[str]:
    """A value taken apart at the separators that are not escaped; each part unescaped."""
    found, start, at = [], 0, 0
    while at < len(value):
        if value[at] == "\\":
            at += 2
            continue
        if value[at] == separator:
            found.append(value[start:at])
            start = at + 1
        at += 1
    return [unescaped(part) for part in (*found, value[start:])]


def _unfolded(text: str) -> Iterator[str]:
    """Logical lines; what a line that is left of goes on with is joined once, not piece by piece."""
    pieces: list[str] = []
    is_soft = is_bytes = False
    for raw in _BREAK.split(text):
        if is_soft:
            # A soft break of quoted-printable: the sign goes, the next line is what follows.
            pieces[-1] = pieces[-1][:-1]
            pieces.append(raw)
        elif raw[:1] in (" ", "\t") and pieces:
            pieces.append(raw[1:])
        elif is_bytes and raw and not _HEAD.match(raw) and _BASE64.fullmatch(raw):
            pieces.append(raw)
        else:
            if pieces:
                yield "".join(pieces)
            pieces = [raw]
            is_bytes = bool(re.search(r"base64|encoding=b[;:]", raw[:200], re.IGNORECASE))
        is_soft = raw.endswith("=") and bool(_QUOTED_PRINTABLE.search(pieces[0][:300]))
    if pieces:
        yield "".join(pieces)


def _parsed(whole: str, *, is_text: bool) -> Line | None:
    head = _HEAD.match(whole)
    if head is None:
        return None
    parameters: dict[str, list[str]] = {}
    at = head.end()
    while at < len(whole) and whole[at] == ";":
        found = _PARAMETER.match(whole, at)
        if found is None or found.end() == at:
            return None
        _take(parameters, found[1] or "", found[2])
        at = found.end()
    if at >= len(whole) or whole[at] != ":":
        return None
    value = _value(whole[at + 1 :], parameters, is_text=is_text)
    return Line((head[1] or "").upper(), head[2].upper(), parameters, value)


def _take(parameters: dict[str, list[str]], name: str, value: str | None) -> None:
    if value is None:
        key = "ENCODING" if name.upper() == "QUOTED-PRINTABLE" else "TYPE"
        parameters.setdefault(key, []).append(name)
        return
    words = [word.strip() for part in value.split('"') for word in part.split(",")]
    parameters.setdefault(name.upper(), []).extend(word for word in words if word)


def _value(raw: str, parameters: dict[str, list[str]], *, is_text: bool) -> str:
    charset = parameters.get("CHARSET", [""])[0]
    is_quoted = any(w.lower() == "quoted-printable" for w in parameters.get("ENCODING", ()))
    if is_quoted:
        data = quopri.decodestring(raw.encode("utf-8" if is_text else "latin-1"))
        return _in_charset(data, charset)
    return raw if is_text else _in_charset(raw.encode("latin-1"), charset)


def _in_charset(data: bytes, charset: str) -> str:
    for name in (charset if _CHARSET.fullmatch(charset) else "utf-8", "utf-8"):
        try:
            return storable(data.decode(name))
        except (LookupError, UnicodeError):
            continue
    return western(data)

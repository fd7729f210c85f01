"""Looks for a text in files, in every shape in which a program might write it without meaning to."""

import base64
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote


def shapes(text: str) -> Iterator[tuple[str, bytes]]:
    """The text as bytes: as it is, as UTF-16, escaped, in hexadecimal and in Base64."""
    raw = text.encode()
    yield "as it is", raw
    yield "UTF-16", text.encode("utf-16-le")
    yield "UTF-16, the other way round", text.encode("utf-16-be")
    yield "JSON", json.dumps(text)[1:-1].encode()
    yield "escaped", text.encode("unicode_escape")
    yield "in a URL", quote(text, safe="").encode()
    for name, form in (("hexadecimal", raw.hex()), ("HEXADECIMAL", raw.hex().upper())):
        yield name, form.encode()
    for shift in range(3):
        # What stands before and after a text in a longer one changes its first and last symbols.
        coded = base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 :].rstrip(b"=")[:-2]
        yield "Base64", coded
        yield "Base64 for URLs", coded.translate(bytes.maketrans(b"+/", b"-_"))


def found_in(folders: Iterable[Path], planted: dict[str, str]) -> list[str]:
    """Where which planted text stands, in which shape, file names included; empty where nowhere."""
    wanted = [(name, how, form) for name, text in planted.items() for how, form in shapes(text)]
    found = []
    for file in (file for folder in folders for file in folder.rglob("*")):
        content = file.read_bytes() if file.is_file() else b""
        path = str(file).encode()
        found += [
            f"{name} in {file.name} ({how})"
            for name, how, form in wanted
            if form in content or form in path
        ]
    return found

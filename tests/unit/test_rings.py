"""The arrows between the rings: which part of the program may import which."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sms_desktop

PACKAGE = Path(sms_desktop.__file__).parent
# Modules beside the rings that know domain at most, and that others may lean on.
BESIDE = {"logs", "paths", "redaction", "resources", "settings", "settings_file", "system"}
BESIDE |= {"window_state", "__init__"}
# The other modules there put the parts together: they may import any of ours, nobody imports them.
TOGETHER = {file.stem for file in PACKAGE.glob("*.py")} | {"commands", "instance", "profile"}
TOGETHER -= BESIDE
MAY_IMPORT = {
    "domain": set(),
    "wire": {"domain"},
    "store": {"domain"},
    "vault": {"domain", "system"},
    "net": {"wire", "domain", "system"},
    "sync": {"net", "wire", "store", "vault", "domain"},
    "simulator": {"domain", "system"},
    "ui": {"sync", "domain", "settings", "window_state", "resources", "paths", "redaction"},
    **{name: {"domain"} | BESIDE for name in BESIDE},
}
ONLY_IN = {
    "PySide6": {"ui", "app", "demo"},
    "shiboken6": {"ui", "app"},
    "qasync": {"app"},
    "apsw": {"store"},
    "sqlite3": {"store"},
    **{name: {"net", "simulator"} for name in ("socket", "ssl", "httpx", "aiohttp", "asyncssh")},
    "keyring": {"vault"},
    "tests": set(),
}


def imports_of(file: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every import, those within functions included."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: write imports in full"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def is_allowed(ring: str, name: str) -> bool:
    package, _, rest = name.partition(".")
    if package == "sms_desktop":
        target = rest.partition(".")[0]
        return ring in TOGETHER or target in {ring, "", "__version__"} | MAY_IMPORT[ring]
    return ring in ONLY_IN.get(package, {ring})


def ring_of(file: Path) -> str:
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("ring", sorted({ring_of(file) for file in FILES}))
def test_the_arrows_between_the_rings_hold(ring: str) -> None:
    assert ring in MAY_IMPORT.keys() | TOGETHER, f"{ring} has no place among the rings"
    wrong = [
        f"{file.relative_to(PACKAGE)}:{line} imports {name}"
        for file in FILES
        if ring_of(file) == ring
        for line, name in imports_of(file)
        if not is_allowed(ring, name)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_check_sees_imports_within_functions(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(
        "def f():\n    from sms_desktop.store import outbox\n    import PySide6.QtCore\n"
    )
    found = [name for _, name in imports_of(file)]
    assert found == ["sms_desktop.store.outbox", "PySide6.QtCore"]
    assert not is_allowed("domain", found[0])
    assert not is_allowed("sync", found[1])
    assert is_allowed("ui", found[1])

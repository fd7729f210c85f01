"""Resources are found in a checkout, and travel in the wheel."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sms_desktop.resources import resource

ROOT = Path(__file__).parents[2]


def test_a_checkout_finds_its_resources() -> None:
    assert resource("icons").is_dir()


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"resources/icons/no-such\.svg"):
        resource("icons/no-such.svg")


def test_an_installed_wheel_carries_every_resource(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    script = "from sms_desktop.resources import resource; print(resource('icons'))"
    found = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, '.'); {script}"],
        cwd=tmp_path / "installed",
        check=True,
        capture_output=True,
        text=True,
    )
    icons = Path(tmp_path / "installed", found.stdout.strip())
    assert icons.is_relative_to(tmp_path), "found the checkout's, not the wheel's"
    assert {file.name for file in icons.iterdir()} == {
        file.name for file in (ROOT / "resources" / "icons").iterdir()
    }

"""A session bus of its own with a real, unlocked gnome-keyring on it; touches nobody's own keyring."""

import gc
import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon")
# The bus ends when its standard input does.
SCRIPT = """
echo -n password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
echo "$DBUS_SESSION_BUS_ADDRESS"
cat
"""


class KeyringSession:
    """A running bus; ``address`` is what ``DBUS_SESSION_BUS_ADDRESS`` must be."""

    def __init__(self, folder: Path) -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS")
        }
        for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"):
            environment[name] = str(folder)
        self._bus = subprocess.Popen(
            ["dbus-run-session", "--", "bash", "-c", SCRIPT],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        assert self._bus.stdout
        self.address = self._bus.stdout.readline().strip()
        assert self.address, "the session bus did not start"

    def lock(self) -> None:
        """Lock the keyring, as a screen lock may do."""
        import secretstorage

        connection = secretstorage.dbus_init()
        try:
            secretstorage.get_default_collection(connection).lock()
        finally:
            connection.close()

    def stop(self) -> None:
        """End the bus, and the keyring with it."""
        self._bus.communicate()


@contextmanager
def keyring_session(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeyringSession]:
    """Use a keyring of its own for as long as it lasts; skips where its programs are missing."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"not installed: {', '.join(missing)}")
    import keyring
    from keyring.backends.SecretService import Keyring

    # The library looks for keyrings once per process, and may have done so before this bus was.
    before = keyring.get_keyring()
    session = KeyringSession(folder)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.address)
    keyring.set_keyring(Keyring())
    try:
        yield session
    finally:
        keyring.set_keyring(before)
        session.stop()
        _close_forgotten_connections()


def _close_forgotten_connections() -> None:
    # Where it fails, the library leaves its connection to the garbage collector; not our mistake.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()

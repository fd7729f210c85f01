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

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")
SECRETS = "org.freedesktop.secrets"
PATIENCE_S = 60.0
_INTERNAL = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"


class KeyringSession:
    """A running bus; ``address`` is what ``DBUS_SESSION_BUS_ADDRESS`` must be."""

    def __init__(self, folder: Path) -> None:
        # Without a display no window can ask to unlock anything.
        environment = os.environ | {"DISPLAY": "", "WAYLAND_DISPLAY": ""}
        for name in ("HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME"):
            environment[name] = str(folder)
        self._processes: list[subprocess.Popen[str]] = []
        bus = self._started(
            ["dbus-daemon", "--session", "--nofork", "--print-address"], environment
        )
        assert bus.stdout
        self.address = bus.stdout.readline().strip()
        assert self.address, "the session bus did not start"
        environment["DBUS_SESSION_BUS_ADDRESS"] = self.address
        with _name_taken(self.address, SECRETS):
            keyring = self._started(
                ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                environment,
            )
            assert keyring.stdin
            keyring.stdin.write("password")
            keyring.stdin.close()

    def _started(self, command: list[str], environment: dict[str, str]) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment,
        )
        self._processes.append(process)
        return process

    def lock(self) -> None:
        """Lock the keyring, as a screen lock may do."""
        import secretstorage

        connection = secretstorage.dbus_init()
        try:
            secretstorage.get_default_collection(connection).lock()
        finally:
            connection.close()

    def unlock(self) -> None:
        """Unlock it again, as the person does in the desktop's own window."""
        import secretstorage
        from jeepney import DBusAddress, new_method_call

        connection = secretstorage.dbus_init()
        try:
            collection = secretstorage.get_default_collection(connection)
            place = "/org/freedesktop/secrets"
            service = DBusAddress(place, SECRETS, "org.freedesktop.Secret.Service")
            asked = new_method_call(service, "OpenSession", "sv", ("plain", ("s", "")))
            session = connection.send_and_get_reply(asked).body[1]
            internal = DBusAddress(place, SECRETS, _INTERNAL)
            secret = (session, b"", b"password", "text/plain")
            values = (collection.collection_path, secret)
            unlock = new_method_call(internal, "UnlockWithMasterPassword", "o(oayays)", values)
            connection.send_and_get_reply(unlock)
            assert not collection.is_locked(), "the keyring did not open"
        finally:
            connection.close()

    def wipe(self) -> None:
        """Delete everything in it."""
        import secretstorage

        connection = secretstorage.dbus_init()
        try:
            for item in secretstorage.get_default_collection(connection).get_all_items():
                item.delete()
        finally:
            connection.close()

    def stop(self) -> None:
        """End the keyring and its bus."""
        while self._processes:
            process = self._processes.pop()
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    stream.close()


@contextmanager
def _name_taken(address: str, name: str) -> Iterator[None]:
    """Leave the block once somebody has taken a name on the bus."""
    from jeepney import MatchRule, message_bus
    from jeepney.io.blocking import Proxy, open_dbus_connection

    rule = MatchRule(type="signal", sender=message_bus.bus_name, member="NameOwnerChanged")
    rule.add_arg_condition(0, name)
    with open_dbus_connection(address) as connection:
        Proxy(message_bus, connection).AddMatch(rule)
        with connection.filter(rule) as owners:
            yield
            connection.recv_until_filtered(owners, timeout=PATIENCE_S)


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

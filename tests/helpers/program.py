"""The real program as a subprocess: its JSON log is what tests wait for, its export what they read."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE_S = 60
PASSPHRASE = "correct horse battery staple"


class Program:
    """One profile, and the program on it; ``complaints`` is what nobody expects on its stderr.

    ``command`` runs the scriptable face to its end; ``open_window`` starts the window, which
    ``close_window`` or ``kill_window`` ends.
    """

    def __init__(self, basedir: Path) -> None:
        self.basedir = basedir
        self.window: subprocess.Popen[str] | None = None
        self.log: list[dict[str, Any]] = []
        self.complaints: list[str] = []
        self.environment = _environment()
        self._grown = threading.Condition()
        self._reading: threading.Thread | None = None

    def command_line(self, *words: str) -> list[str]:
        """What starts the program on this profile."""
        return [sys.executable, "-m", "sms_desktop", "--basedir", str(self.basedir), *words]

    def command(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run one command and return its outcome, output included."""
        return subprocess.run(
            self.command_line(*words),
            input=stdin,
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=PATIENCE_S,
        )

    def add_account(self, base_url: str, client_id: str, secret: str, *more: str) -> dict[str, Any]:
        """``account add``; returns what it printed."""
        words = ("account", "add", "--base-url", base_url, "--client-id", client_id)
        done = self.command(*words, "--secret-stdin", *more, stdin=secret + "\n")
        assert done.returncode == 0, done.stderr
        printed: dict[str, Any] = json.loads(done.stdout)
        return printed

    def export(self) -> list[dict[str, Any]]:
        """Every timeline row."""
        done = self.command("export", "--format", "jsonl", "-")
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def open_window(self, *words: str) -> None:
        """Start the window; use ``wait_for("ready")`` to know that it receives."""
        self.log = []
        self.window = subprocess.Popen(
            self.command_line("--json-log", *words),
            stderr=subprocess.PIPE,
            text=True,
            env=self.environment,
        )
        self._reading = threading.Thread(target=self._read, args=(self.window,), daemon=True)
        self._reading.start()

    def wait_for(
        self, event: str, count: int = 1, where: Callable[[dict[str, Any]], bool] | None = None
    ) -> dict[str, Any]:
        """The ``count``-th log event of that name since the window was opened."""

        def found() -> list[dict[str, Any]]:
            named = [line for line in self.log if line.get("event") == event]
            return [line for line in named if where is None or where(line)]

        with self._grown:
            happened = self._grown.wait_for(
                lambda: len(found()) >= count or self._ended(), PATIENCE_S
            )
            assert happened, f"no {event} in {PATIENCE_S} s; the log: {self.log[-20:]}"
            assert len(found()) >= count, f"the program ended: {self.log[-5:]} {self.complaints}"
            return found()[count - 1]

    def wait_until(self, is_so: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """Export after every change that the log tells, until the rows are as wanted."""
        seen = -1
        while True:
            with self._grown:
                grew = self._grown.wait_for(lambda last=seen: len(self.log) > last, PATIENCE_S)
                assert grew, self.log[-9:]
                seen = len(self.log)
            rows = self.export()
            if is_so(rows):
                return rows

    def close_window(self) -> int:
        """Ask the window to end, as a session manager would; the exit code."""
        assert self.window is not None
        self.window.send_signal(signal.SIGTERM)
        return self._reaped()

    def kill_window(self) -> None:
        """End the window without warning."""
        assert self.window is not None
        self.window.kill()
        self._reaped()

    def _reaped(self) -> int:
        assert self.window is not None
        assert self._reading is not None
        code = self.window.wait(PATIENCE_S)
        self._reading.join(PATIENCE_S)
        assert self.window.stderr is not None
        self.window.stderr.close()
        self.window = None
        return code

    def _take(self, line: str) -> None:
        try:
            entry: dict[str, Any] = json.loads(line)
        except ValueError:
            self.complaints.append(line)
            return
        self.log.append(entry)
        if entry["level"] not in ("DEBUG", "INFO"):
            self.complaints.append(line)

    def _ended(self) -> bool:
        return self.window is None or self.window.poll() is not None

    def _read(self, window: "subprocess.Popen[str]") -> None:
        assert window.stderr is not None
        for line in window.stderr:
            with self._grown:
                self._take(line)
                self._grown.notify_all()
        with self._grown:
            self._grown.notify_all()


def _environment() -> dict[str, str]:
    """The environment of every start: no display, no keyring, a file of secrets."""
    return {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "SMS_DESKTOP_VAULT": "file",
        "SMS_DESKTOP_PASSPHRASE": PASSPHRASE,
        "PYTHONWARNINGS": "error",
    }

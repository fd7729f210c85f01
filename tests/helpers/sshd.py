"""A real OpenSSH server of the test's own: own keys, own configuration, a high port, no root needed.

In a network namespace (which does need root) it is reached over a cable that can be cut.
"""

import asyncio
import getpass
import os
import shutil
import subprocess
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

SSHD = shutil.which("sshd", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")

_CONFIG = """
Port {port}
ListenAddress {address}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/authorized_keys
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
AllowTcpForwarding {forwarding}
ClientAliveInterval 1
ClientAliveCountMax 2
{more}
"""


class Sshd:
    """Files are in ``folder``; ``key`` is the file of the one key that may log in."""

    def __init__(self, folder: Path, port: int, address: str = "127.0.0.1") -> None:
        self.folder = folder
        self.port = port
        self.address = address
        self.user = getpass.getuser()
        self.key = folder / "key"
        self.forwarding = "yes"
        self.more = ""
        self.inside: tuple[str, ...] = ()
        self._process: Process | None = None
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        make_key(self.key)
        shutil.copy(folder / "key.pub", folder / "authorized_keys")
        self.make_host_key()

    def make_host_key(self, kind: str = "ed25519") -> None:
        """A new identity."""
        (self.folder / "host_key").unlink(missing_ok=True)
        make_key(self.folder / "host_key", kind)

    def fingerprint(self) -> str:
        """As ``ssh-keygen -lf`` shows it to whoever runs the server."""
        public = str(self.folder / "host_key.pub")
        listed = subprocess.run(["ssh-keygen", "-lf", public], check=True, capture_output=True)
        return listed.stdout.decode().split()[1]

    async def start(self) -> None:
        """Returns once it listens."""
        config = self.folder / "sshd_config"
        config.write_text(
            _CONFIG.format(
                port=self.port,
                address=self.address,
                folder=self.folder,
                forwarding=self.forwarding,
                more=self.more,
            )
        )
        assert SSHD is not None
        self._process = await asyncio.create_subprocess_exec(
            *self.inside, SSHD, "-D", "-e", "-f", config, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
        )
        assert self._process.stderr is not None
        said = b""
        while b"Server listening" not in said:
            line = await self._process.stderr.readline()
            assert line, f"sshd did not start: {said.decode()}"
            said += line
        self._reading = asyncio.create_task(self._process.stderr.read())

    async def stop(self) -> None:
        """End it, and every connection to it."""
        process, self._process = self._process, None
        if process is not None:
            sessions = _children(process.pid)
            process.kill()
            for session in sessions:
                try:
                    os.kill(session, 9)
                except ProcessLookupError:
                    continue
            await process.wait()
            await self._reading


def make_key(file: Path, kind: str = "ed25519") -> None:
    """A key pair without a passphrase."""
    command = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", str(file)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def _children(pid: int) -> list[int]:
    """Children and grandchildren: the sessions of a server."""
    found = []
    for task in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = task.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            child = int(task.parent.name)
            found += [child, *_children(child)]
    return found

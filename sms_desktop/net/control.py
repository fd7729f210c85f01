"""How a second start of the program talks to the one that is running on the same folder.

The running one listens on 127.0.0.1 and leaves port and token in a file that only the same user can
read. Both sides prove that they know the token before anything is asked or answered, so that
another program that got the port of a dead one learns neither the token nor a message. What could
not be begun in time is not begun any more: the asking side has gone and told its person so.

On the wire, one JSON object a line: ``{nonce}`` → ``{proof, nonce}`` → ``{proof, command, payload,
until}`` → ``{answer}`` or ``{error, slip}``; ``until`` is by the clock that all processes share.
"""

import asyncio
import hmac
import json
import logging
import os
import secrets
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from sms_desktop.domain.errors import Slip, SmsDesktopError
from sms_desktop.net.errors import (
    ControlFailed,
    ControlSlip,
    ControlUnanswered,
    NobodyThere,
    NotAnswering,
)
from sms_desktop.net.uncancellable import carried_through
from sms_desktop.system.atomic_file import replace_file
from sms_desktop.system.server_closing import let_in_no_more

_log = logging.getLogger(__name__)

Handle = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]
"""Carries out a command; a ``SmsDesktopError`` travels to the asking side as its sentence."""

_LONGEST_LINE: Final = 4 * 1024 * 1024
_GREETING_S: Final = 5.0
_READING_S: Final = 10.0
"""For the asking side to read its answer."""

_RECOGNISING_S: Final = 10.0
"""For the running program to say who it is; one that is busy with its window takes a moment."""

_TOO_LATE: Final = "The running program came to it too late, so it did nothing."
_NOT_CARRIED_OUT: Final = "The running program could not carry out the command."


class ControlServer:
    """Answers the commands of other processes of the same user.

    ``greeting_s``: for the other side to prove that it knows the token.
    """

    def __init__(self, handle: Handle, *, greeting_s: float = _GREETING_S) -> None:
        self._handle = handle
        self._greeting_s = greeting_s
        self._token = secrets.token_urlsafe(32)
        self._server: asyncio.Server | None = None
        self._file: Path | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self._strangers: set[asyncio.StreamWriter] = set()

    async def start(self, file: Path) -> None:
        """Listen, and tell where in ``file``."""
        try:
            await carried_through(self._listen(file))
        except BaseException:
            # A start that is broken off leaves neither file nor socket.
            await self.close()
            raise

    async def _listen(self, file: Path) -> None:
        self._server = await asyncio.start_server(self._came, "127.0.0.1", 0, limit=_LONGEST_LINE)
        port = self._server.sockets[0].getsockname()[1]
        about = {"port": port, "token": self._token, "pid": os.getpid()}
        self._file = file
        await asyncio.to_thread(replace_file, file, json.dumps(about).encode())

    async def close(self) -> None:
        """Remove the file, take no more, and let commands that are being carried out finish."""
        if self._file is not None and _read(self._file).get("token") == self._token:
            self._file.unlink(missing_ok=True)
        self._file = None
        server, self._server = self._server, None
        if server is not None:
            try:
                await let_in_no_more(server.sockets)
            finally:
                server.close()
        for writer in self._strangers:
            # Nobody waits for the greeting of whoever has not proven anything yet.
            writer.transport.abort()
        # A command that ends the program closes this very server from inside of it.
        others = self._talks - {asyncio.current_task()}
        if others:
            await asyncio.wait(others)

    def _came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.ensure_future(self._talk(reader, writer))
        # Known before its first step: who comes while we close is waited for too.
        self._talks.add(talk)
        self._strangers.add(writer)
        talk.add_done_callback(self._talks.discard)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(self._greeting_s):
                asked = await self._greet(reader, writer)
            self._strangers.discard(writer)
            if asked is not None:
                answer = await self._carry_out(asked)
                async with asyncio.timeout(_READING_S):
                    await _write(writer, answer)
        except (ConnectionError, TimeoutError, ValueError):
            _log.debug("a control connection ended early")
        finally:
            self._strangers.discard(writer)
            writer.close()

    async def _greet(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> dict[str, Any] | None:
        """The command of somebody who knows the token; ``None`` from anybody else."""
        theirs = _text(await _line(reader), "nonce")
        ours = secrets.token_urlsafe(32)
        await _write(writer, {"proof": _proof(self._token, "server", theirs), "nonce": ours})
        asked = await _line(reader)
        if not _same(_text(asked, "proof"), _proof(self._token, "client", ours)):
            _log.warning("a control connection without the right token was refused")
            return None
        return asked

    async def _carry_out(self, asked: dict[str, Any]) -> dict[str, Any]:
        payload, until = asked.get("payload"), asked.get("until")
        if isinstance(until, int | float) and time.monotonic() > until:
            _log.warning("a command was left out because nobody waits for it any more")
            return {"error": _TOO_LATE}
        try:
            answer = await self._handle(
                _text(asked, "command"), payload if isinstance(payload, dict) else {}
            )
        except SmsDesktopError as problem:
            return {"error": problem.text(), "slip": isinstance(problem, Slip)}
        except Exception as problem:  # noqa: BLE001 - the asking side waits for an answer
            _log.error("a control command failed with %s", type(problem).__name__)
            return {"error": _NOT_CARRIED_OUT}
        return {"answer": answer}


async def ask(
    file: Path,
    command: str,
    payload: dict[str, Any],
    timeout_s: float,
    *,
    recognising_s: float = _RECOGNISING_S,
) -> dict[str, Any]:
    """The answer of the program that wrote ``file``.

    Raises ``NobodyThere`` (nothing was asked; ``NotAnswering``, where somebody is there all the
    same), ``ControlFailed`` (it said no, with a sentence; to a slip with ``ControlSlip``), and
    ``ControlUnanswered`` (it may have done it). ``timeout_s`` is for the answer, ``recognising_s``
    for the greeting before it.
    """
    about = _read(file)
    token, port = _text(about, "token"), about.get("port")
    if not token or not isinstance(port, int) or not 0 < port < 65_536:
        raise NobodyThere
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=_LONGEST_LINE)
    except OSError:
        # A crash left the file behind.
        raise NobodyThere from None
    try:
        proof = await _recognised(reader, writer, token, recognising_s)
        until = time.monotonic() + timeout_s
        asked = {"proof": proof, "command": command, "payload": payload, "until": until}
        return await _answer(reader, writer, asked, timeout_s)
    finally:
        writer.close()


async def _recognised(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str, patience_s: float
) -> str:
    """Our proof, for the program that wrote the file; anybody else on that port is nobody."""
    nonce = secrets.token_urlsafe(32)
    try:
        async with asyncio.timeout(patience_s):
            await _write(writer, {"nonce": nonce})
            said = await _line(reader)
    except TimeoutError:
        raise NotAnswering from None
    except (OSError, ValueError):
        raise NobodyThere from None
    if not _same(_text(said, "proof"), _proof(token, "server", nonce)):
        raise NobodyThere
    return _proof(token, "client", _text(said, "nonce"))


async def _answer(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    asked: dict[str, Any],
    timeout_s: float,
) -> dict[str, Any]:
    try:
        async with asyncio.timeout(timeout_s):
            await _write(writer, asked)
            said = await _line(reader)
    except (OSError, ValueError):
        raise ControlUnanswered from None
    answer = said.get("answer")
    if isinstance(answer, dict):
        return answer
    kind = ControlSlip if said.get("slip") is True else ControlFailed
    raise kind(_text(said, "error") or _NOT_CARRIED_OUT)


def _proof(token: str, side: str, nonce: str) -> str:
    return hmac.digest(token.encode(), f"{side}:{nonce}".encode(), "sha256").hex()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


async def _line(reader: asyncio.StreamReader) -> dict[str, Any]:
    """The next object; raises ``ValueError`` for anything else and ``ConnectionError`` at the end."""
    line = await reader.readline()
    if not line.endswith(b"\n"):
        raise ConnectionResetError
    return _object(line)


def _object(line: bytes) -> dict[str, Any]:
    """The object that a line spells; raises ``ValueError``."""
    try:
        value = json.loads(line)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


async def _write(writer: asyncio.StreamWriter, value: dict[str, Any]) -> None:
    writer.write(json.dumps(value).encode() + b"\n")
    await writer.drain()


def _text(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _read(file: Path) -> dict[str, Any]:
    try:
        value = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}

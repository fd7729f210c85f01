"""Two processes on one folder: what the second may ask of the first, and when it must not."""
# ruff: noqa: ASYNC240 - small files on a local disk

import asyncio
import hmac
import json
import os
import signal
import stat
import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.net.control import ControlServer, ask
from sms_desktop.net.errors import ControlFailed, ControlUnanswered, NobodyThere, NotAnswering

PATIENCE_S = 30.0
OTHER_PROCESS = """
import asyncio, json, sys
from pathlib import Path
from sms_desktop.net.control import ControlServer, ask

async def serve(file):
    ended = asyncio.Event()

    async def handle(command, payload):
        if command == "end":
            ended.set()
        return {"echo": payload, "command": command}

    server = ControlServer(handle)
    await server.start(file)
    print("ready", flush=True)
    await ended.wait()
    await server.close()

async def second(file):
    print(json.dumps(await ask(file, "show", {"link": "sms:x"}, 30.0)), flush=True)

asyncio.run(globals()[sys.argv[1]](Path(sys.argv[2])))
"""


async def start(role: str, file: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", OTHER_PROCESS, role, str(file), stdout=asyncio.subprocess.PIPE
    )


class Window:
    """The running program: notes commands, and answers as told."""

    def __init__(self) -> None:
        self.commands: list[tuple[str, dict[str, Any]]] = []
        self.came = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.failure: Exception | None = None

    async def __call__(self, command: str, payload: dict[str, Any]) -> dict[str, Any]:
        self.commands.append((command, payload))
        self.came.set()
        await self.may_answer.wait()
        if self.failure is not None:
            raise self.failure
        return {"done": command}


@pytest.fixture
def window() -> Window:
    return Window()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "control.json"


@pytest.fixture
async def server(window: Window, file: Path) -> AsyncIterator[ControlServer]:
    control = ControlServer(window)
    await control.start(file)
    yield control
    window.may_answer.set()
    await control.close()


async def test_a_second_process_asks_the_first(
    server: ControlServer, window: Window, file: Path
) -> None:
    second = await start("second", file)
    out, _ = await second.communicate()
    assert second.returncode == 0
    assert json.loads(out) == {"done": "show"}
    assert window.commands == [("show", {"link": "sms:x"})]


async def test_another_process_answers_and_ends(file: Path) -> None:
    first = await start("serve", file)
    assert first.stdout is not None
    assert await first.stdout.readline() == b"ready\n"
    payload = {"to": "+16130000001", "text": "Grüße 👋 \n" * 1000}
    assert await ask(file, "send", payload, PATIENCE_S) == {"echo": payload, "command": "send"}
    await ask(file, "end", {}, PATIENCE_S)
    assert await first.wait() == 0
    assert not file.exists()
    with pytest.raises(NobodyThere):
        await ask(file, "show", {}, PATIENCE_S)


async def test_a_process_that_was_killed_leaves_nobody(file: Path) -> None:
    first = await start("serve", file)
    assert first.stdout is not None
    await first.stdout.readline()
    first.kill()
    await first.wait()
    assert file.exists()
    with pytest.raises(NobodyThere):
        await ask(file, "show", {}, PATIENCE_S)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"port": "x", "token": "y"}'])
async def test_a_file_that_makes_no_sense_leads_to_nobody(file: Path, content: bytes) -> None:
    with pytest.raises(NobodyThere):
        await ask(file, "show", {}, PATIENCE_S)
    file.write_bytes(content)
    with pytest.raises(NobodyThere):
        await ask(file, "show", {}, PATIENCE_S)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
async def test_only_the_same_user_may_read_the_file(server: ControlServer, file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(p.name for p in file.parent.iterdir()) == [file.name]
    assert json.loads(file.read_bytes())["pid"] == os.getpid()


async def test_the_wrong_token_is_refused(
    server: ControlServer, window: Window, file: Path
) -> None:
    about = json.loads(file.read_bytes())
    file.write_text(json.dumps({**about, "token": "guessed"}))
    with pytest.raises(NobodyThere):
        await ask(file, "show", {}, PATIENCE_S)
    assert not window.commands


@pytest.mark.log_warnings("without the right token was refused")
@pytest.mark.parametrize("proof", ["", "00" * 32, "\ud800", None, 7])
async def test_no_command_without_a_proof(
    server: ControlServer, window: Window, file: Path, proof: object
) -> None:
    port = json.loads(file.read_bytes())["port"]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b'{"nonce":"n"}\n')
    assert set(json.loads(await reader.readline())) == {"proof", "nonce"}
    writer.write(json.dumps({"proof": proof, "command": "show"}).encode() + b"\n")
    assert await reader.read() == b""
    writer.close()
    assert not window.commands


@pytest.mark.log_warnings("without the right token was refused")
async def test_a_proof_cannot_be_used_again(
    server: ControlServer, window: Window, file: Path
) -> None:
    """Neither the server's own proof nor one that was overheard opens anything."""
    port = json.loads(file.read_bytes())["port"]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b'{"nonce":"n"}\n')
    said = json.loads(await reader.readline())
    writer.write(json.dumps({"proof": said["proof"], "command": "show"}).encode() + b"\n")
    assert await reader.read() == b""
    writer.close()
    assert not window.commands


@pytest.mark.parametrize("noise", [b"GET / HTTP/1.1\r\n\r\n", b"\x00\xff\n", b"[1]\n", b""])
async def test_noise_is_hung_up_on(server: ControlServer, file: Path, noise: bytes) -> None:
    port = json.loads(file.read_bytes())["port"]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(noise)
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()


@pytest.mark.parametrize(
    "words", [b"", b"220 ESMTP\n", b'{"proof": "00", "nonce": "n"}\n', b"{}\n"]
)
async def test_a_stranger_on_a_dead_programs_port_learns_nothing(file: Path, words: bytes) -> None:
    heard = asyncio.get_running_loop().create_future()

    async def stranger(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await reader.readline()
        writer.write(words)
        writer.write_eof()
        heard.set_result(first + await reader.read())
        writer.close()

    async with await asyncio.start_server(stranger, "127.0.0.1", 0) as elsewhere:
        port = elsewhere.sockets[0].getsockname()[1]
        file.write_text(json.dumps({"port": port, "token": "the-token", "pid": 1}))
        with pytest.raises(NobodyThere):
            await ask(file, "send", {"text": "the text"}, PATIENCE_S)
        said = await heard
    assert set(json.loads(said)) == {"nonce"}


async def test_why_it_could_not_be_done_comes_back_as_a_sentence(
    server: ControlServer, window: Window, file: Path
) -> None:
    window.failure = SmsDesktopError("There is no such account.")
    with pytest.raises(ControlFailed) as caught:
        await ask(file, "send", {}, PATIENCE_S)
    assert caught.value.text() == "There is no such account."


@pytest.mark.log_warnings("a control command failed with ZeroDivisionError")
async def test_a_mistake_of_ours_comes_back_without_details(
    server: ControlServer, window: Window, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    window.failure = ZeroDivisionError("the text")
    with pytest.raises(ControlFailed) as caught:
        await ask(file, "send", {}, PATIENCE_S)
    assert "the text" not in caught.value.text() + caplog.text


async def test_no_answer_in_time_may_still_have_been_done(
    server: ControlServer, window: Window, file: Path
) -> None:
    window.may_answer.clear()
    with pytest.raises(ControlUnanswered) as caught:
        await ask(file, "send", {}, 0.05)
    assert caught.value.may_have_left
    await window.came.wait()


async def test_closing_lets_a_command_finish(
    server: ControlServer, window: Window, file: Path
) -> None:
    window.may_answer.clear()
    asking = asyncio.create_task(ask(file, "send", {}, PATIENCE_S))
    await window.came.wait()
    closing = asyncio.create_task(server.close())
    window.may_answer.set()
    assert await asking == {"done": "send"}
    await closing


@pytest.mark.parametrize("words", [b"", b'{"nonce"', b'{"nonce":"n"}\n'])
async def test_closing_does_not_wait_for_those_who_never_greet(
    window: Window, file: Path, words: bytes
) -> None:
    server = ControlServer(window, greeting_s=3600)
    await server.start(file)
    port = json.loads(file.read_bytes())["port"]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(words)
    await ask(file, "show", {}, PATIENCE_S)  # By now the server has taken the silent one as well.
    async with asyncio.timeout(PATIENCE_S):
        await server.close()
    with suppress(ConnectionError):
        while await reader.read(1000):
            pass
    writer.close()


async def test_a_command_may_close_the_server_that_carries_it_out(file: Path) -> None:
    async def handle(_command: str, _payload: dict[str, Any]) -> dict[str, Any]:
        await control.close()
        return {"ended": True}

    control = ControlServer(handle)
    await control.start(file)
    assert await ask(file, "end", {}, PATIENCE_S) == {"ended": True}


async def test_closing_leaves_the_file_of_a_later_start_alone(
    server: ControlServer, window: Window, file: Path
) -> None:
    later = ControlServer(window)
    await later.start(file)
    await server.close()
    assert await ask(file, "show", {}, PATIENCE_S) == {"done": "show"}
    await later.close()
    assert not file.exists()


async def test_many_ask_at_once(server: ControlServer, window: Window, file: Path) -> None:
    answers = await asyncio.gather(*(ask(file, f"{n}", {}, PATIENCE_S) for n in range(20)))
    assert answers == [{"done": f"{n}"} for n in range(20)]


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot stop a process")
async def test_who_was_stopped_is_asked_nothing_and_does_nothing_later(file: Path) -> None:
    first = await start("serve", file)
    assert first.stdout is not None
    await first.stdout.readline()
    first.send_signal(signal.SIGSTOP)
    try:
        with pytest.raises(NotAnswering):
            # Were it asked after all, it would end.
            await ask(file, "end", {}, PATIENCE_S, recognising_s=0.2)
    finally:
        first.send_signal(signal.SIGCONT)
    assert (await ask(file, "show", {}, PATIENCE_S))["command"] == "show"
    await ask(file, "end", {}, PATIENCE_S)
    await first.wait()


@pytest.mark.log_warnings("nobody waits for it any more")
async def test_what_was_wanted_long_ago_is_not_begun(
    server: ControlServer, window: Window, file: Path
) -> None:
    with pytest.raises(ControlUnanswered):
        await ask(file, "show", {}, -1.0)
    about = json.loads(file.read_bytes())
    reader, writer = await asyncio.open_connection("127.0.0.1", about["port"])
    writer.write(b'{"nonce":"n"}\n')
    nonce = json.loads(await reader.readline())["nonce"]
    proof = hmac.digest(about["token"].encode(), f"client:{nonce}".encode(), "sha256").hex()
    asked = {"proof": proof, "command": "send", "payload": {}, "until": time.monotonic() - 1}
    writer.write(json.dumps(asked).encode() + b"\n")
    assert "too late" in json.loads(await reader.readline())["error"]
    writer.close()
    assert not window.commands

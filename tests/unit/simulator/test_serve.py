"""The simulator as a process: its first line, and how it ends."""

import json
import signal
import socket
import subprocess
import sys

import httpx

from tests.helpers.simulator import PATIENCE_S, running_simulator


def start(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "sms_desktop.simulator", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def first_line(process: "subprocess.Popen[str]") -> dict[str, object]:
    assert process.stdout is not None
    line: dict[str, object] = json.loads(process.stdout.readline())
    return line


def test_the_first_line_says_how_to_sign_in() -> None:
    with running_simulator(numbers=["6139998877", "tel:+15202241142", "+16139998877"]) as simulator:
        started = simulator.started
        assert list(started)[:5] == [
            "base_url",
            "client_id",
            "client_secret",
            "user_id",
            "numbers",
        ]
        assert simulator.numbers == ["+16139998877", "+15202241142"]
        assert simulator.get("accounts") == [started]


def test_signals_end_it_well() -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        process = start()
        base_url = str(first_line(process)["base_url"])
        # Somebody waits in a long poll, and somebody keeps a connection: neither holds up the end.
        with httpx.Client(trust_env=False) as client:
            client.get(f"{base_url}/simulator/counters")
            process.send_signal(number)
            said, wrong = process.communicate(timeout=PATIENCE_S)
        assert (process.returncode, said, wrong) == (0, "", "")


def test_the_end_of_its_input_ends_it_only_where_that_was_asked_for() -> None:
    tied = start("--end-with-stdin")
    first_line(tied)
    assert tied.communicate("some input\n", timeout=PATIENCE_S) == ("", "")
    assert tied.returncode == 0
    free = start()
    base_url = str(first_line(free)["base_url"])
    assert free.stdin is not None
    free.stdin.close()
    httpx.get(f"{base_url}/simulator/counters", trust_env=False).raise_for_status()
    free.stdin = None
    free.terminate()
    free.communicate(timeout=PATIENCE_S)
    assert free.returncode == 0


def test_a_taken_port_is_said_and_is_a_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        process = start("--port", str(taken.getsockname()[1]))
        said, wrong = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 1
    assert said == ""
    assert "cannot listen" in wrong
    assert "Traceback" not in wrong


def test_the_port_is_the_one_that_was_asked_for() -> None:
    with running_simulator() as first:
        pass
    port = int(first.base_url.rpartition(":")[2])
    with running_simulator(port=port) as second:
        assert second.base_url == first.base_url


def test_on_the_same_port_it_comes_back_as_itself() -> None:
    with running_simulator() as somebody:
        other = somebody.client_id
    port = int(somebody.base_url.rpartition(":")[2])
    with running_simulator(port=port) as first:
        opened = first.open_account(["+16130000001"])
    with running_simulator(port=port) as second:
        assert {**second.started, "control_url": ""} == {**first.started, "control_url": ""}
        again = second.open_account(["+16130000001"])
        assert again["client_secret"] == opened["client_secret"]
    assert first.client_id != other

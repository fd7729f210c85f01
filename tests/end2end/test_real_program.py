"""The real program as a subprocess against the simulator: what a person would see, by its own export."""

import asyncio
import json
import subprocess
from datetime import datetime, timedelta
from typing import Any

from sms_desktop.compose import now_ms
from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import MessageId
from sms_desktop.net.credentials import ProjectCredentials
from sms_desktop.net.kandy import KandyClient
from tests.helpers.program import PASSPHRASE, Program
from tests.helpers.simulator import SimulatorProcess

MARIA = "+16131234567"


def _rows(rows: list[dict[str, Any]], **wanted: str) -> list[dict[str, Any]]:
    return [row for row in rows if all(row[name] == value for name, value in wanted.items())]


def _send(program: Program, own: str, text: str) -> tuple[int, dict[str, Any]]:
    done = program.command("send", "--from", own, "--to", MARIA, text)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


async def _delete_elsewhere(simulator: SimulatorProcess, own: str, message_id: str) -> None:
    client = KandyClient(
        simulator.base_url,
        ProjectCredentials(simulator.client_id, simulator.client_secret),
        agent="another/1",
        correlator="another",
        now_ms=now_ms,
    )
    await client.delete_message(Address(own), Address(MARIA), MessageId(message_id))
    await client.aclose()


def test_a_conversation_goes_both_ways(open_program: Program, simulator: SimulatorProcess) -> None:
    own = simulator.default_number
    simulator.write_as(MARIA, own, "is it ready?")
    code, sent = _send(open_program, own, "yes, come at 4")
    assert (code, sent["state"]) == (0, "accepted")
    simulator.send_from_another_device(own, MARIA, "bring the receipt")
    rows = open_program.wait_until(lambda rows: len(rows) == 3)
    assert [(r["direction"], r["text"], r["state"]) for r in rows] == [
        ("inbound", "is it ready?", "received"),
        ("outbound", "yes, come at 4", "accepted"),
        ("outbound", "bring the receipt", "accepted"),
    ]
    assert {(r["local_address"], r["remote_address"]) for r in rows} == {(own, MARIA)}
    assert _rows(rows, text="yes, come at 4")[0]["client_id"] == sent["client_id"]
    assert simulator.seen().texts().count("yes, come at 4") == 1


def test_a_delivery_report_is_shown(open_program: Program, simulator: SimulatorProcess) -> None:
    _send(open_program, simulator.default_number, "are you there?")
    simulator.report(simulator.seen().accepted[0]["message_id"])
    open_program.wait_until(lambda rows: rows[0]["state"] == "delivered")


def test_a_message_deleted_elsewhere_disappears(
    open_program: Program, simulator: SimulatorProcess
) -> None:
    own = simulator.default_number
    message_id = simulator.write_as(MARIA, own, "wrong number, sorry")
    open_program.wait_until(lambda rows: len(rows) == 1)
    asyncio.run(_delete_elsewhere(simulator, own, message_id))
    open_program.wait_until(lambda rows: not rows)


def test_the_default_sender_lands_in_the_real_numbers_conversation(
    open_program: Program, simulator: SimulatorProcess
) -> None:
    code, _ = _send(open_program, "default", "hello from the default number")
    assert code == 0
    assert open_program.export()[0]["local_address"] == simulator.default_number


def test_a_refusal_says_so_and_is_kept(open_program: Program) -> None:
    code, sent = _send(open_program, "+15550001111", "not my number")
    assert (code, sent["state"]) == (3, "refused")
    assert open_program.export()[0]["state"] == "refused"


def test_a_lost_answer_is_never_sent_again_and_settled_by_history(
    open_program: Program, simulator: SimulatorProcess
) -> None:
    simulator.fault("drop-notification", "outbound")
    simulator.drop_next_answer()
    code, sent = _send(open_program, simulator.default_number, "gate code is 4471")
    assert (code, sent["state"]) == (4, "unconfirmed")
    rows = open_program.wait_until(lambda rows: rows[0]["state"] == "accepted")
    assert len(rows) == 1
    assert rows[0]["client_id"] == sent["client_id"]
    assert simulator.seen().texts() == ["gate code is 4471"]


def test_without_a_network_it_waits_and_goes_out_later(
    open_program: Program, simulator: SimulatorProcess
) -> None:
    simulator.network_down()
    code, sent = _send(open_program, simulator.default_number, "when you can")
    assert (code, sent["state"]) == (5, "queued")
    simulator.network_up()
    open_program.wait_until(lambda rows: rows[0]["state"] == "accepted")
    assert simulator.seen().texts() == ["when you can"]


def test_killed_while_sending_it_is_one_message_afterwards(
    program: Program, simulator: SimulatorProcess
) -> None:
    program.open_window()
    program.wait_for("ready")
    simulator.fault("hold-answer", "send")
    waiting = subprocess.Popen(
        program.command_line(
            "send", "--from", simulator.default_number, "--to", MARIA, "once only"
        ),
        env=program.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    simulator.until(lambda seen: seen.held == 1)
    program.kill_window()
    waiting.wait()
    simulator.clear_faults()
    program.open_window()
    rows = program.wait_until(lambda rows: bool(rows) and rows[0]["state"] == "accepted")
    assert [row["text"] for row in rows] == ["once only"]
    assert simulator.seen().texts() == ["once only"]


def test_what_came_while_closed_is_there_at_the_next_start(
    program: Program, simulator: SimulatorProcess
) -> None:
    program.open_window()
    program.wait_for("ready")
    assert program.close_window() == 0
    simulator.write_as(MARIA, simulator.default_number, "nobody home?")
    program.open_window()
    rows = program.wait_until(lambda rows: len(rows) == 1)
    assert rows[0]["text"] == "nobody home?"


def test_a_repeated_notification_is_one_message(
    open_program: Program, simulator: SimulatorProcess
) -> None:
    simulator.fault("repeat-notification", "inbound", copies=3)
    simulator.write_as(MARIA, simulator.default_number, "hi")
    simulator.until(lambda seen: len(seen.outcomes("inbound")) >= 3)
    assert len(open_program.export()) == 1


def test_a_text_for_later_outlives_a_kill_and_goes_out_once(
    program: Program, simulator: SimulatorProcess
) -> None:
    own = simulator.default_number
    asked = ("send", "--from", own, "--to", MARIA, "--at")
    for wrong in ("soon", "2001-01-01T09:00"):
        assert program.command(*asked, wrong, "never").returncode == 2
    at = datetime.now().astimezone() + timedelta(seconds=12)
    done = program.command(*asked, at.isoformat(), "see you then")
    assert (done.returncode, json.loads(done.stdout)["state"]) == (0, "scheduled")
    program.open_window()
    program.wait_for("ready")
    program.kill_window()
    program.open_window()
    rows = program.wait_until(lambda rows: bool(rows) and rows[0]["state"] == "accepted")
    assert [row["text"] for row in rows] == ["see you then"]
    assert datetime.now().astimezone() >= at
    assert simulator.seen().texts() == ["see you then"]


def test_doctor_tells_the_truth(program: Program, simulator: SimulatorProcess) -> None:
    closed = program.command("doctor", "--json")
    assert closed.returncode != 0
    assert json.loads(closed.stdout)["level"] == "deaf"
    program.open_window()
    program.wait_for("ready")
    live = program.command("doctor", "--json")
    assert (live.returncode, json.loads(live.stdout)["level"]) == (0, "live")
    simulator.cancel_subscription(simulator.numbers[1])
    program.wait_for("subscription_cancelled")
    told = program.command("doctor", "--json")
    assert told.returncode == 1
    degraded = json.loads(told.stdout)
    assert degraded["level"] == "degraded"
    assert "2 of 3" in degraded["sentence"]


def test_a_second_start_hands_over(open_program: Program) -> None:
    second = open_program.command("sms:+16131234567?body=hi")
    assert second.returncode == 0, second.stderr
    open_program.wait_for("show_requested")
    assert open_program.close_window() == 0


def test_a_restart_leaves_one_subscription_for_each_number(
    program: Program, simulator: SimulatorProcess
) -> None:
    for _ in range(3):
        program.open_window()
        program.wait_for("ready")
        program.kill_window()
    program.open_window()
    program.wait_for("ready")
    simulator.until(lambda seen: seen.requests.get("delete-channel", 0) >= 3)
    numbers = [s["number"] for s in simulator.subscriptions() if s["number"]]
    assert sorted(numbers) == sorted(simulator.numbers)


def test_nothing_of_it_lies_in_the_clear_on_disk(
    open_program: Program, simulator: SimulatorProcess
) -> None:
    simulator.write_as(MARIA, simulator.default_number, "the vault code is 918273")
    _send(open_program, simulator.default_number, "never write that down")
    open_program.wait_until(lambda rows: len(rows) == 2)
    open_program.kill_window()
    planted = [
        "918273",
        "never write that down",
        simulator.client_secret,
        PASSPHRASE,
        MARIA,
        MARIA.lstrip("+"),
        simulator.default_number.lstrip("+"),
    ]
    logged = "\n".join(json.dumps(line) for line in open_program.log)
    files = [file for file in open_program.basedir.rglob("*") if file.is_file()]
    assert any(file.suffix == ".log" for file in files)
    for text in planted:
        assert text not in logged
        for file in files:
            assert text.encode() not in file.read_bytes(), f"{text} in {file.name}"


def test_a_wrong_secret_is_a_sentence(program: Program, simulator: SimulatorProcess) -> None:
    words = ("account", "add", "--base-url", simulator.base_url, "--client-id")
    done = program.command(*words, simulator.client_id, "--secret-stdin", stdin="wrong\n")
    assert done.returncode == 1
    assert "Kandy does not accept this project key and secret" in done.stderr
    assert "Traceback" not in done.stderr

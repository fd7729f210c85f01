"""Every way in which the first run can fail, provoked for real: one sentence each, in the right place."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from sms_desktop.compose import now_ms
from sms_desktop.domain.account import AccountKind
from sms_desktop.domain.setting_up import RoundStage
from sms_desktop.ui.windows.first_run.progress_rows import Progress
from sms_desktop.ui.windows.settings.fields import Field
from tests.helpers.certificates import certificate_for
from tests.helpers.first_run import FirstRun, first_run
from tests.helpers.raw_kandy import Asked, RawKandy, http, jwt
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["first_run", "program", "simulator"]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def raw(program: WholeProgram, first_run: FirstRun) -> Iterator[RawKandy]:
    """A server that says what the test wants; start it with ``program.run(raw.start())``."""
    server = RawKandy()
    yield server
    program.run(server.close())


def complaints(first_run: FirstRun) -> dict[str, str]:
    """The sentences beside the fields of the first step, by the field's name."""
    fields = first_run.wizard.sign_in.fields
    found = {f.name: f.complaint for f in fields.findChildren(Field) if f.complaint}
    if fields.kind_complaint.isVisible():
        found["kind"] = fields.kind_complaint.text()
    assert all(label.isVisible() for label in labels_of(first_run, found.values()))
    return found


def labels_of(first_run: FirstRun, sentences: object) -> list[QLabel]:
    wanted = set(sentences)  # type: ignore[call-overload]
    labels = first_run.wizard.sign_in.fields.findChildren(QLabel)
    return [label for label in labels if label.text() in wanted]


def try_host(first_run: FirstRun, base_url: str) -> dict[str, str]:
    first_run.sign_in_as_project(base_url, "PRIV-1", "s3cret")
    first_run.next()
    assert first_run.wizard.at == 0
    assert first_run.wizard.sign_in.fields.secret.edit.text() == "s3cret"
    return complaints(first_run)


@pytest.mark.parametrize(
    ("base_url", "sentence"),
    [
        ("", "The base URL is empty."),
        ("http://kandy.example.com", "must begin with https://, because your secret"),
        ("ftp://kandy.example.com", "must begin with https://"),
        ("https://kandy example.com", "has a blank in the middle"),
        ("https://me:pw@kandy.example.com", "must hold no user name or password"),
        ("https://kandy.example.com:99999", "a host or port that does not exist"),
        ("https://-nowhere-.example", "a host name that cannot exist"),
    ],
)
def test_a_base_url_that_cannot_be(
    program: WholeProgram, first_run: FirstRun, base_url: str, sentence: str
) -> None:
    assert sentence in try_host(first_run, base_url)["Base URL"]


def test_an_international_host_is_asked_under_its_real_name(
    program: WholeProgram, first_run: FirstRun
) -> None:
    first_run.write(first_run.wizard.sign_in.fields.client_id.edit, "PRIV-1")
    fields = first_run.wizard.sign_in.fields
    fields.base_url.edit.setText("https://bücher.invalid")
    first_run.write(fields.secret.edit, "s3cret")
    first_run.next()
    assert "could not be looked up" in complaints(first_run)["Base URL"]


@pytest.mark.parametrize(
    ("kind", "values", "wanted"),
    [
        (
            AccountKind.PROJECT,
            ("", "", ""),
            {
                "Private project key": "The private project key is missing.",
                "Private project secret": "The private project secret is missing.",
            },
        ),
        (
            AccountKind.USER,
            ("", "", ""),
            {
                "Account client ID": "The account client ID is missing.",
                "E-mail": "The e-mail address is missing.",
                "Password": "The password is missing.",
            },
        ),
        (
            AccountKind.PROJECT,
            ("ann@example.com", "", "s"),
            {
                "Private project key": "This looks like an e-mail address. To sign in with one, "
                "choose “User” above."
            },
        ),
        (
            AccountKind.PROJECT,
            ("PRIV 1", "", "two lines"),
            {
                "Private project key": "The private project key has a blank in the middle. Copy it "
                "once more, and nothing else with it.",
                "Private project secret": "The private project secret has a blank in the middle. "
                "Copy it once more, and nothing else with it.",
            },
        ),
        (
            AccountKind.USER,
            ("C-1", "ann at example", "my pass word"),
            {
                "E-mail": "This is not an e-mail address. Kandy knows users by theirs, such as "
                "ann@example.com."
            },
        ),
    ],
)
def test_what_cannot_be_right_is_said_beside_its_field_at_once(
    program: WholeProgram,
    first_run: FirstRun,
    kind: AccountKind,
    values: tuple[str, str, str],
    wanted: dict[str, str],
) -> None:
    fields = first_run.wizard.sign_in.fields
    program.click(fields.kind_chips[kind])
    client_id, email, secret = values
    fields.client_id.edit.setText(client_id)
    fields.email.edit.setText(email)
    fields.secret.edit.setText(secret)
    first_run.next()
    assert complaints(first_run) == wanted
    first_wrong = next(f for f in fields.findChildren(Field) if f.complaint)
    assert first_wrong.edit.hasFocus()
    program.type("x")
    assert first_wrong.name not in complaints(first_run)


def test_a_wrong_project_secret(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    first_run.sign_in_as_project(simulator.base_url, simulator.client_id, "wrong")
    first_run.next()
    said = complaints(first_run)
    assert list(said) == ["Private project secret"]
    assert said["Private project secret"].startswith(
        "Kandy does not accept this project key and secret."
    )
    assert first_run.wizard.sign_in.fields.secret.edit.hasFocus()


def test_a_pasted_secret_with_blanks_and_line_ends_is_the_same_secret(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    fields = first_run.wizard.sign_in.fields
    fields.base_url.edit.setText(f"  {simulator.base_url}/cpaas/ ")
    fields.client_id.edit.setText(f"\u200b {simulator.client_id}\t")
    fields.secret.edit.setText(f" {simulator.client_secret}\r\n")
    first_run.next()
    assert first_run.wizard.at == 1, first_run.said()


def test_a_wrong_password(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    fields = first_run.wizard.sign_in.fields
    program.click(fields.kind_chips[AccountKind.USER])
    first_run.write(fields.email.edit, simulator.email)
    first_run.sign_in_as_project(simulator.base_url, simulator.client_id, "wrong")
    first_run.next()
    said = complaints(first_run)
    assert said["Password"].startswith("Kandy does not accept this e-mail address and password.")


def test_the_wrong_kind_of_credentials(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    words = "Client not enabled to retrieve service account"
    simulator.fault("refuse", "token", status=400, text=words, variables=[])
    first_run.sign_in_as_project(simulator.base_url, simulator.client_id, "s3cret")
    first_run.next()
    said = complaints(first_run)
    assert list(said) == ["kind"]
    assert said["kind"].startswith("This client ID does not allow that way of signing in.")
    program.click(first_run.wizard.sign_in.fields.kind_chips[AccountKind.USER])
    assert complaints(first_run) == {}


def test_nothing_answers_at_the_port(program: WholeProgram, first_run: FirstRun) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    said = try_host(first_run, f"http://127.0.0.1:{port}")
    assert said == {
        "Base URL": "The server refused the connection: nothing answers at the account's base URL."
    }


def test_an_unknown_host(program: WholeProgram, first_run: FirstRun) -> None:
    said = try_host(first_run, "https://kandy.invalid")
    assert said["Base URL"].startswith("The name of Kandy's server could not be looked up.")


def test_a_host_that_is_not_kandy(
    program: WholeProgram, first_run: FirstRun, raw: RawKandy
) -> None:
    async def page(_asked: Asked) -> bytes:
        return http(answers.pop(0), b"<html>Welcome to nginx!</html>")

    answers = [404, 200, 301]
    raw.token = page
    program.run(raw.start())
    here = f"http://127.0.0.1:{raw.port}"
    assert "it is not a Kandy server" in try_host(first_run, here)["Base URL"]
    assert "something that is no Kandy token" in try_host(first_run, here)["Base URL"]
    assert "points to another address" in try_host(first_run, here)["Base URL"]


def test_a_certificate_that_nobody_trusts(
    program: WholeProgram, first_run: FirstRun, raw: RawKandy, tmp_path: Path
) -> None:
    certificate, key = certificate_for("127.0.0.1", tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    program.run(raw.start(ssl=context))
    said = try_host(first_run, f"https://127.0.0.1:{raw.port}")
    assert said["Base URL"].startswith("The server's certificate is not trusted by this computer")
    assert raw.asked == []


def test_a_proxy_that_does_not_let_us_through(
    program: WholeProgram, first_run: FirstRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
    said = try_host(first_run, "https://oauth-cpaas.example.com")
    assert said == {
        "Base URL": "The proxy in this computer's settings did not let the connection through."
    }


def test_a_token_that_names_no_user(
    program: WholeProgram, first_run: FirstRun, raw: RawKandy
) -> None:
    async def nobody(_asked: Asked) -> bytes:
        return http(
            200, {"access_token": jwt(n=1), "id_token": jwt(sub="x", preferred_username="")}
        )

    raw.token = nobody
    program.run(raw.start())
    said = try_host(first_run, f"http://127.0.0.1:{raw.port}")
    assert "its token names no user (preferred_username is missing)" in said["Private project key"]


@pytest.mark.parametrize(
    ("fault", "where", "sentence"),
    [
        (
            {"kind": "status", "status": 429, "retry_after_s": 40},
            "",
            "Kandy has had too many sign-ins and asks to slow down. Try again in 40 seconds.",
        ),
        (
            {"kind": "status", "status": 429},
            "",
            "Kandy has had too many sign-ins and asks to slow down. Try again in a minute.",
        ),
        ({"kind": "status", "status": 503}, "", "Kandy's server has trouble of its own."),
        ({"kind": "cut"}, "Base URL", "Kandy did not answer"),
        ({"kind": "broken-body"}, "Base URL", "something that is no Kandy token"),
    ],
)
def test_kandy_has_troubles_of_its_own(
    program: WholeProgram,
    first_run: FirstRun,
    simulator: SimulatorProcess,
    fault: dict[str, object],
    where: str,
    sentence: str,
) -> None:
    simulator.fault(str(fault.pop("kind")), "token", **fault)
    first_run.sign_in_as_project(simulator.base_url, simulator.client_id, simulator.client_secret)
    first_run.next()
    assert first_run.wizard.at == 0
    said = complaints(first_run)
    if where:
        assert sentence in said[where]
        assert first_run.warned() == ""
    else:
        assert said == {}
        assert sentence in first_run.warned()
    first_run.next()
    assert first_run.wizard.at == 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (17 * 60, "This computer's clock is 17 minutes behind Kandy's."),
        (3 * 3600, "This computer's clock is 3 hours behind Kandy's."),
        (-2 * 86_400, "This computer's clock is 2 days ahead of Kandy's."),
    ],
)
@pytest.mark.parametrize("by", ["header", "token"])
def test_a_wrong_clock_is_told_and_one_may_go_on(
    program: WholeProgram,
    first_run: FirstRun,
    raw: RawKandy,
    seconds: int,
    words: str,
    by: str,
) -> None:
    ahead_s = seconds

    async def token(_asked: Asked) -> bytes:
        now_s = int(now_ms() / 1000) + ahead_s
        claims = {"preferred_username": "u-1", "sms-did-list": "+16135550101"}
        issued = {"iat": now_s} if by == "token" else {}
        body = {"access_token": jwt(n=1), "id_token": jwt(**claims, **issued)}
        date = format_datetime(datetime.fromtimestamp(now_s, UTC), usegmt=True)
        return http(200, body, **({"Date": date} if by == "header" else {}))

    raw.token = token
    program.run(raw.start())
    wizard = first_run.wizard
    first_run.sign_in_as_project(f"http://127.0.0.1:{raw.port}", "PRIV-1", "s3cret")
    first_run.next()
    assert wizard.at == 0
    assert first_run.warned().startswith(words)
    program.click(wizard.banner.action_button)
    first_run.rest()
    assert wizard.at == 1
    program.click(wizard.back_button)
    ahead_s = 4 * 60
    first_run.next()
    assert wizard.at == 1, "less than five minutes are nobody's trouble"


# The last step


class Clockwork:
    """A patience that ends when the test says so."""

    def __init__(self) -> None:
        self.over = asyncio.Event()

    async def __call__(self, _seconds: float) -> None:
        await self.over.wait()


def stage(first_run: FirstRun, wanted: RoundStage) -> tuple[Progress, str]:
    row = first_run.wizard.receiving.progress.rows[1 + list(RoundStage).index(wanted)]
    return row.progress, row.detail.text()


def test_a_test_message_that_does_not_come_back(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    wizard = first_run.wizard
    patience = Clockwork()
    program.built.engine.round_trips._sleep = patience
    first_run.to_receiving(simulator)
    simulator.fault("drop-notification", "inbound")
    program.click(wizard.next_button)
    waiting = (Progress.NOW, "waiting up to 30 seconds")
    program.until("it waits", lambda: stage(first_run, RoundStage.CAME_BACK) == waiting)
    program.meanwhile(lambda: simulator.until(lambda s: "dropped" in s.outcomes("inbound")))
    patience.over.set()
    first_run.rest()
    progress, why = stage(first_run, RoundStage.CAME_BACK)
    assert progress is Progress.FAILED
    assert "its notification did not come within 30 seconds" in why
    assert "passes every POST request on to 127.0.0.1:" in why
    assert "Without the test nobody knows" in first_run.said()
    assert wizard.next_button.text() == "Try again"
    assert wizard.skip_button.text() == "Finish without the test"
    patience.over.clear()
    first_run.next()
    assert first_run.progress() == [Progress.DONE] * 5
    assert wizard.next_button.text() == "Start texting"
    assert len(program.window.facts.accounts) == 1


def test_history_alone_does_not_pass_for_a_notification(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    patience = Clockwork()
    program.built.engine.round_trips._sleep = patience
    first_run.to_receiving(simulator)
    simulator.fault("drop-notification", "inbound")
    program.click(first_run.wizard.next_button)
    program.meanwhile(lambda: simulator.until(lambda s: "dropped" in s.outcomes("inbound")))
    program.built.engine.check_connection()
    one, other = simulator.numbers[:2]
    program.until("history has it", lambda: program.unread(one, other) == 1)
    for _ in range(5):
        program.run(asyncio.sleep(0))  # whoever waits for it looks at it
    assert stage(first_run, RoundStage.CAME_BACK)[0] is Progress.NOW
    patience.over.set()
    first_run.rest()
    assert "in Kandy's history, but no notification" in stage(first_run, RoundStage.CAME_BACK)[1]


def test_a_way_in_that_kandy_refuses(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    first_run.to_receiving(simulator)
    program.click(first_run.wizard.receiving.ways.cards["websocket"].button)
    simulator.fault("refuse", "create-channel", status=403, text="Websockets are not enabled")
    first_run.next()
    progress, why = stage(first_run, RoundStage.WAY_OPEN)
    assert progress is Progress.FAILED
    assert "Websockets are not enabled" in why
    program.click(first_run.wizard.receiving.ways.cards["loopback"].button)
    assert first_run.wizard.next_button.text() == "Connect and test"
    first_run.next()
    assert first_run.progress() == [Progress.DONE] * 5, first_run.said()


def test_a_number_that_was_taken_away_meanwhile(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    first_run.to_receiving(simulator)
    simulator.fault("refuse", "subscribe", status=403, text="%1 is not yours", times=None)
    first_run.next()
    progress, why = stage(first_run, RoundStage.SUBSCRIBED)
    assert progress is Progress.FAILED
    assert why == "Kandy says that this number is not assigned to your project."


def test_a_test_that_kandy_does_not_take(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    first_run.to_receiving(simulator)
    simulator.fault("refuse", "send", status=400, text="No credit left")
    first_run.next()
    progress, why = stage(first_run, RoundStage.ACCEPTED)
    assert progress is Progress.FAILED
    assert why.startswith("Kandy did not take the test message.")
    assert "No credit left" in why


def test_the_test_can_be_left_out_and_the_consequence_is_said(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    wizard = first_run.wizard
    first_run.to_receiving(simulator)
    assert "Without the test nobody knows whether messages reach this computer." in first_run.said()
    program.click(wizard.skip_button)
    program.until("the window is gone", lambda: program.window.sheets.first_run is None)
    program.until_live()
    assert simulator.seen().texts() == []


def test_without_a_receiving_number_there_is_nothing_to_test(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    first_run.to_numbers(simulator)
    for number in simulator.numbers:
        program.click(first_run.row(number).receive_box)
    first_run.next()
    assert "No number shall receive here, so there is nothing to test." in first_run.said()
    assert first_run.wizard.next_button.text() == "Connect and finish"
    program.click(first_run.wizard.next_button)
    program.until("the window is gone", lambda: program.window.sheets.first_run is None)
    assert len(program.window.facts.accounts) == 1
    assert simulator.subscriptions() == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Your public address is missing."),
        ("http://sms.example.com", "must be a public https URL"),
        ("sms example com", "must be a public https URL"),
    ],
)
def test_a_public_address_that_cannot_be(
    program: WholeProgram,
    first_run: FirstRun,
    simulator: SimulatorProcess,
    typed: str,
    sentence: str,
) -> None:
    first_run.to_receiving(simulator)
    ways = first_run.wizard.receiving.ways
    program.click(ways.cards["own:"].button)
    program.settle()
    if typed:
        first_run.write(ways.cards["own:"].panel.fields["url"].edit, typed)
    first_run.next()
    assert sentence in ways.cards["own:"].panel.fields["url"].complaint
    assert ways.cards["own:"].panel.fields["url"].edit.hasFocus()
    assert first_run.warned() == ""
    assert program.window.facts.accounts == ()


def test_a_secret_that_was_changed_meanwhile_leads_back_to_its_field(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    first_run.to_receiving(simulator)
    simulator.fault("status", "token", status=401)
    first_run.next()
    assert first_run.wizard.at == 0
    assert "does not accept this project key" in complaints(first_run)["Private project secret"]


def test_going_back_after_connecting_and_signing_in_as_somebody_else_keeps_one_account(
    program: WholeProgram, first_run: FirstRun, simulator: SimulatorProcess
) -> None:
    other = simulator.open_account(["+14165550177"])
    first_run.to_receiving(simulator)
    first_run.next()
    assert first_run.progress() == [Progress.DONE] * 5
    for _ in range(2):
        program.click(first_run.wizard.back_button)
    first_run.sign_in_as_project(simulator.base_url, other["client_id"], other["client_secret"])
    first_run.next()
    first_run.next()
    first_run.next()
    assert first_run.progress() == [Progress.DONE] * 5, first_run.said()
    (account,) = program.window.facts.accounts
    assert account.kandy_client_id == other["client_id"]
    assert [s["number"] for s in simulator.subscriptions() if s["number"]] == ["+14165550177"]

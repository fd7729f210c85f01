"""Choosing a tunnel: what it needs is shown, its secret goes into the vault, and it can be tried out."""

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.tunnels import NewHostKey
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.ways_in import tunnel_of, values_of
from sms_desktop.ui.windows.signing_in.way_choice import WayChoice
from sms_desktop.ui.windows.signing_in.way_panel import WayPanel
from tests.helpers.window_parts import Held, Notebook

SSH_NAME = (
    "ssh:me@vps.example.com:22?remote_port=8080&url=https://sms.example.com&key=~/.ssh/my key"
)


@pytest.fixture
def held() -> Iterator[Held]:
    made = Held()
    yield made
    made.run()


@pytest.fixture
def ways(notebook: Notebook, theme: Theme, held: Held, qtbot: QtBot) -> WayChoice:
    made = WayChoice(theme, notebook.tunnels, held, lambda: "https://kandy.example")
    qtbot.addWidget(made)
    made.show()
    return made


def chosen(ways: WayChoice, name: str) -> WayPanel:
    ways.more_button.click()
    ways.cards[name].button.setChecked(True)
    panel = ways.cards[name].panel
    assert panel is not None
    return panel


def visible(ways: WayChoice) -> list[str]:
    return [name for name, card in ways.cards.items() if card.isVisible()]


def test_the_rarer_ways_come_when_asked_for(ways: WayChoice, qtbot: QtBot) -> None:
    assert "tailscale" not in visible(ways)
    qtbot.mouseClick(ways.more_button, Qt.MouseButton.LeftButton)
    assert {"tailscale", "ssh", "cloudflared", "pinggy", "localhost.run"} < set(visible(ways))
    assert not ways.more_button.isVisible()
    assert ways.cards["tailscale"].button.hasFocus() or not ways.isActiveWindow()


def test_only_the_chosen_way_shows_what_it_needs(ways: WayChoice) -> None:
    panel = chosen(ways, "ngrok")
    assert panel.isVisible()
    assert "https://ngrok.example/start" in panel.steps.words.text()
    assert not panel.missing.isVisible()
    chosen(ways, "own:")
    assert not panel.isVisible()


def test_the_steps_can_be_copied(ways: WayChoice, qtbot: QtBot) -> None:
    panel = chosen(ways, "ngrok")
    qtbot.mouseClick(panel.steps.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied == "1. Read https://ngrok.example/start first.\n2. Press Check."


def test_what_this_computer_lacks_is_said_at_once(ways: WayChoice, notebook: Notebook) -> None:
    notebook.tunnels.missing = "cloudflared is not installed on this computer."
    panel = chosen(ways, "cloudflared")
    assert panel.missing.isVisible()
    assert "not installed" in panel.missing.text()


def test_a_token_goes_to_the_vault_and_not_into_the_name(
    ways: WayChoice, notebook: Notebook, held: Held
) -> None:
    panel = chosen(ways, "ngrok")
    panel.fields["secret"].edit.setText(" my-token ")
    panel.fields["domain"].edit.setText("me.ngrok-free.app")
    assert ways.tunnel == "ngrok:me.ngrok-free.app"
    asyncio.run(ways.keep_secret())
    assert notebook.named("keep_tunnel_secret") == [("ngrok:me.ngrok-free.app", "my-token")]
    assert panel.fields["secret"].edit.text() == ""
    assert "vault" in panel.fields["secret"].edit.placeholderText()


def test_a_token_that_is_kept_need_not_be_typed_again(
    ways: WayChoice, notebook: Notebook, held: Held
) -> None:
    notebook.tunnels.kept = {"ngrok"}
    panel = chosen(ways, "ngrok")
    held.run()
    assert "leave it empty" in panel.fields["secret"].edit.placeholderText()
    asyncio.run(ways.keep_secret())
    assert notebook.named("keep_tunnel_secret") == []


def test_trying_out_says_that_it_works(
    ways: WayChoice, notebook: Notebook, held: Held, qtbot: QtBot
) -> None:
    panel = chosen(ways, "pinggy")
    held.run()
    panel.check_button.click()
    held.run()
    assert notebook.named("check_tunnel") == [("pinggy", None)]
    assert "https://here.example leads to this computer" in panel.outcome.text()
    assert panel.check_button.isEnabled()


def test_trying_out_says_why_it_does_not(
    ways: WayChoice, notebook: Notebook, held: Held, qtbot: QtBot
) -> None:
    notebook.tunnels.trouble = SmsDesktopError("DANGER: another key than before.")
    panel = chosen(ways, "localhost.run")
    panel.check_button.click()
    held.run()
    assert panel.outcome.text() == "DANGER: another key than before."
    assert panel.forget_button.isVisible()
    panel.forget_button.click()
    held.run()
    assert notebook.named("forget_host_key") == [("localhost.run",)]
    assert not panel.forget_button.isVisible()


def test_what_is_missing_is_said_before_anything_is_opened(
    ways: WayChoice, notebook: Notebook, held: Held, qtbot: QtBot
) -> None:
    panel = chosen(ways, "ssh")
    held.run()
    panel.check_button.click()
    assert panel.fields["server"].complaint == "The server is missing."
    panel.fields["server"].edit.setText("me@vps.example.com")
    panel.check_button.click()
    assert "public address is missing" in panel.fields["url"].complaint
    assert notebook.asked == []


@pytest.mark.parametrize(("button", "answer"), [("accept_button", True), ("refuse_button", False)])
async def test_a_new_servers_key_is_asked_about_inside_the_form(
    ways: WayChoice, notebook: Notebook, held: Held, qtbot: QtBot, button: str, answer: bool
) -> None:
    notebook.tunnels.new_key = NewHostKey("vps.example.com:22", "ssh-ed25519", "SHA256:abcd")
    panel = chosen(ways, "localhost.run")
    panel.check_button.click()
    checking = asyncio.ensure_future(held.waiting.pop())
    await asyncio.sleep(0)
    assert panel.question.isVisible()
    assert "SHA256:abcd" in panel.question.words.text()
    getattr(panel.question, button).click()
    await checking
    assert notebook.named("check_tunnel") == [("localhost.run", answer)]
    assert not panel.question.isVisible()


def test_an_account_that_is_edited_shows_its_tunnel(ways: WayChoice) -> None:
    ways.choose(SSH_NAME.replace(" ", "%20"))
    panel = ways.cards["ssh"].panel
    assert panel is not None
    assert panel.fields["server"].text() == "me@vps.example.com:22"
    assert panel.fields["key"].text() == "~/.ssh/my key"
    assert ways.tunnel == SSH_NAME.replace(" ", "%20")
    assert "ssh" in visible(ways)


@pytest.mark.parametrize(
    "tunnel", ["websocket", "ngrok", "ngrok:a.b", "own:https://x.example", "pinggy", "ssh:m@h?"]
)
def test_names_and_fields_lead_to_each_other(tunnel: str) -> None:
    way, values = values_of(tunnel)
    empty = {"domain": "", "url": "", "key": "", "server": "", "remote_port": ""}
    again = tunnel_of(way, empty | values)
    assert again == (tunnel if not tunnel.startswith("ssh") else "ssh:m@h?remote_port=8080&url=")


async def test_who_chooses_another_way_meanwhile_breaks_the_trial_off(
    notebook: Notebook, theme: Theme, qtbot: QtBot
) -> None:
    notebook.tunnels.new_key = NewHostKey("vps.example.com:22", "ssh-ed25519", "SHA256:abcd")
    tasks: list[asyncio.Task[None]] = []

    def spawn(work: Coroutine[Any, Any, None], _name: str) -> asyncio.Task[None]:
        tasks.append(asyncio.ensure_future(work))
        return tasks[-1]

    ways = WayChoice(theme, notebook.tunnels, spawn, lambda: "https://kandy.example")
    qtbot.addWidget(ways)
    ways.show()
    panel = chosen(ways, "localhost.run")
    panel.check_button.click()
    await asyncio.sleep(0)
    ways.cards["websocket"].button.setChecked(True)
    await asyncio.wait(tasks)
    assert tasks[0].cancelled()
    assert panel.check_button.isEnabled()
    assert notebook.named("check_tunnel") == []

"""Tokens are good for as long as they say, for whom they say, and cannot be made up."""

import base64
import json

import pytest

from sms_desktop.simulator.clock import MovableClock
from sms_desktop.simulator.refusals import Refusal
from sms_desktop.simulator.tokens import TokenOffice


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(lambda: 1_568_889_113_850)


@pytest.fixture
def office(clock: MovableClock) -> TokenOffice:
    return TokenOffice(clock.now_ms, b"a key", lifetime_s=60)


def claims_of(token: object) -> dict[str, object]:
    payload = str(token).split(".")[1]
    claims: dict[str, object] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return claims


def test_claims_name_the_user_the_numbers_and_the_lifetime(office: TokenOffice) -> None:
    answer = office.issue("user-1", ["+16139998877", "+15202241142"])
    identity = claims_of(answer["id_token"])
    assert identity["preferred_username"] == "user-1"
    assert identity["sms-did-list"] == "+16139998877,+15202241142"
    access = claims_of(answer["access_token"])
    assert (access["iat"], access["exp"]) == (1_568_889_113, 1_568_889_173)
    assert answer["expires_in"] == 60
    assert "refresh_token" not in answer


def test_a_token_runs_out(office: TokenOffice, clock: MovableClock) -> None:
    token = str(office.issue("user-1", [])["access_token"])
    clock.advance(58_000)
    assert office.user_of(token) == "user-1"
    clock.advance(2_000)
    with pytest.raises(Refusal) as refused:
        office.user_of(token)
    assert refused.value.http_status == 401


def test_revoked_tokens_are_refused_and_new_ones_are_not(office: TokenOffice) -> None:
    old = str(office.issue("user-1", [])["access_token"])
    office.revoke_all()
    with pytest.raises(Refusal):
        office.user_of(old)
    assert office.user_of(str(office.issue("user-1", [])["access_token"])) == "user-1"


@pytest.mark.parametrize("kind", ["id_token", "refresh_token"])
def test_only_an_access_token_opens_the_door(office: TokenOffice, kind: str) -> None:
    token = office.issue("user-1", [], refresh=True)[kind]
    with pytest.raises(Refusal):
        office.user_of(str(token))


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "ä.ö.ü", "..", "a." * 400])
def test_made_up_tokens_are_refused(office: TokenOffice, token: str) -> None:
    with pytest.raises(Refusal):
        office.user_of(token)


def test_a_changed_claim_breaks_the_signature(office: TokenOffice) -> None:
    head, _, signature = str(office.issue("user-1", [])["access_token"]).split(".")
    forged = base64.urlsafe_b64encode(
        json.dumps({"sub": "user-2", "exp": 9e9, "typ": "Bearer", "generation": 0}).encode()
    )
    with pytest.raises(Refusal):
        office.user_of(f"{head}.{forged.decode().rstrip('=')}.{signature}")

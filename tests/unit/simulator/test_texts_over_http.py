"""Signing in, sending, reading and deleting, as any client of Kandy would."""

import httpx
import pytest

from tests.helpers.kandy_session import FOREIGN, OWN, PERSON, SECOND, KandySession

FORMS = (
    "+16131234567",
    "6131234567",
    "tel:+16131234567",
    "sip:+16131234567@example.com",
    "sip:6131234567@example.com",
)


def code_of(answer: httpx.Response) -> str:
    (exception,) = answer.json()["requestError"].values()
    return str(exception["messageId"])


async def test_a_wrong_secret_is_refused_in_the_token_routes_own_shape(
    kandy: KandySession,
) -> None:
    answer = await kandy.token(client_secret="no")
    assert answer.status_code == 401
    assert set(answer.json()) == {"error", "error_description"}
    for changed in ({"grant_type": "password"}, {"client_id": "x"}):
        assert (await kandy.token(**changed)).status_code == 401
    for changed in ({"grant_type": "magic"}, {"scope": ""}):
        assert (await kandy.token(**changed)).status_code == 400


@pytest.mark.parametrize("grant", ["client_credentials", "password"])
async def test_an_unknown_client_is_told_from_a_wrong_secret(
    kandy: KandySession, grant: str
) -> None:
    known = {"username": kandy.known["email"], "password": kandy.known["password"]}
    answer = await kandy.token(grant_type=grant, client_id="PRIV-nobody", **known)
    assert answer.status_code == 401
    assert answer.json() == {"error": "invalid_client", "error_description": "Invalid client"}
    wrong = await kandy.token(grant_type=grant, client_secret="no", username="x", password="y")
    assert wrong.json()["error"] != "invalid_client"


async def test_a_password_signs_in_and_brings_a_refresh_token(kandy: KandySession) -> None:
    answer = await kandy.token(
        grant_type="password", username=kandy.known["email"], password=kandy.known["password"]
    )
    assert answer.status_code == 200
    assert {"access_token", "id_token", "refresh_token", "expires_in"} <= set(answer.json())


async def test_without_a_good_token_nothing_goes(kandy: KandySession) -> None:
    good = kandy.http.headers["Authorization"]
    for bad in ("", "Bearer", "Bearer x", good.replace("Bearer", "Basic")):
        kandy.http.headers["Authorization"] = bad
        answer = await kandy.send()
        assert (answer.status_code, answer.json()) == (401, {"message": "Unauthorized"})
    kandy.http.headers["Authorization"] = good
    assert (await kandy.send()).status_code == 201


async def test_tokens_run_out_as_kandys_clock_says(kandy: KandySession) -> None:
    await kandy.turn("tokens", lifetime_s=60)
    await kandy.sign_in()
    assert (await kandy.send()).status_code == 201
    await kandy.turn("clock", advance_s=61)
    assert (await kandy.send()).status_code == 401
    await kandy.sign_in()
    assert (await kandy.send()).status_code == 201


async def test_another_users_paths_are_forbidden(kandy: KandySession) -> None:
    other = await kandy.turn("accounts", numbers=[FOREIGN])
    answer = await kandy.http.get(f"/cpaas/smsmessaging/v1/{other['user_id']}/remoteAddresses")
    assert answer.status_code == 403


@pytest.mark.parametrize("plus", ["+", "%2B"])
async def test_a_plus_may_stand_in_a_path_as_it_is_or_encoded(
    kandy: KandySession, plus: str
) -> None:
    answer = await kandy.send(sender=OWN.replace("+", plus))
    assert answer.json()["outboundSMSMessageRequest"]["senderAddress"] == OWN
    path = f"/remoteAddresses/{PERSON}/localAddresses/{OWN}/messages".replace("+", plus)
    found = (await kandy.sms("GET", path)).json()["smsMessageList"]["smsMessage"]
    assert [m["message"] for m in found] == ["hi"]


async def test_the_answer_to_a_send_names_everything(kandy: KandySession) -> None:
    answer = await kandy.send("hi :)", sender="default")
    assert answer.status_code == 201
    body = answer.json()["outboundSMSMessageRequest"]
    assert body["address"] == [PERSON]
    assert body["clientCorrelator"] == "tests"
    assert body["outboundSMSTextMessage"] == {"message": "hi :)"}
    assert body["senderAddress"] == OWN
    info = [{"address": PERSON, "deliveryStatus": "DeliveredToNetwork"}]
    assert body["deliveryInfoList"]["deliveryInfo"] == info
    status = await kandy.http.get(f"{body['resourceURL']}/status")
    assert status.json() == {"status": "DeliveredToNetwork"}


@pytest.mark.parametrize("form", FORMS)
async def test_every_form_of_a_destination_leads_to_the_same_thread(
    kandy: KandySession, form: str
) -> None:
    answer = await kandy.send(addresses=[form])
    body = answer.json()["outboundSMSMessageRequest"]
    assert body["address"] == [form]
    assert f"/remoteAddresses/{PERSON}/localAddresses/{OWN}/messages/" in body["resourceURL"]
    assert await kandy.texts() == ["hi"]


async def test_a_short_code_stays_as_it_is(kandy: KandySession) -> None:
    answer = await kandy.send(addresses=["72345"])
    assert "/remoteAddresses/72345/" in answer.json()["outboundSMSMessageRequest"]["resourceURL"]


@pytest.mark.parametrize(
    ("addresses", "text", "status", "code"),
    [
        ([PERSON, "+12066417772"], "hi", 400, "POL0003"),
        ([], "hi", 400, "SVC0002"),
        (["Info"], "hi", 400, "SVC0002"),
        (["+1"], "hi", 400, "SVC0002"),
        ([PERSON], "", 400, "SVC0002"),
    ],
)
async def test_a_send_that_makes_no_sense_is_a_request_error(
    kandy: KandySession, addresses: list[str], text: str, status: int, code: str
) -> None:
    answer = await kandy.send(text, addresses=addresses)
    assert (answer.status_code, code_of(answer)) == (status, code)


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"[" * 9999, b'{"outboundSMSMessageRequest":1}']
)
async def test_no_body_breaks_the_server(kandy: KandySession, body: bytes) -> None:
    answer = await kandy.sms("POST", f"/outbound/{OWN}/requests", content=body)
    assert answer.status_code == 400


async def test_a_foreign_number_cannot_send(kandy: KandySession) -> None:
    answer = await kandy.send(sender=FOREIGN)
    assert (answer.status_code, code_of(answer)) == (403, "POL0001")


async def test_an_account_without_numbers_has_no_default(kandy: KandySession) -> None:
    for number in (OWN, SECOND):
        await kandy.turn("numbers/unassign", number=number)
    assert (await kandy.send(sender="default")).status_code == 403


async def test_one_thread_and_no_thread(kandy: KandySession) -> None:
    await kandy.turn("phone/write", person=PERSON, own=OWN, text="hello")
    path = f"/remoteAddresses/{PERSON}/localAddresses/{OWN}"
    thread = (await kandy.sms("GET", path)).json()["smsThread"]
    details = thread["threadDetails"]
    assert details["lastText"] == "hello"
    assert details["lastPullTime"] == details["firstMessageTime"] == details["lastMessageTime"]
    assert (await kandy.sms("GET", path.replace(OWN, SECOND))).status_code == 404


async def test_pages_of_messages_are_linked_by_next(kandy: KandySession) -> None:
    for n in range(5):
        await kandy.turn("phone/write", person=PERSON, own=OWN, text=str(n))
    path = f"/remoteAddresses/{PERSON}/localAddresses/{OWN}/messages"
    found, query = [], {"max": "2"}
    for _ in range(9):
        page = (await kandy.sms("GET", path, params=query)).json()["smsMessageList"]
        found += [m["message"] for m in page["smsMessage"]]
        if "next" not in page:
            break
        query["next"] = page["next"]
    assert found == ["4", "3", "2", "1", "0"]


async def test_history_in_seconds_where_that_is_wanted(kandy: KandySession) -> None:
    await kandy.send()
    path = f"/remoteAddresses/{PERSON}/localAddresses/{OWN}/messages"
    exact = (await kandy.sms("GET", path)).json()["smsMessageList"]["smsMessage"][0]["dateTime"]
    await kandy.turn("settings", history_in_seconds=True)
    rough = (await kandy.sms("GET", path)).json()["smsMessageList"]["smsMessage"][0]["dateTime"]
    assert rough == exact // 1000


async def test_deleting_twice_is_a_404(kandy: KandySession) -> None:
    url = (await kandy.send()).json()["outboundSMSMessageRequest"]["resourceURL"]
    deleted = await kandy.http.delete(url)
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert (await kandy.http.delete(url)).status_code == 404
    thread = url.partition("/messages/")[0]
    assert (await kandy.http.delete(thread)).status_code == 404


async def test_only_the_newest_thousand_are_kept(kandy: KandySession) -> None:
    await kandy.turn("settings", message_cap=3)
    for n in range(5):
        await kandy.send(str(n))
    assert await kandy.texts() == ["4", "3", "2"]


async def test_the_date_header_follows_kandys_clock(kandy: KandySession) -> None:
    before = (await kandy.token()).headers["Date"]
    await kandy.turn("clock", advance_s=86_400 * 400)
    after = (await kandy.token()).headers["Date"]
    assert before[-17:-13] != after[-17:-13]


async def test_a_path_that_kandy_does_not_have(kandy: KandySession) -> None:
    answer = await kandy.http.get("/cpaas/nothing/here")
    assert (answer.status_code, answer.json()) == (404, {"message": "Not Found"})

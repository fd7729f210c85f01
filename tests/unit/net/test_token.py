"""The token: one renewal for all, in good time, and once more when Kandy turns it away."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from sms_desktop.domain.address import Address
from sms_desktop.net import errors
from sms_desktop.net.credentials import ProjectCredentials, UserCredentials
from sms_desktop.net.kandy import KandyClient
from tests.helpers.raw_kandy import USER_ID, Asked, RawKandy, http, jwt, sent

LOCAL, REMOTE = Address("+16130000002"), Address("+16130000001")
HALF_LIFE_MS = 1_800_000
MakeClient = Callable[..., KandyClient]


async def send(client: KandyClient) -> Any:
    return await client.send(LOCAL, REMOTE, "hello")


def bearer_of(asked: Asked) -> str:
    return asked.headers["authorization"].removeprefix("Bearer ")


async def takes(_asked: Asked) -> bytes:
    return sent()


class Gate:
    """Lets token requests through when opened; knows how many have come."""

    def __init__(self, server: RawKandy) -> None:
        self._server = server
        self.came = asyncio.Event()
        self.open = asyncio.Event()
        server.token = self
        server.other = takes

    async def __call__(self, _asked: Asked) -> bytes:
        self.came.set()
        await self.open.wait()
        return self._server.new_token()


async def test_the_first_call_signs_in(client: KandyClient, server: RawKandy) -> None:
    server.other = takes
    assert (client.user_id, client.numbers) == ("", ())
    await send(client)
    assert (client.user_id, client.numbers) == (USER_ID, (LOCAL,))
    assert server.asked[0].body == (
        b"client_id=private-key&client_secret=s3cret-of-the-project"
        b"&grant_type=client_credentials&scope=openid"
    )
    assert server.asked[0].headers["content-type"] == "application/x-www-form-urlencoded"
    assert "authorization" not in server.asked[0].headers
    assert server.asked[1].headers["content-type"] == "application/json"
    assert server.asked[1].headers["x-cpaas-agent"] == "sms-desktop/0"


async def test_a_user_signs_in_with_a_password(make_client: MakeClient, server: RawKandy) -> None:
    credentials = UserCredentials("client", "me@example.com", "p&ss=word")
    client = make_client(f"http://127.0.0.1:{server.port}", credentials)
    claims = await client.sign_in()
    assert claims.user_id == USER_ID
    assert b"password=p%26ss%3Dword&grant_type=password" in server.asked[0].body


async def test_many_calls_wait_for_one_sign_in(client: KandyClient, server: RawKandy) -> None:
    gate = Gate(server)
    calls = [asyncio.create_task(send(client)) for _ in range(8)]
    await gate.came.wait()
    gate.open.set()
    await asyncio.gather(*calls)
    assert server.issued == 1
    assert len(server.sends()) == 8


async def test_who_stops_waiting_takes_the_token_from_nobody(
    client: KandyClient, server: RawKandy
) -> None:
    gate = Gate(server)
    first, *others = [asyncio.create_task(send(client)) for _ in range(3)]
    await gate.came.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    gate.open.set()
    await asyncio.gather(*others)
    assert server.issued == 1
    assert len(server.sends()) == 2


async def test_closing_ends_those_who_wait(client: KandyClient, server: RawKandy) -> None:
    gate = Gate(server)
    call = asyncio.create_task(send(client))
    await gate.came.wait()
    await client.aclose()
    with pytest.raises(errors.Unreachable):
        await call


async def test_renewed_at_half_life_and_not_before(
    client: KandyClient, server: RawKandy, clock: Any
) -> None:
    server.other = takes
    await send(client)
    clock.ms += HALF_LIFE_MS - 1
    await send(client)
    assert server.issued == 1
    clock.ms += 1
    await send(client)
    assert server.issued == 2
    bearers = [bearer_of(asked) for asked in server.sends()]
    assert bearers[0] == bearers[1] != bearers[2]


async def test_the_lifetime_counts_from_our_own_clock(
    client: KandyClient, server: RawKandy, clock: Any
) -> None:
    """The token's own times are decades away from this computer's: only their distance counts."""
    clock.ms = 4_000_000_000_000
    server.other = takes
    await send(client)
    await send(client)
    assert server.issued == 1


async def test_a_token_without_times_lives_until_it_is_turned_away(
    client: KandyClient, server: RawKandy, clock: Any
) -> None:
    async def opaque(_asked: Asked) -> bytes:
        server.issued += 1
        return http(200, {"access_token": "opaque", "id_token": jwt(preferred_username=USER_ID)})

    server.other = takes
    server.token = opaque
    await send(client)
    clock.ms += 10 * 24 * 3_600_000
    await send(client)
    assert server.issued == 1


async def test_a_renewal_need_not_repeat_who_the_user_is(
    client: KandyClient, server: RawKandy
) -> None:
    await client.sign_in()

    async def bare(_asked: Asked) -> bytes:
        return http(200, {"access_token": "opaque", "expires_in": 60})

    server.token = bare
    assert (await client.sign_in()).user_id == USER_ID


async def test_a_renewal_that_fails_leaves_the_good_token_in_use(
    client: KandyClient, server: RawKandy, clock: Any
) -> None:
    server.other = takes
    await send(client)
    tries = []

    async def broken(asked: Asked) -> bytes:
        tries.append(asked)
        return http(503)

    server.token = broken
    clock.ms += HALF_LIFE_MS
    await send(client)
    await send(client)
    assert len(tries) == 1  # Not at every call.
    clock.ms += 30_000
    await send(client)
    assert len(tries) == 2
    clock.ms += HALF_LIFE_MS
    with pytest.raises(errors.KandyBroken):
        await send(client)
    assert len(server.sends()) == 4


async def test_a_401_renews_once_and_repeats(client: KandyClient, server: RawKandy) -> None:
    await client.sign_in()

    async def only_the_second(asked: Asked) -> bytes:
        return sent() if len(server.sends()) > 1 else http(401, {"message": "Unauthorized"})

    server.other = only_the_second
    assert (await send(client)).message_id == "SM1"
    assert server.issued == 2
    one, two = server.sends()
    assert (one.path, one.body) == (two.path, two.body)
    assert bearer_of(one) != bearer_of(two)


async def test_a_second_401_is_a_refusal(client: KandyClient, server: RawKandy) -> None:
    async def never(_asked: Asked) -> bytes:
        return http(401)

    server.other = never
    with pytest.raises(errors.Refused) as caught:
        await send(client)
    assert caught.value.http_status == 401
    assert not caught.value.may_have_left
    assert (len(server.sends()), server.issued) == (2, 2)


async def test_many_401s_renew_once(client: KandyClient, server: RawKandy) -> None:
    await client.sign_in()
    old = jwt(iat=1000, exp=4600, n=1)
    all_came = asyncio.Event()

    async def new_ones_only(asked: Asked) -> bytes:
        if bearer_of(asked) != old:
            return sent()
        if len(server.sends()) == 5:
            all_came.set()
        await all_came.wait()
        return http(401)

    server.other = new_ones_only
    await asyncio.gather(*(send(client) for _ in range(5)))
    assert server.issued == 2
    assert len(server.sends()) == 10


async def test_a_late_401_takes_the_token_that_is_there_by_then(
    client: KandyClient, server: RawKandy
) -> None:
    await client.sign_in()
    old = jwt(iat=1000, exp=4600, n=1)
    late_came, may_refuse = asyncio.Event(), asyncio.Event()

    async def new_ones_only(asked: Asked) -> bytes:
        if bearer_of(asked) != old:
            return sent()
        if b"late" in asked.body:
            late_came.set()
            await may_refuse.wait()
        return http(401)

    server.other = new_ones_only
    late = asyncio.create_task(client.send(LOCAL, REMOTE, "late"))
    await late_came.wait()
    await send(client)
    assert server.issued == 2
    may_refuse.set()
    await late
    assert server.issued == 2


@pytest.mark.parametrize(
    "answer", [None, http(500), http(200, b"<html>"), http(200, {"access_token": "a"})]
)
async def test_a_sign_in_that_fails_sends_no_text(
    client: KandyClient, server: RawKandy, answer: bytes | None
) -> None:
    async def failing(_asked: Asked) -> bytes | None:
        return answer

    server.token = failing
    with pytest.raises(errors.NetError) as caught:
        await send(client)
    assert not caught.value.may_have_left
    assert not server.sends()


async def test_a_renewal_after_401_that_fails_sends_no_text(
    client: KandyClient, server: RawKandy
) -> None:
    await client.sign_in()

    async def failing(_asked: Asked) -> bytes | None:
        return None

    server.token = server.other = failing

    async def unauthorized(_asked: Asked) -> bytes:
        return http(401)

    server.other = unauthorized
    with pytest.raises(errors.NoAnswer) as caught:
        await send(client)
    assert not caught.value.may_have_left


PROJECT = ProjectCredentials("key", "secret")
USER = UserCredentials("key", "me@example.com", "secret")


@pytest.mark.parametrize(
    ("credentials", "status", "code", "description", "kind"),
    [
        (PROJECT, 401, "unauthorized_client", "Invalid client secret", errors.WrongProjectSecret),
        (PROJECT, 400, "invalid_client", "", errors.WrongProjectSecret),
        (USER, 401, "invalid_grant", "Invalid user credentials", errors.WrongPassword),
        (
            USER,
            400,
            "unauthorized_client",
            "Client not allowed for direct access grants",
            errors.WrongKindOfAccount,
        ),
        (
            PROJECT,
            401,
            "unauthorized_client",
            "Client not enabled to retrieve service account",
            errors.WrongKindOfAccount,
        ),
        (USER, 400, "unsupported_grant_type", "", errors.WrongKindOfAccount),
        (PROJECT, 404, "", "", errors.NotKandy),
        (PROJECT, 403, "", "Account locked", errors.SignInRefused),
    ],
)
async def test_why_the_sign_in_was_refused(
    make_client: MakeClient,
    server: RawKandy,
    credentials: Any,
    status: int,
    code: str,
    description: str,
    kind: type[errors.SignInRefused],
) -> None:
    async def refuse(_asked: Asked) -> bytes:
        return http(status, {"error": code, "error_description": description})

    server.token = refuse
    with pytest.raises(errors.SignInRefused) as caught:
        await make_client(f"http://127.0.0.1:{server.port}", credentials).sign_in()
    assert type(caught.value) is kind
    assert caught.value.text().startswith(kind.sentence)
    assert description in caught.value.text()


async def test_the_sign_in_shows_how_wrong_our_clock_is(
    client: KandyClient, server: RawKandy, clock: Any
) -> None:
    assert client.clock_offset_ms is None
    server.token_headers = {"Date": "Tue, 14 Nov 2023 22:13:30 GMT"}  # 1,700,000,010 s
    await client.sign_in()
    assert client.clock_offset_ms == 10_500

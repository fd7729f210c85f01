"""A simulator within the test's own process, and a signed-in client that speaks plain HTTP to it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx

from sms_desktop.domain.address import Address
from sms_desktop.simulator.server import Simulator
from sms_desktop.simulator.surroundings import Surroundings

OWN = Address("+16139998877")
SECOND = Address("+15202241142")
FOREIGN = Address("+12025550199")
PERSON = Address("+16131234567")
PATIENCE_S = 30


class Sleeps:
    """A sleep that lasts until the test lets it pass, however long was asked for."""

    def __init__(self) -> None:
        self.asked_s: list[float] = []
        self._sleeping: list[asyncio.Event] = []
        self._begun = asyncio.Condition()

    async def sleep(self, seconds: float) -> None:
        passed = asyncio.Event()
        self.asked_s.append(seconds)
        self._sleeping.append(passed)
        async with self._begun:
            self._begun.notify_all()
        await passed.wait()

    async def let_pass(self, sleepers: int = 1) -> None:
        """Wait until so many sleep, then wake everybody."""
        async with asyncio.timeout(PATIENCE_S), self._begun:
            await self._begun.wait_for(lambda: len(self._sleeping) >= sleepers)
        sleeping, self._sleeping = self._sleeping, []
        for passed in sleeping:
            passed.set()


class KandySession:
    """What a client of Kandy does, by hand."""

    def __init__(self, simulator: Simulator) -> None:
        self.known: dict[str, Any] = simulator.sign_in_of(simulator.account)
        self.user_id: str = self.known["user_id"]
        self.http = httpx.AsyncClient(base_url=self.known["base_url"], trust_env=False, timeout=30)
        self.control = httpx.AsyncClient(
            base_url=f"{self.known['control_url']}/simulator", trust_env=False, timeout=30
        )

    async def token(self, **changed: str) -> httpx.Response:
        """Ask for tokens with the project's secret, some fields changed."""
        form = {
            "client_id": self.known["client_id"],
            "client_secret": self.known["client_secret"],
            "grant_type": "client_credentials",
            "scope": "openid",
        }
        return await self.http.post("/cpaas/auth/v1/token", data=form | changed)

    async def sign_in(self) -> str:
        """Have every later request carry a new token, which is returned."""
        token = str((await self.token()).json()["access_token"])
        self.http.headers["Authorization"] = f"Bearer {token}"
        return token

    async def sms(self, method: str, path: str, **more: Any) -> httpx.Response:
        """A request for texts or subscriptions."""
        return await self.http.request(
            method, f"/cpaas/smsmessaging/v1/{self.user_id}{path}", **more
        )

    async def send(
        self, text: str = "hi", sender: str = OWN, addresses: Sequence[str] = (PERSON,)
    ) -> httpx.Response:
        body = {
            "address": list(addresses),
            "clientCorrelator": "tests",
            "outboundSMSTextMessage": {"message": text},
        }
        return await self.sms(
            "POST", f"/outbound/{sender}/requests", json={"outboundSMSMessageRequest": body}
        )

    async def channel(self, channel_type: str, **fields: Any) -> dict[str, Any]:
        """Make a notification channel."""
        made = await self.http.post(
            f"/cpaas/notificationchannel/v1/{self.user_id}/channels",
            json={"notificationChannel": {"channelType": channel_type, **fields}},
        )
        assert made.status_code == 201, made.text
        body: dict[str, Any] = made.json()["notificationChannel"]
        return body

    async def webhook_channel(self, url: str) -> str:
        made = await self.channel("webhooks", channelData={"x-webhookURL": url})
        return str(made["callbackURL"])

    async def subscribe(self, channel_id: str, number: str = OWN) -> httpx.Response:
        wanted = {
            "callbackReference": {"notifyURL": channel_id},
            "clientCorrelator": "tests",
            "destinationAddress": number,
        }
        return await self.sms("POST", "/inbound/subscriptions", json={"subscription": wanted})

    async def subscribe_receipts(self, channel_id: str) -> httpx.Response:
        wanted = {"callbackReference": {"notifyURL": channel_id}, "clientCorrelator": "tests"}
        return await self.sms(
            "POST",
            f"/outbound/{self.user_id}/subscriptions",
            json={"deliveryReceiptSubscription": wanted},
        )

    async def texts(self, **query: str | int) -> list[str]:
        """The texts of one page of the thread with PERSON, newest first."""
        path = f"/remoteAddresses/{PERSON}/localAddresses/{OWN}/messages"
        page = (await self.sms("GET", path, params=query)).json()["smsMessageList"]
        return [message["message"] for message in page["smsMessage"]]

    async def turn(self, path: str, **wanted: Any) -> Any:
        """Turn a knob: ``POST /simulator/<path>``."""
        done = await self.control.post(f"/{path}", json=wanted)
        assert done.status_code == 200, done.text
        return done.json()

    async def until(self, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The counters, once they are as wanted."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                seen: dict[str, Any] = (await self.control.get("/counters")).json()
                if is_so(seen):
                    return seen
                await self.control.get("/changes", params={"since": seen["version"]})

    async def aclose(self) -> None:
        await self.http.aclose()
        await self.control.aclose()


@asynccontextmanager
async def kandy_session(
    seed: str = "empty", around: Surroundings | None = None, numbers: Sequence[Address] = ()
) -> AsyncIterator[KandySession]:
    """A signed-in client of a simulator that runs until the block is left."""
    simulator = Simulator(numbers or (OWN, SECOND), seed, around or Surroundings())
    await simulator.start()
    session = KandySession(simulator)
    try:
        await session.sign_in()
        yield session
    finally:
        await session.aclose()
        await simulator.close()

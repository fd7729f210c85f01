"""The phone at the other end, asked over HTTP: what the phone window of the demo talks to."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from sms_desktop.domain.address import Address
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.phone_line import Person, PhoneMessage

_POLL_S = 25.0


class PhoneLineBroken(SmsDesktopError):
    """The simulator does not answer, or refuses."""

    sentence = "The demo's phone does not answer. Close the program and start the demo again."


class HttpPhoneLine:
    """Asks a running simulator; ``url`` is its ``control_url``.

    Every call raises ``PhoneLineBroken``. Close it with ``aclose``.
    """

    def __init__(self, url: str) -> None:
        # Loopback and plain HTTP only: no proxy, and no time spent on loading certificates.
        self._client = httpx.AsyncClient(
            base_url=url,
            timeout=httpx.Timeout(10.0, read=_POLL_S + 10.0),
            trust_env=False,
            verify=False,  # noqa: S501
        )
        self._seen = 0

    async def people(self) -> Sequence[Person]:
        """Everybody whose phone can be used."""
        found = await self._ask("GET", "/simulator/people")
        return [Person(Address(one["number"]), one["name"]) for one in found]

    async def own_numbers(self) -> Sequence[Address]:
        """The numbers of the demo account that can be texted."""
        found = await self._ask("GET", "/simulator/numbers")
        return [Address(one["number"]) for one in found]

    async def messages(self, person: Address, own: Address) -> Sequence[PhoneMessage]:
        """What stands on that person's phone, in rising order."""
        query = {"person": person, "own": own}
        found = await self._ask("GET", "/simulator/phone", query=query)
        return [PhoneMessage(m["text"], m["mine"], m["at_ms"]) for m in found["messages"]]

    async def write(self, person: Address, own: Address, text: str) -> None:
        """That person texts an own number."""
        wanted = {"person": person, "own": own, "text": text}
        await self._ask("POST", "/simulator/phone/write", wanted)

    async def send_from_another_device(self, person: Address, own: Address, text: str) -> None:
        """The account's owner texts the person from somewhere else than this program."""
        wanted = {"person": person, "own": own, "text": text}
        await self._ask("POST", "/simulator/another-device", wanted)

    async def wait_for_change(self) -> None:
        """Returns when something new stands on a phone; the first call returns what it missed."""
        version = self._seen
        while version <= self._seen:
            query = {"since": str(self._seen), "timeout_s": str(_POLL_S)}
            answer = await self._ask("GET", "/simulator/phone/changes", query=query)
            version = answer["version"]
        self._seen = version

    async def set_network(self, *, up: bool) -> None:
        """Take the network between Kandy and the program down, or up again."""
        await self._ask("POST", "/simulator/network", {"up": up})

    async def cancel_subscription(self, own: Address) -> None:
        """Have Kandy cancel the subscriptions of an own number."""
        await self._ask("POST", "/simulator/subscriptions/cancel", {"number": own})

    async def lose_next_answer(self) -> None:
        """The next text is accepted, but neither its answer nor its notification ever arrives."""
        for kind, route in (("drop-answer", "send"), ("drop-notification", "outbound")):
            await self._ask("POST", "/simulator/faults", {"kind": kind, "route": route})

    async def burst(self, own: Address, count: int = 1000, within_s: float = 10.0) -> None:
        """Many texts arrive at an own number."""
        wanted = {"own": own, "count": count, "within_s": within_s}
        await self._ask("POST", "/simulator/burst", wanted)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _ask(
        self,
        method: str,
        path: str,
        wanted: Mapping[str, object] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        try:
            answer = await self._client.request(method, path, json=wanted, params=query)
            answer.raise_for_status()
            return answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise PhoneLineBroken from error

"""Control routes for the phone at the other end: people, their texts, and who else sends."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from typing import Final

from aiohttp import web

from sms_desktop.domain.address import Address, canonical
from sms_desktop.simulator.background_tasks import BackgroundTasks
from sms_desktop.simulator.carrier import Carrier
from sms_desktop.simulator.handsets import Handsets
from sms_desktop.simulator.people import People
from sms_desktop.simulator.polling import address_in, long_poll
from sms_desktop.simulator.reading import json_body, number_of, optional_text, text_of

_ANYBODY: Final = Address("+12065550100")


class PhoneRoutes:
    """``/simulator/{people,phone,another-device,burst}``."""

    def __init__(
        self,
        carrier: Carrier,
        people: People,
        handsets: Handsets,
        errands: BackgroundTasks,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._carrier = carrier
        self._people = people
        self._handsets = handsets
        self._errands = errands
        self._sleep = sleep

    def routes(self) -> list[web.RouteDef]:
        """The routes to add to an application."""
        return [
            web.get("/simulator/people", self.people),
            web.get("/simulator/phone", self.phone),
            web.get("/simulator/phone/changes", self.changes),
            web.post("/simulator/phone/write", self.write),
            web.post("/simulator/another-device", self.another_device),
            web.post("/simulator/burst", self.burst),
        ]

    async def people(self, _request: web.Request) -> web.Response:
        """Everybody whose phone can be used: the scripted, then others who got a text."""
        known = [asdict(person) for person in self._people.all()]
        numbers = {person["number"] for person in known}
        others = [n for n in self._handsets.people() if n not in numbers]
        return web.json_response([*known, *({"number": n, "name": ""} for n in others)])

    async def phone(self, request: web.Request) -> web.Response:
        """What stands on one phone about one own number: ``?person=…&own=…``."""
        person, own = address_in(request.query, "person"), address_in(request.query, "own")
        messages = [asdict(message) for message in self._handsets.messages(person, own)]
        version = self._handsets.changes.version
        return web.json_response({"version": version, "messages": messages})

    async def changes(self, request: web.Request) -> web.Response:
        """Long poll: answers once something newer than ``?since=…`` stands on a phone."""
        return await long_poll(self._handsets.changes, request)

    async def write(self, request: web.Request) -> web.Response:
        """``{person, own, text}``: that person texts an own number."""
        wanted = await json_body(request)
        person, own = address_in(wanted, "person"), address_in(wanted, "own")
        message = self._carrier.write(person, own, text_of(wanted, "text"))
        return web.json_response({"message_id": message.message_id, "at_ms": message.at_ms})

    async def another_device(self, request: web.Request) -> web.Response:
        """``{person, own, text}``: the account's owner texts that person from elsewhere."""
        wanted = await json_body(request)
        person, own = address_in(wanted, "person"), address_in(wanted, "own")
        message = self._carrier.send_from_elsewhere(own, person, text_of(wanted, "text"))
        return web.json_response({"message_id": message.message_id, "at_ms": message.at_ms})

    async def burst(self, request: web.Request) -> web.Response:
        """``{own, person?, count, within_s}``: many texts come in, from one or from everybody."""
        wanted = await json_body(request)
        own = address_in(wanted, "own")
        one = optional_text(wanted, "person")
        everybody = [person.number for person in self._people.all()] or [_ANYBODY]
        people = [canonical(one)] if one else everybody
        count = int(number_of(wanted, "count", 1000))
        pause_s = number_of(wanted, "within_s", 10) / max(1, count)
        self._errands.run(self._burst(people, own, count, pause_s), "burst")
        return web.json_response({"count": count})

    async def _burst(
        self, people: Sequence[Address], own: Address, count: int, pause_s: float
    ) -> None:
        for number in range(count):
            self._carrier.write(
                people[number % len(people)], own, f"Message {number + 1} of {count}"
            )
            await self._sleep(pause_s)

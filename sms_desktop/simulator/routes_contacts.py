"""Routes for the address book: Kandy's own, which lists, and a control route, which adds."""

from aiohttp import web

from sms_desktop.simulator.address_book import BookEntry
from sms_desktop.simulator.kandy import Kandy
from sms_desktop.simulator.middleware import account_of
from sms_desktop.simulator.paging import page_query
from sms_desktop.simulator.paths import ADDRESS_BOOK
from sms_desktop.simulator.reading import Fields, json_body
from sms_desktop.simulator.refusals import invalid_input


class ContactRoutes:
    """``/cpaas/addressbook/v1/{user_id}/default/contacts``."""

    def __init__(self, kandy: Kandy) -> None:
        self._kandy = kandy

    def routes(self) -> list[web.RouteDef]:
        """The routes to add to the application."""
        path = ADDRESS_BOOK + "/{user_id}/default/contacts"
        return [web.get(path, self.list_all, name="contacts")]

    def control_routes(self) -> list[web.RouteDef]:
        """``/simulator/contacts``."""
        return [web.post("/simulator/contacts", self.add)]

    async def list_all(self, request: web.Request) -> web.Response:
        """One page of the contacts."""
        account = account_of(request)
        page = account.address_book.page(page_query(request.query))
        base = f"{ADDRESS_BOOK}/{account.user_id}/default/contacts"
        listing: Fields = {"resourceURL": base}
        if page.rows:
            listing["contact"] = [_contact(base, entry) for entry in page.rows]
        if page.next_page:
            listing["next"] = page.next_page
        return web.json_response({"contactCollection": listing})

    async def add(self, request: web.Request) -> web.Response:
        """``{attribute: value, …}``: one more contact of the first account; its id."""
        wanted = await json_body(request)
        texts = {name: value for name, value in wanted.items() if isinstance(value, str)}
        if texts != wanted:
            raise invalid_input("attribute")
        entry = self._kandy.accounts()[0].address_book.add(texts)
        return web.json_response({"contactId": entry.contact_id})


def _contact(base: str, entry: BookEntry) -> Fields:
    own = f"{base}/{entry.contact_id}"
    attributes = [{"name": name, "value": value} for name, value in entry.attributes.items()]
    return {
        "attributeList": {"attribute": attributes, "resourceURL": f"{own}/attributes"},
        "contactId": entry.contact_id,
        "resourceURL": own,
    }

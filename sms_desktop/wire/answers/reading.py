"""What the readers of all answers share: from a body to its fields, or ``UnreadableAnswer``."""

from urllib.parse import unquote

from sms_desktop.wire import json_text
from sms_desktop.wire.errors import UnreadableAnswer
from sms_desktop.wire.fields import Fields, entries, fields, word
from sms_desktop.wire.text import storable


def answer(body: bytes) -> Fields:
    """The fields of an answer. Raises ``UnreadableAnswer`` if the body is no JSON object."""
    try:
        value = json_text.load(body)
    except json_text.NotJson as error:
        raise UnreadableAnswer(f"Kandy's answer is {error}.") from None
    if not isinstance(value, dict):
        raise UnreadableAnswer("Kandy's answer is JSON, but not an object.")
    return value


def one(body: bytes, name: str) -> Fields:
    """The object under the answer's one key. Raises ``UnreadableAnswer`` if it is not there."""
    found = fields(answer(body).get(name))
    if not found:
        raise UnreadableAnswer(f"Kandy's answer has no {name}.")
    return found


def several(body: bytes, list_name: str, name: str) -> tuple[list[Fields], int, str | None]:
    """The objects of a list answer, how many things were no objects, the pointer to the next page.

    Kandy leaves the inner key out when there is nothing to list. One bare object is a list of one.
    Raises ``UnreadableAnswer`` for an object that is about something else, so that an error is
    never taken for an empty list.
    """
    whole = answer(body)
    if not whole:
        return [], 0, None
    if list_name not in whole:
        if name not in whole:
            raise UnreadableAnswer(f"Kandy's answer has no {list_name}.")
        found, skipped = entries(whole[name])
        return found, skipped, next_page(whole)
    inner = whole[list_name]
    if isinstance(inner, list):
        found, skipped = entries(inner)
        return found, skipped, next_page(whole)
    if inner is not None and not isinstance(inner, dict):
        raise UnreadableAnswer(f"The {list_name} in Kandy's answer is not a list.")
    listing = fields(inner)
    found, skipped = entries(listing.get(name))
    return found, skipped, next_page(listing) or next_page(whole)


def next_page(listing: Fields) -> str | None:
    """The pointer to the next page, for the query parameter ``next``; ``None`` on the last page.

    The vendor says only that an answer provides it. Understood are a bare pointer, a URL that has
    it as its ``next`` parameter, and either of them as the link of relation ``next``.
    """
    if pointer := word(listing, "next"):
        return _pointer(pointer)
    links = [fields(listing.get("next")), *entries(listing.get("link"))[0]]
    for link in links:
        if word(link, "rel").lower() in ("next", "") and (href := word(link, "href")):
            return _pointer(href)
    return None


def _pointer(raw: str) -> str | None:
    for parameter in raw.partition("?")[2].partition("#")[0].split("&"):
        name, _, value = parameter.partition("=")
        if name == "next":
            # Not unquote_plus: a pointer may be Base64, where a plus is a plus.
            return storable(unquote(value, errors="replace")) or None
    # A URL without the parameter points nowhere that could be asked for; Base64 may begin with "/".
    return None if raw.startswith(("http://", "https://", "/cpaas/")) else raw

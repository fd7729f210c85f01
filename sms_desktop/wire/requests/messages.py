"""Requests about messages and the threads that they form."""

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import MessageId
from sms_desktop.wire.paths import sms_path
from sms_desktop.wire.requests.request import EVERYTHING, PageQuery, Request
from sms_desktop.wire.text import storable


def send(user_id: str, sender: Address, remote: Address, text: str, correlator: str) -> Request:
    """Sends one text to one destination.

    ``sender`` is an own number or ``default``. ``correlator`` names the device; Kandy does not use
    it to recognise a repeated request, so a repeated send is a second message.
    """
    body = {
        "outboundSMSMessageRequest": {
            # An array by form only: version 1 takes one destination.
            "address": [storable(remote)],
            "clientCorrelator": storable(correlator),
            "outboundSMSTextMessage": {"message": storable(text)},
        }
    }
    return Request("POST", sms_path(user_id, "outbound", sender, "requests"), json=body)


def threads(user_id: str, page: PageQuery = EVERYTHING) -> Request:
    """Lists all threads of a user."""
    return Request("GET", sms_path(user_id, "remoteAddresses"), page.parameters())


def threads_with(user_id: str, remote: Address, page: PageQuery = EVERYTHING) -> Request:
    """Lists the threads with one remote address, one for each own number."""
    return Request("GET", sms_path(user_id, "remoteAddresses", remote), page.parameters())


def thread(user_id: str, remote: Address, local: Address) -> Request:
    """Describes one thread."""
    return Request("GET", _thread_path(user_id, remote, local))


def messages(
    user_id: str, remote: Address, local: Address, page: PageQuery = EVERYTHING
) -> Request:
    """Lists the messages of one thread."""
    return Request("GET", _thread_path(user_id, remote, local, "messages"), page.parameters())


def message_status(user_id: str, remote: Address, local: Address, message_id: MessageId) -> Request:
    """Asks how far one message has come."""
    return Request("GET", _thread_path(user_id, remote, local, "messages", message_id, "status"))


def delete_thread(user_id: str, remote: Address, local: Address) -> Request:
    """Deletes a thread with all its messages; 404 says that there is nothing left to delete."""
    return Request("DELETE", _thread_path(user_id, remote, local))


def delete_message(user_id: str, remote: Address, local: Address, message_id: MessageId) -> Request:
    """Deletes one message; 404 says that it is gone already."""
    return Request("DELETE", _thread_path(user_id, remote, local, "messages", message_id))


def _thread_path(user_id: str, remote: Address, local: Address, *parts: str) -> str:
    return sms_path(user_id, "remoteAddresses", remote, "localAddresses", local, *parts)

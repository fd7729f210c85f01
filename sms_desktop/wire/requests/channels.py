"""Requests about notification channels: the ways by which notifications reach this computer."""

from urllib.parse import quote

from sms_desktop.domain.ids import ChannelId
from sms_desktop.wire.paths import channels_path, path_of
from sms_desktop.wire.requests.request import Request
from sms_desktop.wire.text import storable


def webhook_channel(user_id: str, url: str, correlator: str, authorization: str = "") -> Request:
    """Makes a channel that posts each notification to a public HTTPS address.

    ``authorization``: what each call shall carry as its ``Authorization`` header. The vendor's SDKs
    have the field in their fixtures; nobody promises that Kandy heeds it.
    """
    data = {"x-webhookURL": storable(url)}
    if authorization:
        data["x-authorization"] = storable(authorization)
    channel = {
        "channelType": "webhooks",
        "clientCorrelator": storable(correlator),
        "channelData": data,
    }
    return Request("POST", channels_path(user_id), json={"notificationChannel": channel})


def websocket_channel(user_id: str, lifetime_s: int, correlator: str) -> Request:
    """Makes a channel that is a websocket; with role ``client``, it is we who ask for life signs."""
    channel = {
        "channelType": "Websockets",
        "channelLifetime": lifetime_s,
        "clientCorrelator": storable(correlator),
        "x-connCheckRole": "client",
    }
    return Request("POST", channels_path(user_id), json={"notificationChannel": channel})


def renew_channel(channel_url: str, lifetime_s: int) -> Request:
    """Lengthens the life of a websocket channel; ``channel_url`` as Kandy gave it, path or URL.

    Only the path is used, so that an answer cannot send our token to another host.
    """
    path = quote(storable(path_of(channel_url)).rstrip("/"), safe="/%+:@")
    body = {"notificationChannelLifetime": {"channelLifetime": lifetime_s}}
    return Request("PUT", path + "/channelLifetime", json=body)


def channels(user_id: str) -> Request:
    """Lists the channels of a user."""
    return Request("GET", channels_path(user_id))


def channel(user_id: str, channel_id: ChannelId) -> Request:
    """Describes one channel."""
    return Request("GET", channels_path(user_id, channel_id))


def delete_channel(user_id: str, channel_id: ChannelId) -> Request:
    """Closes one channel."""
    return Request("DELETE", channels_path(user_id, channel_id))

"""The resource URLs that Kandy's answers name; a ``+`` stands in them as it is."""

SMS = "/cpaas/smsmessaging/v1"
CHANNELS = "/cpaas/notificationchannel/v1"
ADDRESS_BOOK = "/cpaas/addressbook/v1"


def thread_path(user_id: str, remote: str, local: str) -> str:
    """One thread."""
    return f"{SMS}/{user_id}/remoteAddresses/{remote}/localAddresses/{local}"


def message_path(user_id: str, remote: str, local: str, message_id: str) -> str:
    """One message."""
    return f"{thread_path(user_id, remote, local)}/messages/{message_id}"


def subscription_path(user_id: str, subscription_id: str) -> str:
    """One inbound subscription."""
    return f"{SMS}/{user_id}/inbound/subscriptions/{subscription_id}"


def receipts_path(user_id: str, subscription_id: str) -> str:
    """One subscription to delivery receipts."""
    return f"{SMS}/{user_id}/outbound/{user_id}/subscriptions/{subscription_id}"


def channel_path(user_id: str, channel_id: str) -> str:
    """One notification channel."""
    return f"{CHANNELS}/{user_id}/channels/{channel_id}"


def websocket_path(user_id: str, channel_id: str) -> str:
    """Where a websocket channel is connected to (``channelURL``)."""
    return f"{channel_path(user_id, channel_id)}/websocket"

"""The bodies of the simulated Kandy's answers, written from the protocol alone."""

from collections.abc import Sequence

from sms_desktop.domain.message import Direction
from sms_desktop.simulator.channels import Channel, ChannelKind
from sms_desktop.simulator.messages import StoredMessage, ThreadSummary
from sms_desktop.simulator.paging import Page
from sms_desktop.simulator.paths import (
    CHANNELS,
    SMS,
    channel_path,
    message_path,
    receipts_path,
    subscription_path,
    thread_path,
    websocket_path,
)
from sms_desktop.simulator.subscriptions import Subscription

Body = dict[str, object]


def sent(user_id: str, message: StoredMessage, address: str, correlator: str) -> Body:
    """The answer to a send; ``address`` is the destination in the form that it was given."""
    path = message_path(user_id, message.remote, message.local, message.message_id)
    info = [{"address": message.remote, "deliveryStatus": message.status.value}]
    return {
        "outboundSMSMessageRequest": {
            "address": [address],
            "clientCorrelator": correlator,
            "deliveryInfoList": {"deliveryInfo": info, "resourceURL": f"{path}/deliveryInfos"},
            "outboundSMSTextMessage": {"message": message.text},
            "resourceURL": path,
            "senderAddress": message.local,
        }
    }


def thread(user_id: str, summary: ThreadSummary) -> Body:
    """One thread, without an outer key."""
    pulled = summary.pulled_at_ms
    details: Body = {
        "firstMessageTime": summary.first_at_ms,
        "lastMessageTime": summary.last_at_ms,
        # Clients may count on every key; of a thread that nobody has read, the time when it began.
        "lastPullTime": summary.first_at_ms if pulled is None else pulled,
        "lastText": summary.last_text,
        "length": summary.length,
        "new": summary.new,
    }
    return {
        "remoteAddress": summary.remote,
        "localAddress": summary.local,
        "threadDetails": details,
        "resourceURL": thread_path(user_id, summary.remote, summary.local),
    }


def thread_list(user_id: str, page: Page[ThreadSummary]) -> Body:
    """One page of threads."""
    rows = [thread(user_id, summary) for summary in page.rows]
    return {
        "smsThreadList": {
            "smsThread": rows,
            "resourceURL": f"{SMS}/{user_id}/remoteAddresses",
            **_next(page.next_page),
        }
    }


def message_list(
    user_id: str, remote: str, local: str, page: Page[StoredMessage], *, in_seconds: bool
) -> Body:
    """One page of a thread's messages; ``in_seconds`` states the times as some fixtures do."""
    rows = [
        {
            "type": "Inbound" if message.direction is Direction.INBOUND else "Outbound",
            "messageId": message.message_id,
            "message": message.text,
            "status": message.status.value,
            "dateTime": message.at_ms // 1000 if in_seconds else message.at_ms,
            "resourceURL": message_path(user_id, remote, local, message.message_id),
        }
        for message in page.rows
    ]
    return {
        "smsMessageList": {
            "smsMessage": rows,
            "resourceURL": f"{thread_path(user_id, remote, local)}/messages",
            **_next(page.next_page),
        }
    }


def subscription(user_id: str, one: Subscription) -> Body:
    """One inbound subscription, without an outer key."""
    return {
        "callbackReference": {"notifyURL": one.channel_id},
        "clientCorrelator": one.correlator,
        "destinationAddress": one.number,
        "resourceURL": subscription_path(user_id, one.subscription_id),
    }


def subscription_list(user_id: str, found: Sequence[Subscription]) -> Body:
    """All inbound subscriptions; without any, the list itself is missing."""
    body: Body = {"resourceURL": f"{SMS}/{user_id}/inbound/subscriptions"}
    if found:
        body["subscription"] = [subscription(user_id, one) for one in found]
    return {"subscriptionList": body}


def receipts_subscription(user_id: str, one: Subscription) -> Body:
    """A subscription to delivery receipts."""
    return {
        "deliveryReceiptSubscription": {
            "callbackReference": {"notifyURL": one.channel_id},
            "clientCorrelator": one.correlator,
            "resourceURL": receipts_path(user_id, one.subscription_id),
        }
    }


def channel(user_id: str, one: Channel) -> Body:
    """One notification channel, without an outer key."""
    body: Body = {
        "callbackURL": one.channel_id,
        "channelType": one.kind.value,
        "clientCorrelator": one.correlator,
        "resourceURL": channel_path(user_id, one.channel_id),
    }
    if one.kind is ChannelKind.WEBSOCKET:
        body["channelData"] = {"channelURL": websocket_path(user_id, one.channel_id)}
        body["channelLifetime"] = one.lifetime_s
        body["x-connCheckRole"] = one.check_role
        return body
    data = {"x-webhookURL": one.url}
    if one.authorization is not None:
        data["x-authorization"] = one.authorization
    body["channelData"] = data
    return body


def channel_list(user_id: str, found: Sequence[Channel]) -> Body:
    """All notification channels."""
    rows = [channel(user_id, one) for one in found]
    url = f"{CHANNELS}/{user_id}/channels"
    return {"notificationChannelList": {"notificationChannel": rows, "resourceURL": url}}


def _next(pointer: str | None) -> dict[str, str]:
    return {} if pointer is None else {"next": pointer}

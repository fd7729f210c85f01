"""Who is told of what: subscriptions, webhooks, receipts and cancellations."""

import asyncio
from typing import Any

from tests.helpers.kandy_session import FOREIGN, OWN, PERSON, SECOND, KandySession
from tests.helpers.webhook import Webhook


async def next_of(webhook: Webhook) -> dict[str, Any]:
    return await asyncio.to_thread(webhook.next)


async def listen(kandy: KandySession, webhook: Webhook) -> str:
    channel_id = await kandy.webhook_channel(webhook.url)
    assert (await kandy.subscribe(channel_id)).status_code == 201
    return channel_id


async def test_an_inbound_text_is_posted_to_the_webhook(
    kandy: KandySession, webhook: Webhook
) -> None:
    await listen(kandy, webhook)
    message_id = (await kandy.turn("phone/write", person=PERSON, own=OWN, text="hé 🎉"))[
        "message_id"
    ]
    body = (await next_of(webhook))["inboundSMSMessageNotification"]
    stated = body["inboundSMSMessage"]
    assert (stated["message"], stated["messageId"]) == ("hé 🎉", message_id)
    assert (stated["senderAddress"], stated["destinationAddress"]) == (PERSON, OWN)
    assert body["dateTime"] >= stated["dateTime"] > 1_500_000_000_000
    assert body["id"]


async def test_the_misspelt_key_where_that_is_wanted(kandy: KandySession, webhook: Webhook) -> None:
    await listen(kandy, webhook)
    await kandy.turn("settings", misspelt_sender=True)
    await kandy.turn("phone/write", person=PERSON, own=OWN, text="hi")
    stated = (await next_of(webhook))["inboundSMSMessageNotification"]["inboundSMSMessage"]
    assert stated["senderAdress"] == PERSON
    assert "senderAddress" not in stated


async def test_a_number_without_a_subscription_is_not_heard(
    kandy: KandySession, webhook: Webhook
) -> None:
    await listen(kandy, webhook)
    await kandy.turn("phone/write", person=PERSON, own=SECOND, text="unheard")
    await kandy.send(sender=SECOND)
    await kandy.turn("phone/write", person=PERSON, own=OWN, text="heard")
    body = await next_of(webhook)
    assert body["inboundSMSMessageNotification"]["inboundSMSMessage"]["message"] == "heard"
    assert webhook.is_empty()


async def test_other_devices_learn_of_a_sent_text_while_an_inbound_subscription_exists(
    kandy: KandySession, webhook: Webhook
) -> None:
    channel_id = await kandy.webhook_channel(webhook.url)
    made = (await kandy.subscribe(channel_id)).json()["subscription"]
    url = (await kandy.send("told")).json()["outboundSMSMessageRequest"]["resourceURL"]
    stated = (await next_of(webhook))["outboundSMSMessageNotification"]["outboundSMSMessage"]
    assert url.endswith(stated["messageId"])
    assert (stated["senderAddress"], stated["destinationAddress"]) == (OWN, PERSON)
    assert (await kandy.http.delete(made["resourceURL"])).status_code == 204
    await kandy.send("not told")
    await kandy.subscribe(channel_id)
    await kandy.turn("another-device", person=PERSON, own=OWN, text="elsewhere")
    stated = (await next_of(webhook))["outboundSMSMessageNotification"]["outboundSMSMessage"]
    assert stated["message"] == "elsewhere"


async def test_subscriptions_are_listed_read_and_ended(
    kandy: KandySession, webhook: Webhook
) -> None:
    empty = (await kandy.sms("GET", "/inbound/subscriptions")).json()
    assert "subscription" not in empty["subscriptionList"]
    channel_id = await listen(kandy, webhook)
    (listed,) = (await kandy.sms("GET", "/inbound/subscriptions")).json()["subscriptionList"][
        "subscription"
    ]
    assert listed["callbackReference"] == {"notifyURL": channel_id}
    assert listed["destinationAddress"] == OWN
    one = (await kandy.http.get(listed["resourceURL"])).json()["subscription"]
    assert one == listed
    assert (await kandy.http.delete(listed["resourceURL"])).status_code == 204
    assert (await kandy.http.delete(listed["resourceURL"])).status_code == 404
    assert (await kandy.http.get(listed["resourceURL"])).status_code == 404


async def test_what_cannot_be_subscribed(kandy: KandySession, webhook: Webhook) -> None:
    channel_id = await kandy.webhook_channel(webhook.url)
    assert (await kandy.subscribe(channel_id, FOREIGN)).status_code == 403
    assert (await kandy.subscribe("wh-none")).status_code == 400
    # Without a number it is the default one.
    answer = await kandy.subscribe(channel_id, "")
    assert answer.json()["subscription"]["destinationAddress"] == OWN


async def test_delivery_reports_go_to_those_who_asked(
    kandy: KandySession, webhook: Webhook
) -> None:
    channel_id = await kandy.webhook_channel(webhook.url)
    made = await kandy.subscribe_receipts(channel_id)
    assert made.status_code == 201
    url = (await kandy.send()).json()["outboundSMSMessageRequest"]["resourceURL"]
    message_id = url.rpartition("/")[2]
    await kandy.turn("report", message_id=message_id, status="DeliveredToTerminal")
    info = (await next_of(webhook))["deliveryInfoNotification"]["deliveryInfo"]
    assert info == {
        "address": PERSON,
        "deliveryStatus": "DeliveredToTerminal",
        "messageId": message_id,
    }
    assert (await kandy.http.get(f"{url}/status")).json() == {"status": "DeliveredToTerminal"}
    receipts = made.json()["deliveryReceiptSubscription"]["resourceURL"]
    assert (await kandy.http.delete(receipts)).status_code == 204
    assert (await kandy.http.delete(receipts)).status_code == 404


async def test_a_number_that_is_taken_away_cancels_its_subscription(
    kandy: KandySession, webhook: Webhook
) -> None:
    channel_id = await kandy.webhook_channel(webhook.url)
    made = (await kandy.subscribe(channel_id, SECOND)).json()["subscription"]
    await kandy.turn("numbers/unassign", number=SECOND)
    body = (await next_of(webhook))["smsSubscriptionCancellationNotification"]
    assert body["link"] == [{"href": made["resourceURL"], "rel": "Subscription"}]
    assert (await kandy.http.get(made["resourceURL"])).status_code == 404
    assert (await kandy.subscribe(channel_id, SECOND)).status_code == 403
    assert (await kandy.send(sender=SECOND)).status_code == 403


async def test_every_message_of_a_deleted_thread_is_told(
    kandy: KandySession, webhook: Webhook
) -> None:
    urls = [(await kandy.send()).json()["outboundSMSMessageRequest"]["resourceURL"] for _ in "ab"]
    await listen(kandy, webhook)
    await kandy.http.delete(urls[0].partition("/messages/")[0])
    for url in urls:
        event = (await next_of(webhook))["smsEventNotification"]
        assert event["eventType"] == "MessageDeleted"
        assert event["link"] == [{"href": url, "rel": "smsMessage"}]


async def test_the_authorization_is_named_and_sent_or_withheld_or_absent(
    kandy: KandySession, webhook: Webhook
) -> None:
    data = {"x-webhookURL": webhook.url}
    for mode, named, sent in (
        ("sent", True, True),
        ("withheld", True, False),
        ("absent", False, False),
    ):
        await kandy.turn("settings", authorization=mode)
        made = await kandy.channel("webhooks", channelData=data)
        secret = made["channelData"].get("x-authorization")
        assert (secret is not None) is named
        subscription = (await kandy.subscribe(made["callbackURL"])).json()["subscription"]
        await kandy.turn("phone/write", person=PERSON, own=OWN, text="hi")
        await next_of(webhook)
        assert webhook.headers[-1].get("Authorization") == (secret if sent else None)
        await kandy.http.delete(subscription["resourceURL"])


async def test_a_client_may_name_the_authorization_itself(kandy: KandySession) -> None:
    data = {"x-webhookURL": "https://sms.example.com/x", "x-authorization": "Bearer mine"}
    made = await kandy.channel("webhooks", channelData=data)
    assert made["channelData"] == data


async def test_a_webhook_is_tried_once_and_its_answer_counted(
    kandy: KandySession, webhook: Webhook
) -> None:
    await listen(kandy, webhook)
    webhook.status = 503
    await kandy.turn("phone/write", person=PERSON, own=OWN, text="hi")
    seen = await kandy.until(lambda seen: bool(seen["notifications"]))
    assert seen["webhooks"] == {"503": 1}
    webhook.close()
    await kandy.turn("phone/write", person=PERSON, own=OWN, text="hi")
    seen = await kandy.until(lambda seen: len(seen["notifications"]) == 2)
    assert seen["webhooks"] == {"503": 1, "unreachable": 1}


async def test_a_deleted_channel_takes_its_subscriptions_along(
    kandy: KandySession, webhook: Webhook
) -> None:
    channel_id = await listen(kandy, webhook)
    channels = f"/cpaas/notificationchannel/v1/{kandy.user_id}/channels"
    listed = (await kandy.http.get(channels)).json()["notificationChannelList"]
    (channel,) = listed["notificationChannel"]
    assert (channel["callbackURL"], channel["channelType"]) == (channel_id, "Webhooks")
    assert channel["channelData"]["x-webhookURL"] == webhook.url
    assert (await kandy.http.delete(channel["resourceURL"])).status_code == 204
    assert (await kandy.http.delete(channel["resourceURL"])).status_code == 404
    assert (await kandy.control.get("/subscriptions")).json() == []


async def test_own_numbers_can_text_each_other(kandy: KandySession, webhook: Webhook) -> None:
    await listen(kandy, webhook)
    await kandy.send("to myself", sender=SECOND, addresses=[OWN])
    stated = (await next_of(webhook))["inboundSMSMessageNotification"]["inboundSMSMessage"]
    assert (stated["senderAddress"], stated["message"]) == (SECOND, "to myself")

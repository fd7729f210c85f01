"""Ends websocket channels when their lifetime is over."""

from collections.abc import Awaitable, Callable

from sms_desktop.domain.clock import NowMs
from sms_desktop.simulator.background_tasks import BackgroundTasks
from sms_desktop.simulator.channels import Channel
from sms_desktop.simulator.kandy import Kandy
from sms_desktop.simulator.notification_delivery import NotificationDelivery


class Lifetimes:
    """Looks after channels that were made or renewed, and after all of them when the clock moved."""

    def __init__(
        self,
        kandy: Kandy,
        courier: NotificationDelivery,
        errands: BackgroundTasks,
        now_ms: NowMs,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._kandy = kandy
        self._courier = courier
        self._errands = errands
        self._now_ms = now_ms
        self._sleep = sleep

    def watch(self, channel: Channel) -> None:
        """Come back when this channel's present lifetime is over."""
        if channel.expires_at_ms is not None:
            wait_s = (channel.expires_at_ms - self._now_ms()) / 1000
            self._errands.run(self._end_after(wait_s), "channel lifetime")

    async def end_expired(self) -> None:
        """Forget what is over, and close its connections."""
        for account in self._kandy.accounts():
            await self._courier.hang_up(account.drop_expired_channels())

    async def _end_after(self, wait_s: float) -> None:
        await self._sleep(max(0.0, wait_s))
        await self.end_expired()

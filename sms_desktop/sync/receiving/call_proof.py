"""Whether a webhook call is Kandy's, by the authorization that was agreed on with the channel.

Nobody promises that Kandy sends it. So a call without it counts until the first call that carried
it, and none after that: then a path that leaked is of no use to a stranger.
"""

import hmac
import logging
from collections.abc import Mapping

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import AccountId, ChannelId
from sms_desktop.store import channels
from sms_desktop.store.database import Database
from sms_desktop.store.errors import StoreError

_log = logging.getLogger(__name__)


class CallProof:
    """The proof of one channel; ``expected`` is empty where none was agreed on."""

    def __init__(
        self,
        account_id: AccountId,
        channel_id: ChannelId,
        expected: str,
        store: Database,
        now_ms: NowMs,
        *,
        was_seen: bool = False,
    ) -> None:
        self._account_id = account_id
        self._channel_id = channel_id
        self._expected = expected.encode()
        self._store = store
        self._now_ms = now_ms
        self._was_seen = was_seen
        self._is_written = was_seen

    def admits(self, headers: Mapping[str, str]) -> bool:
        """Whether a call with these headers counts."""
        offered = headers.get("Authorization", "").encode(errors="replace")
        is_right = bool(self._expected) and hmac.compare_digest(offered, self._expected)
        self._was_seen = self._was_seen or is_right
        return is_right or not self._was_seen

    async def write_down(self) -> None:
        """Keep that the authorization was seen; where the disk does not take it, the next time."""
        if not self._was_seen or self._is_written:
            return
        now_ms = self._now_ms()
        try:
            await self._store.write(
                lambda db: channels.saw_authorization(
                    db, self._account_id, self._channel_id, now_ms
                )
            )
            self._is_written = True
        except StoreError as error:
            _log.info("an authorization was not written down: %s", type(error).__name__)

"""What the server saw and did, so that a test can ask; and waiting for something new."""

import asyncio
from collections import Counter
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class AcceptedText:
    """One text that Kandy accepted for the network."""

    message_id: str
    sender: str
    remote: str
    text: str
    at_ms: int
    user_id: str


@dataclass(frozen=True, slots=True)
class DeliveryAttempt:
    """One try to hand over a notification.

    ``outcome``: the webhook's HTTP status as text, ``sent`` for a websocket frame, or
    ``unreachable``, ``no-answer``, ``not-connected``, ``dropped``, ``network-down``, ``no-channel``.
    """

    notification_id: str
    kind: str
    channel_id: str
    outcome: str
    message_id: str = ""


class Changes:
    """A version that rises with each change, and waiting for it to rise."""

    def __init__(self) -> None:
        self.version = 0
        self._waiting: set[asyncio.Future[None]] = set()

    def note(self) -> None:
        """Something changed: wake who waits."""
        self.version += 1
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def beyond(self, version: int, timeout_s: float) -> int:
        """The version once it is above ``version``, or after ``timeout_s`` whatever it is."""
        while self.version <= version:
            future = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await asyncio.wait_for(future, timeout_s)
            except TimeoutError:
                break
            finally:
                self._waiting.discard(future)
        return self.version


class Journal:
    """Counts of requests and answers by route, accepted texts, and tries to notify."""

    def __init__(self) -> None:
        self.changes = Changes()
        self._requests: Counter[str] = Counter()
        self._answers: Counter[str] = Counter()
        self._accepted: list[AcceptedText] = []
        self._attempts: list[DeliveryAttempt] = []
        self._held = 0

    def request(self, route: str) -> None:
        """A request came in."""
        self._requests[route] += 1
        self.changes.note()

    def answer(self, route: str, outcome: str) -> None:
        """It was answered with a status, or ``cut``."""
        self._answers[f"{route} {outcome}"] += 1
        self.changes.note()

    def accepted(self, text: AcceptedText) -> None:
        """A text was accepted, whether or not the client learns of it."""
        self._accepted.append(text)
        self.changes.note()

    def attempt(self, attempt: DeliveryAttempt) -> None:
        """A notification was tried."""
        self._attempts.append(attempt)
        self.changes.note()

    def hold(self, difference: int) -> None:
        """So many more (or fewer) answers and notifications are held until they are released."""
        self._held += difference
        self.changes.note()

    def clear(self) -> None:
        """Start counting again; the version goes on."""
        self._requests.clear()
        self._answers.clear()
        self._accepted.clear()
        self._attempts.clear()
        self.changes.note()

    def snapshot(self) -> dict[str, object]:
        """Everything, as JSON values."""
        return {
            "version": self.changes.version,
            "requests": dict(self._requests),
            "answers": dict(self._answers),
            "accepted": [asdict(text) for text in self._accepted],
            "notifications": [asdict(attempt) for attempt in self._attempts],
            "held": self._held,
            "webhooks": dict(Counter(attempt.outcome for attempt in self._attempts)),
        }

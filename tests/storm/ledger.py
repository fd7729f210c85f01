"""What must be true after every kill and at the end, kept apart from the program that is tested.

The ledger knows what was asked and what the server saw; a ``Look`` is what the program has kept.
Every finding is a sentence; none means that the promise held.
"""

from collections import Counter
from dataclasses import dataclass, field

from sms_desktop.domain.delivery import NEXT, State
from sms_desktop.domain.message import TimelineKey
from tests.helpers.simulator import Seen
from tests.storm.look import Look

_STATUS = {"DeliveredToTerminal": State.DELIVERED, "DeliveryImpossible": State.IMPOSSIBLE}
_WAITING = (State.SCHEDULED, State.QUEUED, State.SENDING, State.UNCONFIRMED)
_NOT_AT_KANDY = (State.REFUSED, State.NOT_SENT)


@dataclass
class Ask:
    """One text that was asked for; ``outcome``: ``nobody``, ``maybe`` or ``kept``."""

    text: str
    sender: str
    remote: str
    outcome: str = "maybe"
    client_id: str = ""


@dataclass
class Ledger:
    """Everything that was done to the program and to the server."""

    asks: list[Ask] = field(default_factory=list)
    inbound: set[str] = field(default_factory=set)
    elsewhere: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    reported: dict[str, str] = field(default_factory=dict)
    _states: dict[str, State] = field(default_factory=dict)
    _keys: dict[str, TimelineKey] = field(default_factory=dict)

    def findings(self, look: Look, seen: Seen) -> list[str]:
        """What is wrong on the disk after a kill."""
        found = [] if look.integrity == "ok" else [f"integrity: {look.integrity}"]
        found += self._lost(look, seen)
        found += self._wishes_lost(look)
        found += self._gone_back(look)
        found += self._twice(look, seen)
        return found

    def last_findings(self, look: Look, seen: Seen) -> list[str]:
        """What is wrong when everything has come to rest."""
        found = self.findings(look, seen)
        found += [
            f"stuck: {wish.text} {wish.state}"
            for wish in look.wishes.values()
            if wish.state in _WAITING and wish.carrier is None
        ]
        everything = self.everything(seen)
        known = look.messages.keys()
        found += [f"never came: {m}" for m in sorted(everything - self.deleted - known)]
        found += [
            f"gone: {m}"
            for m in sorted(everything - self.deleted)
            if m in look.messages and look.messages[m].is_deleted
        ]
        return found + self._falsely_not_sent(look, seen)

    def everything(self, seen: Seen) -> set[str]:
        """Every message that the server ever had."""
        return {one["message_id"] for one in seen.accepted} | self.inbound

    def _lost(self, look: Look, seen: Seen) -> list[str]:
        """Notifications that were answered with 200 and left no trace."""
        found = []
        for told in seen.notifications:
            message_id = told["message_id"]
            if told["outcome"] != "200" or not message_id:
                continue
            kept, early = look.messages.get(message_id), look.early.get(message_id)
            match told["kind"]:
                case "deleted":
                    is_there = bool(kept and kept.is_deleted) or bool(early and early[1])
                case "report":
                    at_least = _STATUS[self.reported[message_id]]
                    state = kept.state if kept else (early[0] if early else None)
                    is_there = state is not None and _leads(at_least, state)
                case _:
                    is_there = kept is not None
            if not is_there:
                found.append(f"answered 200 and lost: {told['kind']} {message_id}")
        return found

    def _wishes_lost(self, look: Look) -> list[str]:
        known = look.wishes.keys() | {m.client_id for m in look.messages.values()}
        return [
            f"asked for, kept, and lost: {ask.text}"
            for ask in self.asks
            if ask.outcome == "kept" and ask.client_id not in known
        ]

    def _gone_back(self, look: Look) -> list[str]:
        """States that went backwards and bubbles that moved, since the last look."""
        found = []
        for message_id, message in look.messages.items():
            before = self._states.get(message_id, message.state)
            if not _leads(before, message.state):
                found.append(f"{message_id} went from {before} back to {message.state}")
            self._states[message_id] = message.state
        clients = {m.client_id for m in look.messages.values() if m.client_id} | look.wishes.keys()
        guessed = {c for c, wish in look.wishes.items() if wish.carrier}
        for client_id in clients:
            now = look.of_client(client_id)
            assert now is not None
            before = self._states.get(client_id, now[0])
            if not _leads(before, now[0]):
                found.append(f"wish {client_id} went from {before} back to {now[0]}")
            is_placed = now[0] is not State.SCHEDULED
            if is_placed and self._keys.setdefault(client_id, now[1]) != now[1]:
                found.append(f"the bubble of {client_id} moved")
            # What only seems to carry a wish may turn out to be another message.
            if client_id in guessed:
                self._states.pop(client_id, None)
            else:
                self._states[client_id] = now[0]
        return found

    def _twice(self, look: Look, seen: Seen) -> list[str]:
        asked = Counter(ask.text for ask in self.asks if ask.outcome != "nobody")
        others = Counter(self.elsewhere.values())
        bubbles = Counter(look.bubbles)
        accepted = Counter(seen.texts())
        most = asked + others
        found = [
            f"shown {bubbles[text]} times: {text}"
            for text in set(asked) | set(others)
            if bubbles[text] > most[text]
        ]
        return found + [
            f"reached the server {accepted[text]} times: {text}"
            for text in accepted
            if accepted[text] > most[text]
        ]

    def _falsely_not_sent(self, look: Look, seen: Seen) -> list[str]:
        """Texts of which the program says that they were not sent, and which were."""
        asked = Counter(ask.text for ask in self.asks)
        ours = Counter(one["text"] for one in seen.accepted if not self._is_foreign(one))
        denied = Counter(w.text for w in look.wishes.values() if w.state in _NOT_AT_KANDY)
        unsure = {one["text"] for one in seen.accepted if one["message_id"] in self.deleted}
        return [
            f"sent, and called not sent: {text}"
            for text in denied
            if text not in unsure and denied[text] + ours[text] > asked[text]
        ]

    def _is_foreign(self, accepted: dict[str, str]) -> bool:
        return accepted["message_id"] in self.elsewhere


def _leads(start: State, end: State) -> bool:
    """Whether the table of states leads from one to the other."""
    reached, todo = {start}, [start]
    while todo:
        for state in NEXT[todo.pop()] - reached:
            reached.add(state)
            todo.append(state)
    return end in reached

"""The store against a model: any fact, in any order, any number of times, with crashes between.

Rules are what the network, Kandy, the person and the computer may do. After every step the promise
is checked as a person would see it: the bubbles. At the end every fact that is still missing is
told, and then nothing may be open that could be known.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any, ClassVar

import apsw
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from sms_desktop.domain.account import AccountKind
from sms_desktop.domain.address import DEFAULT_SENDER, Address
from sms_desktop.domain.delivery import NEXT, State
from sms_desktop.domain.ids import ClientId, ConversationId, NotificationId
from sms_desktop.domain.message import Direction, TimelineKey, TimelineRow
from sms_desktop.domain.scheduling import LATE_MS
from sms_desktop.store import accounts, conversations, messages, migrations, outbox, scheduled
from sms_desktop.store.reading import StoreReader
from tests.model.kandy import ModelKandy, Request, Sent

NUMBERS = (Address("+16135550001"), Address("+16135550002"))
SENDERS = (*NUMBERS, DEFAULT_SENDER)
REMOTES = (Address("+12065550100"), Address("+12065550101"))
TEXTS = ("yes", "yes", "yes ", "on my way")
BEGIN_MS = 1_700_000_000_000
MOST_IN_THE_NETWORK_MS = 10 * 60_000
"""No request arrives later than that: the program gives an attempt two minutes."""
WAYS = st.sampled_from(("stays", "leaves", "arrives", "arrives"))
FATES = (State.DELIVERED, State.IMPOSSIBLE)


class OutboxMachine(RuleBasedStateMachine):
    """One account, two numbers and the default sender, two people, few texts: many coincidences."""

    deeds: ClassVar[Counter[str]] = Counter()
    """How often what was really done, in all lives."""
    told = Bundle("told")

    def __init__(self) -> None:
        super().__init__()
        self._did("lives")
        self.db = apsw.Connection(":memory:")
        self.db.execute("PRAGMA foreign_keys = ON")
        migrations.migrate(self.db)
        self.account = accounts.add(
            self.db, AccountKind.PROJECT, "http://127.0.0.1:1", "key", "", "user", "loopback"
        ).account_id
        self.reader = StoreReader(self.db)
        self.kandy = ModelKandy(NUMBERS)
        self.now_ms = BEGIN_MS
        self.off_ms = 0
        self.steps = 0
        self.has_jumped = False
        self.wishes: dict[ClientId, tuple[Address, Address, str]] = {}
        self.discarded: set[ClientId] = set()
        self.retries: Counter[ClientId] = Counter()
        self.known: dict[str, Sent] = {}
        self.buried: set[str] = set()
        self.answered: dict[ClientId, str] = {}
        self.open: list[Request] = []
        self.notifications = 0
        self.before: dict[str, tuple[State, TimelineKey]] = {}
        self.unclaimed: set[str | None] = set()

    def teardown(self) -> None:
        try:
            self.everything_is_told()
        finally:
            self.db.close()

    # What a person does

    @rule(
        sender=st.sampled_from(SENDERS),
        remote=st.sampled_from(REMOTES),
        text=st.sampled_from(TEXTS),
        count=st.integers(1, 2),
        way=st.one_of(st.none(), WAYS),
    )
    def ask(self, sender: Address, remote: Address, text: str, count: int, way: str | None) -> None:
        for _ in range(count):
            client_id = ClientId(f"c{len(self.wishes)}")
            self._did("asked")
            self.wishes[client_id] = (sender, remote, text)
            here = conversations.ensure(self.db, self.account, sender, remote)
            outbox.enqueue(
                self.db, self.account, here, client_id, sender, remote, text, self._local_ms()
            )
            if way is not None and here in self._ready():
                self._begin(here, way)

    @rule(data=st.data())
    @precondition(lambda self: self.wishes)
    def retry(self, data: st.DataObject) -> None:
        client_id = data.draw(st.sampled_from(sorted(self.wishes)))
        if outbox.retry(self.db, client_id, self._local_ms()):
            self.retries[client_id] += 1
            self._did("retried")

    @rule(data=st.data())
    @precondition(lambda self: self.wishes)
    def discard(self, data: st.DataObject) -> None:
        client_id = data.draw(st.sampled_from(sorted(self.wishes)))
        before = outbox.item(self.db, client_id)
        if outbox.discard(self.db, client_id):
            assert before is not None
            assert before.state in (State.QUEUED, State.REFUSED, State.NOT_SENT)
            self.discarded.add(client_id)
            self._did("discarded")

    # What waits for its time

    @rule(
        sender=st.sampled_from(SENDERS),
        remote=st.sampled_from(REMOTES),
        text=st.sampled_from(TEXTS),
        seconds=st.integers(0, 1800),
    )
    def ask_for_later(self, sender: Address, remote: Address, text: str, seconds: int) -> None:
        client_id = ClientId(f"c{len(self.wishes)}")
        self._did("scheduled")
        self.wishes[client_id] = (sender, remote, text)
        here = conversations.ensure(self.db, self.account, sender, remote)
        scheduled.add(self.db, client_id, here, text, self._local_ms() + seconds * 1000)

    @rule()
    @precondition(lambda self: scheduled.count(self.db))
    def look_at_the_clock(self) -> None:
        """What came due lately goes out, in its order; what is later is held, and so is it for good."""
        now_ms = self._local_ms()
        due = [
            one.client_id
            for one in scheduled.everything(self.db)
            if not one.held and now_ms - LATE_MS <= one.send_at_ms <= now_ms
        ]
        before = outbox.waiting(self.db, self.account)
        _, _, held = scheduled.release_due(self.db, now_ms, {self.account: now_ms})
        after = outbox.waiting(self.db, self.account)
        assert [one.client_id for one in after[len(before) :]] == due
        self.deeds["came due"] += len(due)
        self.deeds["held"] += held

    @rule(data=st.data(), deed=st.sampled_from(("now", "cancel", "move", "restore")))
    @precondition(lambda self: scheduled.count(self.db))
    def change_what_is_scheduled(self, data: st.DataObject, deed: str) -> None:
        one = data.draw(st.sampled_from(scheduled.everything(self.db)))
        now_ms = self._local_ms()
        self._did(f"scheduled: {deed}")
        match deed:
            case "now":
                assert scheduled.release(self.db, one.client_id, now_ms)
                assert not scheduled.release(self.db, one.client_id, now_ms)
            case "cancel":
                scheduled.cancel(self.db, one.client_id)
                self.discarded.add(one.client_id)
            case "move":
                scheduled.amend(self.db, one.client_id, one.text, now_ms + 600_000)
            case _:
                scheduled.hold_all(self.db)

    # What the pump does, and what becomes of it

    @rule(data=st.data(), way=WAYS)
    @precondition(lambda self: self._ready())
    def begin(self, data: st.DataObject, way: str) -> None:
        """The next wish of a conversation that nothing is being sent from."""
        self._begin(data.draw(st.sampled_from(self._ready())), way)

    @rule(data=st.data())
    @precondition(lambda self: self._these(self._is_in_the_network))
    def arrive(self, data: st.DataObject) -> None:
        """Kandy takes it, perhaps long after the program has given up on an answer."""
        self._did("taken late")
        self.kandy.take(self._one(data, self._is_in_the_network), self.now_ms)

    @rule(data=st.data(), fate=st.sampled_from(("answered", "answered", "lost", "refused")))
    @precondition(lambda self: self._these(_is_waited_for))
    def end_attempt(self, data: st.DataObject, fate: str) -> None:
        """What the program learns of an attempt: the fate, where it is possible."""
        request = self._one(data, _is_waited_for)
        request.is_over = True
        name = request.client_id
        if request.message is not None and fate == "answered":
            self._did("answered")
            self._learn(request.message)
            self.answered.setdefault(name, request.message.message_id)
            outbox.confirm(self.db, name, request.message.stated(), self._local_ms())
        elif request.message is not None or (request.left and fate == "lost"):
            self._did("answers lost")
            outbox.mark_unconfirmed(self.db, name, "No answer.")
        elif fate == "refused":
            self._did("refused")
            request.is_lost = True
            outbox.mark_refused(self.db, name, "No.")
        else:
            self._did("did not leave")
            request.left, request.is_lost = False, True
            outbox.put_back(self.db, name, self._local_ms(), "No route.")

    @rule()
    @precondition(lambda self: self._these(_is_waited_for))
    def crash(self) -> None:
        self._did("crashes")
        self._begin_anew()

    # What Kandy and others do

    @rule(
        local=st.sampled_from(NUMBERS), remote=st.sampled_from(REMOTES), text=st.sampled_from(TEXTS)
    )
    def send_from_elsewhere(self, local: Address, remote: Address, text: str) -> None:
        self.kandy.take_from_elsewhere(local, remote, text, self.now_ms)
        self._did("sent from elsewhere")

    @rule(local=st.sampled_from(NUMBERS), remote=st.sampled_from(REMOTES))
    def write(self, local: Address, remote: Address) -> None:
        self.kandy.receive(local, remote, "hello", self.now_ms)

    @rule(target=told, data=st.data())
    @precondition(lambda self: self.kandy.messages)
    def notify(self, data: st.DataObject) -> Any:
        message = data.draw(st.sampled_from(self.kandy.messages[-8:]))
        self.notifications += 1
        self._did("notified")
        return self._tell(message, NotificationId(f"n{self.notifications}"))

    @rule(told=told)
    def notify_again(self, told: tuple[Sent, NotificationId]) -> None:
        self._did("notified again")
        self._tell(*told)

    @rule(data=st.data(), state=st.sampled_from(FATES), is_told=st.booleans())
    @precondition(lambda self: self._sent())
    def report(self, data: st.DataObject, state: State, is_told: bool) -> None:
        message = data.draw(st.sampled_from(self._sent()[-8:]))
        self.kandy.report(message, state)
        self._did("reported")
        if is_told:
            messages.report(
                self.db, self.account, message.message_id, message.state, now_ms=self.now_ms
            )

    @rule(data=st.data(), is_told=st.booleans())
    @precondition(lambda self: self.kandy.messages)
    def delete(self, data: st.DataObject, is_told: bool) -> None:
        message = data.draw(st.sampled_from(self.kandy.messages))
        message.is_deleted = True
        self._did("deleted")
        if is_told:
            self.buried.add(message.message_id)
            messages.remove(self.db, self.account, message.message_id, self.now_ms)

    @rule(
        local=st.sampled_from(NUMBERS),
        remote=st.sampled_from(REMOTES),
        minutes=st.integers(0, 60),
    )
    def read_history(self, local: Address, remote: Address, minutes: int) -> None:
        since_ms = self.now_ms - minutes * 60_000
        self._did("histories read")
        for message in self.kandy.messages:
            is_here = (message.local, message.remote) == (local, remote)
            if is_here and message.at_ms >= since_ms and not message.is_deleted:
                self._record(message, None)

    @rule(data=st.data())
    @precondition(lambda self: outbox.unconfirmed(self.db, self.account))
    def give_up(self, data: st.DataObject) -> None:
        """History was read after the network had time for everything; it does not show the wish."""
        item = data.draw(st.sampled_from(outbox.unconfirmed(self.db, self.account)))
        self.time_passes(180)
        for request in self.open:
            if request.client_id == item.client_id and request.message is None:
                request.is_lost = True
        for message in self.kandy.messages:
            if message.remote == item.remote and not message.is_deleted:
                self._record(message, None)
        if outbox.mark_not_sent(self.db, item.client_id, "Not there."):
            self._did("given up")
            if not self.has_jumped:
                self._was_not_taken(item.client_id)

    # Time

    @rule(seconds=st.integers(1, 1200))
    def time_passes(self, seconds: int) -> None:
        self.now_ms += seconds * 1000

    @rule(seconds=st.sampled_from((0, 2, -2, 60, -60, 3600, -3600, 86_400, -86_400)))
    @precondition(lambda self: self.steps % 7 == 0)
    def clock_jumps(self, seconds: int) -> None:
        """The computer's clock: Kandy's goes on as it was."""
        self._did("clock jumps")
        self.off_ms = seconds * 1000
        self.has_jumped = self.has_jumped or abs(seconds) > 60

    # The promise

    @invariant()
    def every_message_is_there_once(self) -> None:
        self._did("steps")
        self.steps += 1
        rows = self._rows()
        ids = Counter(row.message_id for row in rows if row.message_id is not None)
        wanted = self.known.keys() - self.buried
        assert set(ids) == wanted
        assert set(ids.values()) <= {1}

    @invariant()
    def every_wish_is_there_once(self) -> None:
        shown = Counter(row.client_id for row in self._rows() if row.client_id is not None)
        assert set(shown.values()) <= {1}
        carriers = dict(self.db.execute("SELECT client_id, message_id FROM message"))
        waiting = {one.client_id for one in scheduled.everything(self.db)}
        assert not waiting & shown.keys()
        assert not waiting & self.discarded
        for client_id in self.wishes.keys() - self.discarded - waiting:
            is_buried = carriers.get(client_id) in self.buried
            assert (client_id in shown) != is_buried, client_id
        assert not shown.keys() & self.discarded

    @invariant()
    def nothing_goes_backwards(self) -> None:
        now = {}
        unclaimed = {row.message_id for row in self._rows() if row.client_id is None}
        guessed = {
            row[0]
            for row in self.db.execute("SELECT client_id FROM outbox WHERE message_id NOT NULL")
        }
        for row in self._rows():
            for name in (row.client_id, row.message_id):
                if name is not None:
                    now[name] = (row.state, row.key)
        for name in now.keys() & self.before.keys():
            was, is_now = self.before[name], now[name]
            assert _leads(was[0], is_now[0]), f"{name}: {was[0]} → {is_now[0]}"
            if name in self.wishes or name in unclaimed & self.unclaimed:
                assert was[1] == is_now[1], f"the bubble of {name} moved"
        self.unclaimed = unclaimed
        # What only seems to carry a wish may turn out to be another message.
        self.before = {
            name: (State.QUEUED, key) if name in guessed else (state, key)
            for name, (state, key) in now.items()
        }

    @invariant()
    def answers_are_final(self) -> None:
        by_client = {row.client_id: row for row in self._rows() if row.client_id is not None}
        for client_id, message_id in self.answered.items():
            if message_id not in self.buried:
                assert by_client[client_id].message_id == message_id

    @invariant()
    def summaries_are_true(self) -> None:
        found = self.db.execute("SELECT id, local, last_at_ms, last_tie, unread FROM conversation")
        for here, local, at_ms, tie, unread in found.fetchall():
            rows = self.reader.rows_before(ConversationId(here), None, 10_000)
            # With keys that never change, which is checked above, this is an order that never does.
            assert [row.key for row in rows] == sorted({row.key for row in rows})
            waits = scheduled.of_conversation(self.db, ConversationId(here))
            assert rows or waits or local != DEFAULT_SENDER
            assert (at_ms, tie) == (rows[-1].key if rows else (0, 0))
            assert unread == sum(row.direction is Direction.INBOUND for row in rows)

    def everything_is_told(self) -> None:
        """Kandy's whole history is read: then nothing that could be known may be open."""
        self._begin_anew()
        for message in self.kandy.messages:
            if not message.is_deleted:
                self._record(message, None)
        self.every_message_is_there_once()
        self.every_wish_is_there_once()
        self.nothing_goes_backwards()
        self.answers_are_final()
        self.summaries_are_true()

    # Short ways

    def _did(self, deed: str) -> None:
        self.deeds[deed] += 1

    def _local_ms(self) -> int:
        return self.now_ms + self.off_ms

    def _rows(self) -> list[TimelineRow]:
        ids = [row[0] for row in self.db.execute("SELECT id FROM conversation ORDER BY id")]
        return [row for one in ids for row in self.reader.rows_before(one, None, 10_000)]

    def _sent(self) -> list[Sent]:
        return [m for m in self.kandy.messages if m.direction is Direction.OUTBOUND]

    def _ready(self) -> list[ConversationId]:
        """Conversations with something to send, and nothing being sent."""
        busy = {(r.sender, r.remote) for r in self.open if not r.is_over}
        waiting = outbox.waiting(self.db, self.account)
        free = [one for one in waiting if (one.sender, one.remote) not in busy]
        return list(dict.fromkeys(one.conversation_id for one in free))

    def _these(self, is_meant: Callable[[Request], bool]) -> list[Request]:
        return [request for request in self.open if is_meant(request)]

    def _one(self, data: st.DataObject, is_meant: Callable[[Request], bool]) -> Request:
        found = self._these(is_meant)
        return found[data.draw(st.integers(0, len(found) - 1))]

    def _begin(self, here: ConversationId, way: str) -> None:
        waiting = outbox.waiting(self.db, self.account)
        item = outbox.next_waiting(self.db, here)
        assert item is not None
        assert item == next(one for one in waiting if one.conversation_id == here), "overtaken"
        assert outbox.mark_sending(self.db, item.client_id, self._local_ms())
        self._did("attempted")
        assert self._left(item.client_id) <= self.retries[item.client_id], "sent again unasked"
        request = Request(item.client_id, item.sender, item.remote, item.text, self.now_ms)
        request.left = way != "stays"
        self.open.append(request)
        if way == "arrives":
            self._did("taken at once")
            self.kandy.take(request, self.now_ms)

    def _is_in_the_network(self, request: Request) -> bool:
        may_come = request.left and request.message is None and not request.is_lost
        return may_come and self.now_ms - request.at_ms <= MOST_IN_THE_NETWORK_MS

    def _begin_anew(self) -> None:
        for request in self.open:
            request.is_over = True
        outbox.recover(self.db)

    def _left(self, client_id: ClientId) -> int:
        """In how many attempts the request may have left."""
        return sum(r.left and r.client_id == client_id for r in self.open)

    def _was_not_taken(self, client_id: ClientId) -> None:
        """Not sent: what Kandy took of it is deleted, or carries another wish for the same text."""
        carriers = dict(self.db.execute("SELECT message_id, client_id FROM message"))
        for request in self.open:
            taken = request.message
            if request.client_id == client_id and taken is not None and not taken.is_deleted:
                assert carriers[taken.message_id] is not None, "sent, and called not sent"

    def _learn(self, message: Sent) -> None:
        self.known[message.message_id] = message

    def _tell(self, message: Sent, name: NotificationId) -> tuple[Sent, NotificationId]:
        self._record(message, name)
        return message, name

    def _record(self, message: Sent, name: NotificationId | None) -> None:
        self._learn(message)
        messages.record(
            self.db, self.account, message.stated(), notification_id=name, now_ms=self._local_ms()
        )


def _is_waited_for(request: Request) -> bool:
    return not request.is_over


def _leads(start: State, end: State) -> bool:
    """Whether the table of states leads from one to the other."""
    reached, todo = {start}, [start]
    while todo:
        for state in NEXT[todo.pop()] - reached:
            reached.add(state)
            todo.append(state)
    return end in reached

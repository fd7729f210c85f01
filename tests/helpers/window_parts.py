"""What windows need, small enough to look into: a reader over dicts, commands that are written down."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sms_desktop.domain.account import Account, AccountKind, NumberKey, OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.changes import Changes
from sms_desktop.domain.conversation import ConversationKey, ConversationRow, Correspondent
from sms_desktop.domain.delivery import State
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.folding import fold
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.ids import AccountId, ClientId, ContactId, ConversationId, MessageId
from sms_desktop.domain.message import Direction, Origin, TimelineKey, TimelineRow
from sms_desktop.domain.number_change import NumberChange
from sms_desktop.domain.scheduling import ScheduledMessage
from sms_desktop.domain.search import Found, fits_person, parse_query
from sms_desktop.domain.setting_up import NumberChoice, NumbersRefreshed, RoundStage, SignIn
from sms_desktop.domain.thread_flags import ThreadChange
from sms_desktop.domain.tunnels import AboutTunnel, NewHostKey
from sms_desktop.sync import events
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.ports import ConversationFilter

NOON_MS = 1_795_000_000_000
ACCOUNT = Account(
    AccountId(1), AccountKind.PROJECT, "http://127.0.0.1:9000", "PUB-1", "", "user-1", "loopback"
)
SUPPORT = OwnNumber(AccountId(1), Address("+16139998877"), "Support", "#7c5cfc", 0, True, True)
ON_CALL = OwnNumber(AccountId(1), Address("+15202241142"), "On-call", "#12a866", 1, True, False)
PAUSED = OwnNumber(AccountId(1), Address("+12533751556"), "Old line", "#6b7280", 2, False, False)
MARIA = Address("+16131234567")


def number_states(*receiving: Receiving) -> tuple[events.NumberState, ...]:
    """Support, On-call and Old line, each standing as told."""
    numbers = (SUPPORT, ON_CALL, PAUSED)
    return tuple(
        events.NumberState(number, state, "", NOON_MS)
        for number, state in zip(numbers, receiving, strict=False)
    )


class Shelf:
    """Conversations and rows in dicts; a `Reader`."""

    def __init__(self) -> None:
        self.summaries: dict[ConversationId, ConversationRow] = {}
        self.rows: dict[ConversationId, list[TimelineRow]] = {}
        self.names: dict[Address, str] = {}
        self.quiet: set[Address] = set()

    def add(
        self, local: OwnNumber, remote: Address, name: str = "", **fields: Any
    ) -> ConversationId:
        """Another conversation, a minute older than the one before, with one inbound message."""
        number = ConversationId(len(self.summaries) + 1)
        at = NOON_MS - number * 60_000
        row = TimelineRow(
            TimelineKey(at, number),
            number,
            Direction.INBOUND,
            Origin.REMOTE,
            f"text {number}",
            at,
            State.RECEIVED,
            message_id=MessageId(f"m{number}"),
        )
        summary = ConversationRow(
            number,
            local.account_id,
            local.number,
            remote,
            name,
            at,
            row.text,
            row.direction,
            row.origin,
            row.state,
            0,
            "",
        )
        self.summaries[number] = replace(summary, **fields)
        self.rows[number] = [row]
        self.names[remote] = name
        return number

    def conversations(
        self, wanted: ConversationFilter, after: ConversationKey | None, limit: int
    ) -> list[ConversationRow]:
        fitting = [
            row
            for row in self.summaries.values()
            if (row.local == wanted.local or (wanted.local is None and not row.is_hidden))
            and (row.is_unread or not wanted.unread_only)
            and row.folder is wanted.folder
        ]
        fitting.sort(key=lambda row: row.key, reverse=True)
        return [row for row in fitting if after is None or row.key < after][:limit]

    def conversation(self, conversation_id: ConversationId) -> ConversationRow | None:
        return self.summaries.get(conversation_id)

    def rows_before(
        self, conversation_id: ConversationId, key: TimelineKey | None, limit: int
    ) -> list[TimelineRow]:
        rows = self.rows.get(conversation_id, [])
        return [row for row in rows if key is None or row.key < key][-limit:]

    def rows_after(
        self, conversation_id: ConversationId, key: TimelineKey, limit: int
    ) -> list[TimelineRow]:
        return [row for row in self.rows.get(conversation_id, []) if row.key > key][:limit]

    def read_mark(self, conversation_id: ConversationId) -> TimelineKey | None:
        return None

    def unread_by_number(self) -> dict[tuple[AccountId, Address], int]:
        found: dict[tuple[AccountId, Address], int] = {}
        for row in self.summaries.values():
            if row.unread:
                key = (row.account_id, row.local)
                found[key] = found.get(key, 0) + row.unread
        return found

    def unread_in_inbox(self, *, only_of_those_that_notify: bool = False) -> int:
        return sum(
            row.unread
            for row in self.summaries.values()
            if not row.is_hidden and not (only_of_those_that_notify and row.local in self.quiet)
        )

    def contact_name(self, remote: Address) -> str:
        return self.names.get(remote, "")

    def correspondents(self) -> list[Correspondent]:
        latest: dict[Address, int] = dict.fromkeys(self.names, 0)
        for row in self.summaries.values():
            latest[row.remote] = max(latest.get(row.remote, 0), row.last_at_ms)
        return [Correspondent(one, self.names.get(one, ""), at) for one, at in latest.items()]

    def conversations_with(self, remote: Address) -> list[ConversationRow]:
        return [
            row
            for row in self.conversations(ConversationFilter(), None, len(self.summaries))
            if row.remote == remote
        ]

    def scheduled(self) -> list[ScheduledMessage]:
        return []

    def scheduled_in(self, conversation_id: ConversationId) -> list[ScheduledMessage]:
        return []

    def whereabouts(self, client_id: ClientId) -> ConversationId | None:
        held = [row for rows in self.rows.values() for row in rows if row.client_id == client_id]
        return held[0].conversation_id if held else None


class Notebook:
    """`Commands` that are written down as ``(name, *arguments)``; outcomes are facts of the test."""

    def __init__(self, shelf: Shelf, bridge: Bridge) -> None:
        self.shelf = shelf
        self.bridge = bridge
        self.asked: list[tuple[Any, ...]] = []
        self.refusal: SmsDesktopError | None = None
        self.accounts = AccountNotebook(self)
        self.numbers = NumberNotebook(self)
        self.batch = BatchNotebook(self)
        self.threads = ThreadNotebook(self)
        self.scheduled = ScheduleNotebook(self)
        self.tunnels = TunnelNotebook(self)
        self.contacts = ContactNotebook(shelf, self)
        self.search = ShelfSearch(shelf)

    def named(self, name: str) -> list[tuple[Any, ...]]:
        """The arguments of every call of one name."""
        return [call[1:] for call in self.asked if call[0] == name]

    def send(self, conversation_id: ConversationId, text: str) -> ClientId:
        client_id = ClientId(f"c{len(self.asked)}")
        self.asked.append(("send", conversation_id, text))
        row = TimelineRow(
            TimelineKey(NOON_MS, 1000 + len(self.asked)),
            conversation_id,
            Direction.OUTBOUND,
            Origin.THIS_DEVICE,
            text,
            NOON_MS,
            State.QUEUED,
            client_id=client_id,
        )
        self.bridge.publish(events.MessageEchoed(row))
        return client_id

    def set_draft(self, conversation_id: ConversationId, text: str) -> None:
        self.asked.append(("set_draft", conversation_id, text))

    def retry(self, client_id: ClientId) -> None:
        self.asked.append(("retry", client_id))

    def discard(self, client_id: ClientId) -> None:
        self.asked.append(("discard", client_id))

    def check_now(self, client_id: ClientId) -> None:
        self.asked.append(("check_now", client_id))

    def mark_read(self, conversation_id: ConversationId, up_to: TimelineKey) -> None:
        self.asked.append(("mark_read", conversation_id, up_to))

    async def start_conversation(
        self, account_id: AccountId, local: Address, remote: Address
    ) -> ConversationId:
        self.asked.append(("start_conversation", account_id, local, remote))
        for row in self.shelf.summaries.values():
            if (row.local, row.remote) == (local, remote):
                return row.conversation_id
        own = next(n for n in (SUPPORT, ON_CALL, PAUSED) if n.number == local)
        made = self.shelf.add(own, remote)
        self.shelf.rows[made] = []
        self.bridge.publish(events.TimelineChanged(Changes(frozenset({made}))))
        return made

    def subscribe_again(self, account_id: AccountId, number: Address) -> None:
        self.asked.append(("subscribe_again", account_id, number))

    def check_connection(self) -> None:
        self.asked.append(("check_connection",))


class ContactNotebook:
    """`ContactCommands` over the shelf's names; what is changed is written down."""

    def __init__(self, shelf: Shelf, notebook: Notebook) -> None:
        self._shelf = shelf
        self._notebook = notebook

    def owner_of(self, number: Address) -> ContactId | None:
        named = list(self._shelf.names)
        return ContactId(named.index(number) + 1) if number in named else None

    def has_photos(self) -> bool:
        return False

    def name(self, number: Address, name: str) -> None:
        self._notebook.asked.append(("name_contact", number, name))


class ShelfSearch:
    """`SearchCommands` over the shelf's newest row of each conversation."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    async def search(self, text: str, after: int | None = None) -> Found:
        query = parse_query(text, date(2026, 11, 23))
        people = [
            row
            for row in self._shelf.summaries.values()
            if fits_person(query.shown_words, row.remote_name, row.remote)
        ]
        return Found(query, tuple(people))

    async def keys_in(self, conversation_id: ConversationId, text: str) -> tuple[TimelineKey, ...]:
        needles = parse_query(text, date(2026, 11, 23)).needles
        rows = self._shelf.rows[conversation_id]
        return tuple(r.key for r in rows if all(n in fold(r.text) for n in needles))


class BatchNotebook:
    """`BatchCommands` that are written down in their notebook."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    def send(
        self, account_id: AccountId, sender: Address, remotes: Sequence[Address], text: str
    ) -> None:
        self._notebook.asked.append(("send_batch", account_id, sender, tuple(remotes), text))

    def cancel(self) -> None:
        self._notebook.asked.append(("cancel_batch",))

    def retry(self) -> None:
        self._notebook.asked.append(("retry_batch",))

    def dismiss(self) -> None:
        self._notebook.asked.append(("dismiss_batch",))


class ScheduleNotebook:
    """`ScheduleCommands` that are written down in their notebook."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    def schedule(self, conversation_id: ConversationId, text: str, send_at_ms: int) -> ClientId:
        return self._noted("schedule", conversation_id, text, send_at_ms)

    def send_soon(self, conversation_id: ConversationId, text: str) -> ClientId:
        return self._noted("send_soon", conversation_id, text)

    async def amend(self, client_id: ClientId, text: str, send_at_ms: int) -> None:
        self._noted("amend", client_id, text, send_at_ms)

    def send_now(self, client_id: ClientId) -> None:
        self._noted("send_now", client_id)

    def cancel(self, client_id: ClientId) -> None:
        self._noted("cancel", client_id)

    def take_back(self, client_id: ClientId) -> None:
        self._noted("take_back", client_id)

    def _noted(self, *deed: Any) -> ClientId:
        self._notebook.asked.append(deed)
        return ClientId("scheduled")


class ThreadNotebook:
    """`ThreadCommands` that are written down in their notebook."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook

    def change(self, conversation_ids: Sequence[ConversationId], wanted: ThreadChange) -> None:
        self._notebook.asked.append(("change_threads", tuple(conversation_ids), wanted))

    def mark_all_read(self, conversation_ids: Sequence[ConversationId]) -> None:
        self._notebook.asked.append(("mark_threads_read", tuple(conversation_ids)))

    def delete(self, conversation_ids: Sequence[ConversationId], *, at_kandy: bool) -> None:
        self._notebook.asked.append(("delete_threads", tuple(conversation_ids), at_kandy))

    def undo(self) -> None:
        self._notebook.asked.append(("undo_threads",))


class AccountNotebook:
    """`AccountCommands` that are written down in their notebook."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self.messages = 12

    async def test_message(
        self,
        account_id: AccountId,
        sender: Address,
        remote: Address,
        tell: Callable[[RoundStage], None],
    ) -> int:
        self._notebook.asked.append(("test_message", account_id, sender, remote))
        tell(RoundStage.ACCEPTED)
        if self._notebook.refusal is not None:
            raise self._notebook.refusal
        return 1200

    async def keep(
        self,
        typed: SignIn,
        tunnel: str,
        choices: Sequence[NumberChoice] = (),
        history_since_ms: int | None = None,
    ) -> Account:
        return self._took("keep", typed, tunnel)

    async def import_history(self, account_id: AccountId, since_ms: int | None) -> None:
        self._took("import_history", account_id, since_ms)

    async def cancel_import(self, account_id: AccountId) -> None:
        self._took("cancel_import", account_id)

    async def change(self, account: Account, typed: SignIn, tunnel: str) -> Account:
        return self._took("change", account, typed, tunnel)

    async def sign_out(self, account_id: AccountId) -> None:
        self._took("sign_out", account_id)

    async def remove(self, account_id: AccountId, *, delete_messages: bool = False) -> None:
        self._took("remove", account_id, delete_messages)

    def message_count(self, account_id: AccountId) -> int:
        return self.messages

    def _took(self, *call: Any) -> Account:
        self._notebook.asked.append(call)
        if self._notebook.refusal is not None:
            raise self._notebook.refusal
        return ACCOUNT


class NumberNotebook:
    """`NumberCommands` that are written down in their notebook."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self.last: dict[NumberKey, int] = {}
        self.found = NumbersRefreshed(1)

    def change(self, key: NumberKey, wanted: NumberChange) -> None:
        self._notebook.asked.append(("change_number", key, wanted))

    def put_in_order(self, order: Sequence[NumberKey]) -> None:
        self._notebook.asked.append(("put_in_order", [number for _, number in order]))

    def take_off(self, key: NumberKey) -> None:
        self._notebook.asked.append(("take_off", key))

    async def refresh(self) -> NumbersRefreshed:
        self._took("refresh")
        return self.found

    async def add(self, account_id: AccountId, raw: str) -> OwnNumber:
        self._took("add_number", account_id, raw)
        return SUPPORT

    def last_inbound(self) -> Mapping[NumberKey, int]:
        return self.last

    def _took(self, *call: Any) -> None:
        self._notebook.asked.append(call)
        if self._notebook.refusal is not None:
            raise self._notebook.refusal


class TunnelNotebook:
    """`TunnelCommands` that are written down in their notebook."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self.missing = ""
        self.kept: set[str] = set()
        self.new_key: NewHostKey | None = None
        self.trouble: SmsDesktopError | None = None

    def about(self, tunnel: str, base_url: str) -> AboutTunnel:
        kind = tunnel.partition(":")[0]
        steps = (f"Read https://{kind}.example/start first.", "Press Check.")
        return AboutTunnel(steps, self.missing)

    async def has_secret(self, tunnel: str) -> bool:
        return tunnel.partition(":")[0] in self.kept

    async def keep_secret(self, tunnel: str, secret: str) -> None:
        self._notebook.asked.append(("keep_tunnel_secret", tunnel, secret))
        if self._notebook.refusal is not None:
            raise self._notebook.refusal

    async def check(
        self, tunnel: str, base_url: str, ask: Callable[[NewHostKey], Awaitable[bool]]
    ) -> str:
        accepted = await ask(self.new_key) if self.new_key is not None else None
        self._notebook.asked.append(("check_tunnel", tunnel, accepted))
        if self.trouble is not None:
            raise self.trouble
        return "https://here.example"

    async def forget_host_key(self, tunnel: str) -> bool:
        self._notebook.asked.append(("forget_host_key", tunnel))
        return True


class Held:
    """Tasks that run when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Coroutine[Any, Any, None]] = []

    def __call__(self, work: Coroutine[Any, Any, None], _name: str) -> None:
        self.waiting.append(work)

    def run(self) -> None:
        """Run what waits; none of it may wait for anything outside."""
        while self.waiting:
            run_now(self.waiting.pop(0), "")


def run_now(work: Coroutine[Any, Any, None], _name: str) -> None:
    """A task that is over at once."""
    try:
        work.send(None)
    except StopIteration:
        return
    work.close()
    raise AssertionError("the task waits for something")

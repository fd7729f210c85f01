"""One attempt to send one wish, and what is written down about it, whatever that takes.

Three outcomes (see ``domain.delivery``). Whether a failure may be tried again is decided by one
question alone: can the request have left? Where the disk does not take the outcome, it is offered
again and again: a wish whose answer is lost must not look as if it had never been sent.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import DEFAULT_SENDER, Address, is_phone_number
from sms_desktop.domain.changes import NOTHING, Changes
from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import AccountId, ClientId
from sms_desktop.domain.message import Direction, OutboxItem, ServerMessage
from sms_desktop.domain.refusal import not_assigned
from sms_desktop.net.errors import (
    NetError,
    NotAssigned,
    RateLimited,
    Refused,
    SignInRefused,
    Unreachable,
)
from sms_desktop.net.kandy import KandyClient
from sms_desktop.store import numbers, outbox
from sms_desktop.store.connection import Connection
from sms_desktop.store.database import Database
from sms_desktop.store.errors import StoreClosed, StoreError
from sms_desktop.sync.events import Publish, TimelineChanged, TroubleArose
from sms_desktop.sync.running.backoff import Random, Sleep, delay_s
from sms_desktop.sync.sending.waits import Wait
from sms_desktop.wire.answers import SendAnswer

_log = logging.getLogger(__name__)

LONGEST_WAIT_S: Final = 20.0
LOCKOUT_WAIT_S: Final = 600.0
"""Servers lock accounts whose secret is tried again and again."""

_ANSWER_WITHOUT_ID: Final = "Kandy's answer could not be read."
_OUR_MISTAKE: Final = "Something went wrong inside the program while this was being sent."
_ENDED: Final = "The program ended, or the account was closed, while this was being sent."


class Attempts:
    """Makes attempts for one account; ``now_ms`` is Kandy's time."""

    def __init__(
        self,
        account_id: AccountId,
        client: KandyClient,
        store: Database,
        publish: Publish,
        *,
        now_ms: NowMs,
        sleep: Sleep,
        random: Random,
        on_unconfirmed: Callable[[ClientId], None],
    ) -> None:
        self._account_id = account_id
        self._client = client
        self._store = store
        self._publish = publish
        self._now_ms = now_ms
        self._sleep = sleep
        self._random = random
        self._on_unconfirmed = on_unconfirmed

    async def make(self, item: OutboxItem) -> Wait | None:
        """Try once; how long to wait where it must be tried again, else ``None``.

        Raises ``StoreError`` only before anything was asked of Kandy.
        """
        try:
            # First, so that a wish is never "sending" while we only look for the door.
            await self._client.signed_in()
        except NetError as error:
            return await self._put_back(item, error, begin=True)
        if not await self._begin(item):
            return None
        try:
            answer = await self._client.send(item.sender, item.remote, item.text)
        except NetError as error:
            return await self._write_failure(item, error)
        except asyncio.CancelledError:
            await self._write_at_the_end(
                lambda db: outbox.mark_unconfirmed(db, item.client_id, _ENDED)
            )
            raise
        except Exception as bug:  # noqa: BLE001 - whatever it is, the request may have left
            _log.error("send failed unexpectedly: %s", type(bug).__name__)
            await self._write_unconfirmed(item, _OUR_MISTAKE)
        else:
            await self._write_answer(item, answer)
        return None

    async def _begin(self, item: OutboxItem) -> bool:
        now_ms = self._now_ms()
        try:
            begun = await self._store.write(
                lambda db: outbox.mark_sending(db, item.client_id, now_ms)
            )
        except asyncio.CancelledError:
            # It may have been noted; but nothing has left.
            await self._write_at_the_end(lambda db: outbox.put_back(db, item.client_id, now_ms, ""))
            raise
        if begun:
            self._tell(Changes(frozenset({item.conversation_id})))
        return begun

    async def _write_answer(self, item: OutboxItem, answer: SendAnswer) -> None:
        message = _message_of(answer, item, self._now_ms())
        if message is None:
            await self._write_unconfirmed(item, _ANSWER_WITHOUT_ID)
            return
        now_ms = self._now_ms()
        nobody_knows: list[ClientId] = []

        def job(db: Connection) -> Changes:
            if item.sender == DEFAULT_SENDER:
                _learn_default(db, self._account_id, message)
            changes = outbox.confirm(db, item.client_id, message, now_ms=now_ms)
            # The answer may show that another wish had been taken for settled by mistake.
            nobody_knows[:] = (one.client_id for one in outbox.unconfirmed(db, self._account_id))
            return changes

        await self._write(job)
        for client_id in nobody_knows:
            self._on_unconfirmed(client_id)

    async def _write_failure(self, item: OutboxItem, error: NetError) -> Wait | None:
        is_foreign = isinstance(error, NotAssigned)
        reason = not_assigned(_readable(item.sender)) if is_foreign else error.text()
        _log.info("send failed: %s, may have left: %s", type(error).__name__, error.may_have_left)
        if error.may_have_left:
            await self._write_unconfirmed(item, reason)
        elif isinstance(error, Refused):
            await self._write(lambda db: outbox.mark_refused(db, item.client_id, reason))
        else:
            return await self._put_back(item, error, begin=False)
        return None

    async def _put_back(self, item: OutboxItem, error: NetError, *, begin: bool) -> Wait:
        """``begin``: the attempt has not even been noted as begun; it counts all the same."""
        wait = self._wait_after(item, error)
        again_ms = self._now_ms() + int(wait.seconds * 1000)
        now_ms = self._now_ms()

        def job(db: Connection) -> Changes:
            if begin and not outbox.mark_sending(db, item.client_id, now_ms):
                return NOTHING
            return outbox.put_back(db, item.client_id, again_ms, error.text())

        await self._write(job)
        return wait

    async def _write_unconfirmed(self, item: OutboxItem, reason: str) -> None:
        await self._write(lambda db: outbox.mark_unconfirmed(db, item.client_id, reason))
        self._on_unconfirmed(item.client_id)

    def _wait_after(self, item: OutboxItem, error: NetError) -> Wait:
        wait_s = delay_s(item.attempts + 1, self._random, longest_s=LONGEST_WAIT_S)
        if isinstance(error, RateLimited):
            # Never less than our own patience: "after 0 seconds" would be a loop without end.
            return Wait(max(wait_s, error.retry_after_s or 0.0), whole_account=True)
        if isinstance(error, SignInRefused):
            return Wait(LOCKOUT_WAIT_S, whole_account=True, until_online=True)
        return Wait(wait_s, until_online=isinstance(error, Unreachable))

    async def _write(self, job: Callable[[Connection], Changes]) -> None:
        failures = 0
        while True:
            try:
                self._tell(await self._store.write(job))
            except StoreClosed:
                # The row stays "sending": the next start knows that nobody knows.
                return
            except StoreError as error:
                failures += 1
                if failures == 1:
                    self._publish(TroubleArose(error.text()))
                await self._sleep(delay_s(failures, self._random, longest_s=LONGEST_WAIT_S))
            else:
                return

    async def _write_at_the_end(self, job: Callable[[Connection], Changes]) -> None:
        """Once only: nobody waits for a full disk when the program ends. The next start knows."""
        try:
            self._tell(await self._store.write(job))
        except StoreError as error:
            _log.info("an outcome was not written at the end: %s", type(error).__name__)

    def _tell(self, changes: Changes) -> None:
        if changes:
            self._publish(TimelineChanged(changes))


def _learn_default(db: Connection, account_id: AccountId, message: ServerMessage) -> None:
    def is_it(number: OwnNumber) -> bool:
        return number.account_id == account_id and number.number == message.local

    if any(is_it(number) and not number.is_kandy_default for number in numbers.all_numbers(db)):
        numbers.set_kandy_default(db, account_id, message.local)


def _readable(sender: Address) -> str:
    if sender == DEFAULT_SENDER:
        return "Kandy’s default"
    import phonenumbers

    try:
        number = phonenumbers.parse(sender, None)
    except phonenumbers.NumberParseException:
        return sender
    layout = phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, layout)).replace("-", " ")


def _message_of(answer: SendAnswer, item: OutboxItem, now_ms: int) -> ServerMessage | None:
    if answer.message_id is None:
        return None
    return ServerMessage(
        message_id=answer.message_id,
        direction=Direction.OUTBOUND,
        # Kandy chooses the sender only where we did not: a bubble must not leave its conversation.
        local=item.sender if is_phone_number(item.sender) else answer.sender,
        remote=item.remote,
        text=item.text,
        at_ms=now_ms,
        state=answer.state,
    )

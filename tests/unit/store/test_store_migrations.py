"""Databases of every released schema open with all that was in them."""

from pathlib import Path

import apsw
import pytest

from sms_desktop.domain.delivery import State
from sms_desktop.store import channels, migrations, outbox
from sms_desktop.store.connection import connect, make_private_file
from sms_desktop.ui.ports import ConversationFilter

SAMPLES = Path(__file__).parents[2] / "samples" / "databases"


@pytest.fixture(params=sorted(SAMPLES.glob("version_*.sql")), ids=lambda sample: sample.stem)
async def migrated(request, path, key, opened):
    make_private_file(path)
    old = connect(path, key, readonly=False)
    old.execute(request.param.read_text("utf-8"))
    old.close()
    return opened()


def _shapes(db):
    return set(db.execute("SELECT type, name, sql FROM sqlite_schema").fetchall())


async def test_messages_wishes_and_summaries_are_all_there(migrated):
    reader = migrated.reader()
    [row] = reader.conversations(ConversationFilter(), None, 10)
    assert (row.remote_name, row.draft, row.unread) == ("Ada Lovelace", "I wonder", 1)
    assert (row.last_text, row.last_state) == ("Hello?", State.QUEUED)
    bubbles = reader.rows_before(row.conversation_id, None, 10)
    assert [(b.text, b.message_id, b.client_id, b.state) for b in bubbles] == [
        ("Are you there?\0\U0001f600", "m1", None, State.RECEIVED),
        ("Yes.", "m2", "c1", State.ACCEPTED),
        ("Good.", "m3", None, State.RECEIVED),
        ("Shall I call?", None, "c2", State.UNCONFIRMED),
        ("Hello?", None, "c3", State.QUEUED),
    ]
    assert [account.base_url for account in reader.accounts()] == ["https://kandy.example"]
    assert [number.colour for number in reader.numbers()] == ["#7c5cfc", "#12a866"]
    await migrated.write(outbox.recover)
    assert reader.rows_before(row.conversation_id, None, 10) == bubbles


async def test_a_channel_that_was_made_before_has_yet_to_show_its_authorization(migrated):
    [channel] = await migrated.write(lambda db: channels.our_channels(db, 1))
    assert (channel.channel_id, channel.authorization_seen_at_ms) == ("wh-1", None)


async def test_an_old_database_has_the_shape_of_a_new_one(migrated, new_store):
    fresh = _shapes(new_store().db)
    assert await migrated.read_long(_shapes) == fresh
    assert await migrated.read_long(migrations.version) == len(migrations.STEPS)
    assert await migrated.read_long(lambda db: db.pragma("integrity_check")) == "ok"
    assert await migrated.read_long(lambda db: db.pragma("foreign_key_check")) is None


def test_a_step_that_fails_leaves_the_database_as_it_was():
    def works(db):
        db.execute("CREATE TABLE one (x); INSERT INTO one VALUES (1)")

    def fails(db):
        db.execute("DROP TABLE one; CREATE TABLE two (x)")
        db.execute("INSERT INTO nowhere VALUES (1)")

    db = apsw.Connection(":memory:")
    for _ in range(2):
        with pytest.raises(apsw.SQLError):
            migrations.migrate(db, (works, fails))
        assert migrations.version(db) == 1
        assert db.execute("SELECT * FROM one").fetchall() == [(1,)]


def test_each_step_runs_once_and_in_order():
    ran = []
    steps = tuple(lambda db, number=number: ran.append(number) for number in range(3))
    db = apsw.Connection(":memory:")
    migrations.migrate(db, steps[:2])
    migrations.migrate(db, steps)
    migrations.migrate(db, steps)
    assert ran == [0, 1, 2]

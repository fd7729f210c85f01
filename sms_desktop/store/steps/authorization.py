"""When a channel's calls were first seen to carry its authorization; from then on they have to."""

from apsw import Connection


def step(db: Connection) -> None:
    """Channels that exist have yet to show it."""
    db.execute("ALTER TABLE channel ADD COLUMN authorization_seen_at_ms INTEGER")

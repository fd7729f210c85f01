"""The real program in a process of its own, used as a person uses it; then it waits for its end.

``python -m tests.helpers.lived_program BASEDIR PLANTED``; PLANTED is a JSON object with ``person``,
``name``, ``draft``, ``search``, ``later`` and ``sent``. Prints ``done`` on stdout once all of it was done.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from sms_desktop import app
from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.domain.delivery import State
from sms_desktop.domain.health import Level
from sms_desktop.paths import paths_of
from sms_desktop.ui.ports import ConversationFilter

_LOOK_AGAIN_S = 0.05


class Life:
    """What a person does with the program."""

    def __init__(self, built: app.Built, planted: dict[str, Any]) -> None:
        self._built = built
        self._window = built.window
        self._planted = planted

    async def live(self) -> None:
        await self._until(lambda: self._window.facts.health.level is Level.LIVE)
        await self._until(lambda: self._row() is not None)
        row = self._row()
        assert row is not None
        built, planted = self._built, self._planted
        built.engine.name_contact(row.remote, planted["name"])
        self._window.open_conversation(row.conversation_id)
        composer = self._window.conversation_pane.composer
        composer.field.setPlainText(planted["sent"])
        composer.send()
        await self._until(lambda: self._is_sent(row))
        built.engine.scheduled.schedule(row.conversation_id, planted["later"], 4_000_000_000_000)
        await self._until(lambda: len(built.reader.scheduled()) == 1)
        composer.field.setPlainText(planted["draft"])
        self._window.save_state()
        self._window.thread_pane.search.setText(planted["search"])
        found = await built.engine.search.search(planted["search"])
        assert found.hits
        assert built.backups is not None
        await built.backups.create()
        self._window.open_settings()
        await self._until(lambda: built.core.tasks.is_idle)

    def _row(self) -> ConversationRow | None:
        found = self._built.reader.conversations(ConversationFilter(), None, 10)
        return next((row for row in found if row.remote == self._planted["person"]), None)

    def _is_sent(self, row: ConversationRow) -> bool:
        rows = self._built.reader.rows_before(row.conversation_id, None, 5)
        return any(r.text == self._planted["sent"] and r.state is State.ACCEPTED for r in rows)

    async def _until(self, is_so: Any) -> None:
        while not is_so():  # noqa: ASYNC110 - nothing tells all of it; the caller is patient
            await asyncio.sleep(_LOOK_AGAIN_S)


def main() -> int:
    """Run the program, live in it, and wait to be killed."""
    basedir, planted = Path(sys.argv[1]), json.loads(sys.argv[2])

    async def visit(built: app.Built) -> int | None:
        await Life(built, planted).live()
        sys.stdout.write("done\n")
        sys.stdout.flush()
        return None

    return app.run(paths_of(basedir), app.Options(debug=True), visit)


if __name__ == "__main__":
    sys.exit(main())

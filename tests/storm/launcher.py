"""Starts the real program quickly: everything is imported once, each start is a fork of that.

A process of its own (``python -m tests.storm.launcher``) which reads one JSON object a line:
``{"words", "out"}`` starts the program with its output in the file ``out`` and answers ``{"pid"}``;
with ``{"crash": ["module:function", "before" or "after", file]}`` it is killed the first time that it
comes to that point while the file is there.
``{"reap": pid}`` waits for its end and answers ``{"status"}``, negative for a signal.
"""

import gc
import importlib
import inspect
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn


def _import_everything() -> None:
    import sms_desktop.app
    import sms_desktop.commands.send
    import sms_desktop.instance.control_server
    import sms_desktop.net.listener
    import sms_desktop.sync.sessions.session
    import sms_desktop.vault.handlers.file_vault  # noqa: F401


def _die_at(point: str, when: str, trigger: str) -> None:
    """Make a call of a function the last thing that happens, once the trigger's file is there."""
    module, _, path = point.partition(":")
    *owners, name = path.split(".")
    owner: Any = importlib.import_module(module)
    for one in owners:
        owner = getattr(owner, one)
    function = getattr(owner, name)

    def die_if(moment: str) -> None:
        if moment == when and Path(trigger).exists():
            os.kill(os.getpid(), signal.SIGKILL)

    def run(*given: object, **named: object) -> object:
        die_if("before")
        outcome = function(*given, **named)
        die_if("after")
        return outcome

    async def run_async(*given: object, **named: object) -> object:
        die_if("before")
        outcome = await function(*given, **named)
        die_if("after")
        return outcome

    setattr(owner, name, run_async if inspect.iscoroutinefunction(function) else run)


def _be_the_program(words: list[str], out: str, crash: list[str]) -> NoReturn:
    from sms_desktop import cli

    if crash:
        _die_at(*crash)
    code = 1
    nothing = os.open(os.devnull, os.O_RDONLY)
    said = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for source, target in ((nothing, 0), (said, 1), (said, 2)):
        os.dup2(source, target)
    try:
        code = cli.main(words)
        sys.stdout.flush()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _start(words: list[str], out: str, crash: list[str]) -> int:
    pid = os.fork()
    if pid == 0:
        _be_the_program(words, out, crash)
    return pid


def _answer(asked: dict[str, Any]) -> dict[str, int]:
    if "reap" in asked:
        _, status = os.waitpid(asked["reap"], 0)
        return {"status": os.waitstatus_to_exitcode(status)}
    return {"pid": _start(asked["words"], asked["out"], asked.get("crash", []))}


def main() -> None:
    """Serve until the end of standard input."""
    _import_everything()
    gc.freeze()
    for line in iter(sys.stdin.readline, ""):
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

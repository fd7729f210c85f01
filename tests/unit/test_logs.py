"""Logs: facts that scripts read, a file that rotates, and never a number or a secret in either."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from sms_desktop import logs
from sms_desktop.paths import Paths, paths_of

NUMBER = "+16131234567"
log = logging.getLogger("sms_desktop.tested")
Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = paths_of(tmp_path)
    paths.make()
    return paths


@pytest.fixture
def json_lines(paths: Paths) -> Iterator[Lines]:
    stream = io.StringIO()
    take_off = logs.configure(paths, json_log=True, debug=False, stream=stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    take_off()


def test_an_event_is_one_json_object_with_its_fields(json_lines: Lines) -> None:
    logs.event(log, "ready", numbers=3, name="x")
    (line,) = json_lines()
    at = line.pop("at")
    assert at.endswith("Z")
    assert line == {
        "event": "ready",
        "numbers": 3,
        "name": "x",
        "level": "INFO",
        "logger": "sms_desktop.tested",
    }


def test_a_field_cannot_take_the_place_of_the_event(json_lines: Lines) -> None:
    logs.event(log, "ready", level="x", at="y", event="z")
    (line,) = json_lines()
    assert (line["event"], line["level"]) == ("ready", "INFO")


def test_a_message_over_several_lines_stays_one_line(json_lines: Lines, paths: Paths) -> None:
    log.info("first\nsecond %s %s", "ü", "\ud800")
    (line,) = json_lines()
    assert line["message"] == "first\nsecond ü \\ud800"
    assert "second ü" in paths.log_file.read_text("utf-8")


@pytest.mark.log_warnings(".")
def test_no_number_or_token_reaches_the_log_by_any_way(json_lines: Lines, paths: Paths) -> None:
    log.warning("to " + NUMBER)
    log.warning("to %s with %r", NUMBER, {"Authorization": "Bearer abc.def"})
    log.warning("from %(who)s", {"who": NUMBER})
    logs.event(log, "sent", to=NUMBER, all=[NUMBER, {NUMBER}], nested={"a": (NUMBER, None, 1.5)})
    try:
        raise ValueError(f"cannot call {NUMBER}")
    except ValueError:
        log.exception("it failed", stack_info=True)
    everything = json.dumps(json_lines()) + paths.log_file.read_text("utf-8")
    assert "6131234567" not in everything
    assert "abc.def" not in everything
    assert "cannot call <number>" in everything
    assert len(json_lines()) == 5


def test_a_line_that_does_not_fit_its_arguments_is_logged_all_the_same(json_lines: Lines) -> None:
    record = log.makeRecord(log.name, logging.INFO, "f.py", 1, "%d pages", ("many",), None)
    for handler in logging.getLogger().handlers:
        if not type(handler).__module__.startswith(
            "_pytest"
        ):  # those fail the test, as they should
            handler.handle(record)
    assert json_lines()[0]["message"].endswith("%d pages")


def test_libraries_may_not_write_addresses(json_lines: Lines) -> None:
    for name in ("httpx", "httpcore", "aiohttp.access"):
        logging.getLogger(name).info("GET https://example.com/%s", NUMBER)
    assert json_lines() == []


def test_without_json_stderr_stays_quiet_and_the_file_is_for_people(paths: Paths) -> None:
    stream = io.StringIO()
    take_off = logs.configure(paths, json_log=False, debug=False, stream=stream)
    log.debug("detail")
    logs.event(log, "ready", numbers=2)
    take_off()
    log.info("after the end")
    assert stream.getvalue() == ""
    (line,) = paths.log_file.read_text("utf-8").splitlines()
    assert line.endswith("INFO sms_desktop.tested: ready numbers=2")


def test_debugging_shows_details_on_stderr(paths: Paths) -> None:
    stream = io.StringIO()
    take_off = logs.configure(paths, json_log=False, debug=True, stream=stream)
    log.debug("detail")
    take_off()
    assert stream.getvalue().rstrip().endswith("DEBUG sms_desktop.tested: detail")


def test_the_file_does_not_grow_for_ever(paths: Paths) -> None:
    take_off = logs.configure(paths, json_log=False, debug=False)
    for _ in range(70):
        log.info("x" * 100_000)
    take_off()
    files = list(paths.logs.iterdir())
    assert len(files) == 5
    assert all(file.stat().st_size <= 1_100_000 for file in files)


def test_a_log_file_that_cannot_be_written_stops_nothing(
    paths: Paths, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.log_file.mkdir()
    take_off = logs.configure(paths, json_log=True, debug=False)
    log.info("still here")
    take_off()
    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line)["message"] == "still here"


def test_debugging_says_nothing_of_what_libraries_are_given(paths: Paths) -> None:
    take_off = logs.configure(paths, json_log=False, debug=True)
    logging.getLogger("qasync.QThreadExecutor").debug("with args %s", ("s3cret",))
    take_off()
    assert not paths.log_file.exists() or "s3cret" not in paths.log_file.read_text()

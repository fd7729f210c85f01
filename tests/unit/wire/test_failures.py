"""Kandy's no, as a sentence."""

import json
from collections.abc import Callable

import pytest

from sms_desktop.wire.failures import Failure, failure

Sample = Callable[[str], bytes]


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("error_service", "SVC0002", "Invalid input value for message part address"),
        ("error_policy", "POL1001", "Value 5000 of max is over the limit %3"),
        ("error_oauth", "invalid_grant", "Invalid user credentials"),
        ("error_message", None, "Forbidden"),
    ],
)
def test_every_form_of_error(sample: Sample, name: str, code: str | None, message: str) -> None:
    assert failure(400, sample(name)) == Failure(400, code, message)


def reason(value: object) -> tuple[str | None, str]:
    found = failure(400, json.dumps(value).encode())
    return found.code, found.message


def service(text: object, variables: object) -> tuple[str | None, str]:
    exception = {"messageId": "SVC0001", "text": text, "variables": variables}
    return reason({"requestError": {"serviceException": exception}})


def test_variables_take_their_places() -> None:
    assert service("%2 before %1", ["a", "b"])[1] == "b before a"
    assert service("%1 and %1", ["x"])[1] == "x and x"
    assert service("%1", "alone")[1] == "alone"
    assert service("%10", [str(n) for n in range(1, 11)])[1] == "10"
    assert service("%1 of 100% %0 %a", [None])[1] == "%1 of 100% %0 %a"
    # What a variable says is not looked at again.
    assert service("%1", ["%2", "no"])[1] == "%2"
    assert service("%1 {0} \\1", ["\\g<0>"])[1] == "\\g<0> {0} \\1"


@pytest.mark.parametrize("variables", [None, {}, [], 5.5, [[]], [True]])
def test_variables_of_any_type_do_no_harm(variables: object) -> None:
    code, message = service("part %1 is wrong", variables)
    assert code == "SVC0001"
    assert message.startswith("part ")


def test_other_places_for_the_same_facts() -> None:
    exception = {"messageId": "SVC0004", "text": "No %1", "variables": ["address"]}
    assert reason({"serviceException": exception}) == ("SVC0004", "No address")
    assert reason({"requestError": exception}) == ("SVC0004", "No address")
    assert reason([{"message": "Forbidden"}]) == (None, "Forbidden")
    assert reason({"error": "unauthorized_client"}) == (
        "unauthorized_client",
        "unauthorized_client",
    )


@pytest.mark.parametrize(
    "raw",
    [b"", b"<html>Bad gateway</html>", b"null", b"{}", b'"x"', b'{"message":null}', b"[" * 99_999],
)
def test_there_is_a_sentence_even_without_a_reason(raw: bytes) -> None:
    assert failure(502, raw) == Failure(
        502, None, "Kandy answered with HTTP status 502 and gave no reason."
    )


def test_a_known_code_is_kept_when_its_text_is_missing() -> None:
    code, message = service(None, [])
    assert code == "SVC0001"
    assert "no reason" in message


def test_a_reason_is_one_line_of_bearable_length() -> None:
    assert reason({"message": "a\r\n\t b\ud800"}) == (None, "a b\ufffd")
    assert len(reason({"message": "long " * 1000})[1]) == 500

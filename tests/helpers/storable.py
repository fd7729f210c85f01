"""What every value that was read from outside has to be."""

from dataclasses import fields, is_dataclass

from sms_desktop.domain.address import canonical


def check_storable(value: object) -> None:
    """Everything in a value can be written to a database: text, and integers of 64 bits."""
    if isinstance(value, str):
        value.encode("utf-8")
        assert "\x00" not in value
    elif isinstance(value, int):
        assert -(2**63) <= value < 2**63
    elif isinstance(value, tuple | list):
        for item in value:
            check_storable(item)
    elif isinstance(value, dict):
        check_storable(list(value) + list(value.values()))
    elif is_dataclass(value):
        for each in fields(value):
            check_storable(getattr(value, each.name))
            if each.name in ("local", "remote", "number", "sender"):
                found = getattr(value, each.name)
                assert found is None or canonical(found) == found

"""Sample bodies, written from the facts about Kandy's protocol."""

from collections.abc import Callable
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples" / "kandy"


@pytest.fixture(scope="session")
def sample() -> Callable[[str], bytes]:
    """The body of one sample by its name."""

    def read(name: str) -> bytes:
        return (SAMPLES / f"{name}.json").read_bytes()

    return read

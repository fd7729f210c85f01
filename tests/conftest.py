"""What holds for every test: no screen, no unexpected warning in the log, the same examples each time."""

import logging
import os
import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# Before any test imports Qt. A developer may watch with QT_QPA_PLATFORM=xcb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile(
    "dev", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "log_warnings(*patterns): warnings that this test causes on purpose; each pattern is "
        "searched for in the logged message",
    )


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_unexpected_log_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning of ours that no test asked for is a mistake somewhere."""
    marker = request.node.get_closest_marker("log_warnings")
    expected = marker.args if marker else ()
    seen = _Warnings()
    ours = logging.getLogger("sms_desktop")
    ours.addHandler(seen)
    yield
    ours.removeHandler(seen)
    unexpected = [m for m in seen.messages if not any(re.search(p, m) for p in expected)]
    if unexpected:
        pytest.fail("unexpected in the log:\n" + "\n".join(unexpected), pytrace=False)

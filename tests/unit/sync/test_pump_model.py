"""The way of a text against a model, with time in the test's hand; long: ``python -m tests.model``."""

import pytest
from hypothesis import settings

from tests.model.pump_machine import PumpMachine

# What the faults cause is logged as what it is.
pytestmark = pytest.mark.log_warnings(".*")

TestPump = PumpMachine.TestCase
TestPump.settings = settings(max_examples=4, stateful_step_count=20, deadline=None)

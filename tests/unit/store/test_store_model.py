"""Every order of facts against a model; the long run is ``python -m tests.model``."""

from hypothesis import settings

from tests.model.outbox_machine import OutboxMachine

TestOutbox = OutboxMachine.TestCase
TestOutbox.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)

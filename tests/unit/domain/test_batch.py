from sms_desktop.domain.address import Address
from sms_desktop.domain.batch import Batch, BatchPart
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import AccountId, ClientId
from sms_desktop.domain.refusal import is_not_assigned, not_assigned


def batch(*states: State | None) -> Batch:
    return Batch(
        tuple(
            BatchPart(ClientId(str(at)), AccountId(1), Address(f"+1613555010{at}"), state=state)
            for at, state in enumerate(states)
        )
    )


def test_a_batch_is_under_way_until_nothing_is_waited_for():
    assert not batch(State.ACCEPTED, State.QUEUED).is_over
    assert not batch(State.ACCEPTED, State.UNCONFIRMED).is_over
    assert batch(State.DELIVERED, State.REFUSED, None).is_over
    assert batch().is_over


def test_what_failed_and_what_may_be_sent_again_are_two_things():
    found = batch(State.IMPOSSIBLE, State.NOT_SENT, State.ACCEPTED, State.REFUSED)
    assert [part.state for part in found.failed] == [
        State.IMPOSSIBLE,
        State.NOT_SENT,
        State.REFUSED,
    ]
    assert [part.state for part in found.retriable] == [State.NOT_SENT, State.REFUSED]
    assert (found.sent, found.begun, found.queued, found.cancelled) == (1, 4, 0, 0)


def test_the_reason_for_a_foreign_number_is_recognised_and_no_other():
    assert is_not_assigned(not_assigned("+1 613 999 8877"))
    assert not is_not_assigned("Kandy refused: This number is not assigned to your project")

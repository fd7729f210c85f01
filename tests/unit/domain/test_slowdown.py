from sms_desktop.domain.slowdown import Slowdown


def test_a_slip_costs_nothing_and_guessing_costs_ever_more() -> None:
    now_s = 0.0
    tries = Slowdown(lambda: now_s)
    waits = []
    for _ in range(12):
        tries.failed()
        waits.append(tries.wait_s())
        now_s += waits[-1]
        assert tries.wait_s() == 0
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300, 300]
    tries.succeeded()
    tries.failed()
    assert tries.wait_s() == 0


def test_the_wait_gets_shorter_as_time_goes_by() -> None:
    now_s = 0.0
    tries = Slowdown(lambda: now_s)
    for _ in range(3):
        tries.failed()
    now_s = 2.0
    assert tries.wait_s() == 3.0

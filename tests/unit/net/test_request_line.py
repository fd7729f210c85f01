"""What the first bytes of a connection come to, before anything is parsed."""

import pytest

from sms_desktop.net.cpu_budget import CpuBudget
from sms_desktop.net.request_line import LONGEST, Judgement, judge

TOKEN = b"the-token"


def judged(heard: bytes) -> Judgement:
    return judge(heard, lambda offered: offered == TOKEN)


@pytest.mark.parametrize(
    "line",
    [
        b"POST /the-token HTTP/1.1\r\n",
        b"POST /the-token HTTP/1.0\r\nHost: x\r\n\r\nbody",
        b"POST /the-token HTTP/1.1\nHost: x\n\n",
        b"POST /of/a/proxy/the-token?source=proxy/x HTTP/1.1\r\n",
        b"POST http://sms.example/the-token HTTP/1.1\r\n",
        b"POST /" + b"x" * (LONGEST + 100) + b"/the-token HTTP/1.1\r\n",
    ],
)
def test_who_names_the_path_comes_in(line: bytes) -> None:
    assert judged(line) is Judgement.ADMIT


@pytest.mark.parametrize("method", [b"GET", b"HEAD", b"OPTIONS"])
def test_who_only_looks_for_the_path_comes_in(method: bytes) -> None:
    line = method + b" /the-token HTTP/1.1\r\n"
    assert judged(line[:2]) is judged(line[:-2]) is Judgement.WAIT
    assert judged(line) is Judgement.ADMIT


@pytest.mark.parametrize("heard", [b"", b"P", b"POST", b"POST ", b"POST /the-token HTTP/1.1"])
def test_who_has_not_said_enough_is_waited_for(heard: bytes) -> None:
    assert judged(heard) is Judgement.WAIT


@pytest.mark.parametrize(
    "heard",
    [
        b"T",
        b"GETS",
        b"PUT /the-token HTTP/1.1\r\n",
        b"GET /the-toke HTTP/1.1\r\n",
        b"post /the-token HTTP/1.1\r\n",
        b" POST /the-token HTTP/1.1\r\n",
        b"\r\nPOST /the-token HTTP/1.1\r\n",
        b"POSTS",
        b"POST /the-token\r\n",
        b"POST /the-token HTTP/0.9\r\n",
        b"POST /the-token HTTP/2.0\r\n",
        b"POST /the-token  HTTP/1.1\r\n",
        b"POST /the-token HTTP/1.1 \r\n",
        b"POST\t/the-token HTTP/1.1\r\n",
        b"POST /the-token\x00 HTTP/1.1\r\n",
        b"POST /the-token\xc3\xa4 HTTP/1.1\r\n",
        b"POST /the-token/ HTTP/1.1\r\n",
        b"POST /the-toke HTTP/1.1\r\n",
        b"POST /the-token%20 HTTP/1.1\r\n",
        b"POST /?/the-token HTTP/1.1\r\n",
        b"POST / HTTP/1.1\r\nX: /the-token HTTP/1.1\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
        b"POST /" + b"x" * LONGEST,
    ],
)
def test_everybody_else_is_refused(heard: bytes) -> None:
    assert judged(heard) is Judgement.REFUSE


class Hours:
    """A clock, and how much of its time was worked."""

    def __init__(self) -> None:
        self.now_s = self.worked_s = 0.0

    def allowance(self, share: float) -> CpuBudget:
        return CpuBudget(share, 0.1, now_s=lambda: self.now_s, worked_s=lambda: self.worked_s)

    def work(self, seconds: float) -> None:
        self.now_s += seconds
        self.worked_s += seconds


def test_work_beyond_the_share_is_followed_by_rest() -> None:
    hours = Hours()
    allowance = hours.allowance(0.5)
    hours.work(0.1)
    assert allowance.rest_s() == pytest.approx(0.0)
    hours.work(0.2)
    assert allowance.rest_s() == pytest.approx(0.2)
    hours.now_s += 0.2
    assert allowance.rest_s() == pytest.approx(0.0)
    hours.now_s += 3600
    hours.work(0.3)
    assert allowance.rest_s() == pytest.approx(0.4)


def test_whoever_works_all_the_time_gets_the_share() -> None:
    hours = Hours()
    allowance = hours.allowance(0.25)
    while hours.now_s < 10:
        hours.work(0.003)
        hours.now_s += allowance.rest_s()
    assert hours.worked_s == pytest.approx(2.5, rel=0.1)

"""Times in small print: the time alone while it is today."""

from sms_desktop.ui.models.moments import Moments, local_day


def clock_text(moments: Moments, at_ms: int) -> str:
    """``13:58`` today, ``Friday 20 November 13:58`` before, in the system's locale."""
    is_today = local_day(at_ms) == moments.today()
    return moments.clock(at_ms) if is_today else moments.spoken(at_ms)

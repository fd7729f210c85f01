"""What surrounds a row on screen: day separators, the "New" divider, the grouping. No Qt."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from sms_desktop.domain.delivery import State
from sms_desktop.domain.message import Direction, TimelineKey, TimelineRow
from sms_desktop.ui.models.moments import local_day

_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class Bubble:
    """A row and how it stands among its neighbours.

    ``day``: its local day; ``starts_day``: a separator stands above. ``starts_new``: the "New" divider
    stands above. ``joins_previous``: same side, same minute, nothing in between. ``told``: what the
    person was told of the row since, in the place of its note. ``is_whole``: all of a long text is
    shown, since the person asked for it.
    """

    row: TimelineRow
    day: date
    starts_day: bool = False
    starts_new: bool = False
    joins_previous: bool = False
    told: str = ""
    is_whole: bool = False

    @property
    def is_outbound(self) -> bool:
        """Whether it stands on the right, as the person's own."""
        return self.row.direction is Direction.OUTBOUND


def identity(row: TimelineRow) -> Hashable:
    """What makes a row the same row: the wish that it came from, else its key.

    An echo and the stored row that follows it have one wish and may have two keys.
    """
    return row.client_id if row.client_id is not None else row.key


def first_look(row: TimelineRow, told: str = "", *, is_whole: bool = False) -> Bubble:
    """A row whose neighbours are not known yet."""
    return Bubble(row, local_day(row.at_ms), told=told, is_whole=is_whole)


def arranged(
    bubbles: Sequence[Bubble], new_from: TimelineKey | None, reaches_start: bool
) -> list[Bubble]:
    """The same rows, each with what its neighbours make of it; unchanged ones are the same objects.

    The first row has a separator only where the conversation begins, since more may come above it.
    """
    result: list[Bubble] = []
    previous: Bubble | None = None
    for bubble in bubbles:
        starts_day = reaches_start if previous is None else previous.day != bubble.day
        starts_new = new_from is not None and bubble.row.key == new_from
        joins = (
            previous is not None
            and not starts_day
            and not starts_new
            and _belong_together(previous.row, bubble.row)
        )
        wanted = (starts_day, starts_new, joins)
        if (bubble.starts_day, bubble.starts_new, bubble.joins_previous) != wanted:
            bubble = Bubble(  # noqa: PLW2901
                bubble.row, bubble.day, *wanted, bubble.told, bubble.is_whole
            )
        result.append(bubble)
        previous = bubble
    return result


def _belong_together(one: TimelineRow, two: TimelineRow) -> bool:
    return (
        one.direction is two.direction
        and one.origin is two.origin
        and one.at_ms // _MINUTE_MS == two.at_ms // _MINUTE_MS
        # A note below the first would stand between the two.
        and one.state not in (State.UNCONFIRMED, State.NOT_SENT, State.REFUSED, State.IMPOSSIBLE)
    )

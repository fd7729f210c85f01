"""Whether the network between the simulated Kandy and its clients is there."""

from dataclasses import dataclass
from enum import StrEnum


class Outage(StrEnum):
    """How a network that is down feels: no connection at all, or connections that die at once."""

    REFUSE = "refuse"
    CUT = "cut"


@dataclass(slots=True)
class Network:
    """``outage`` is ``None`` while the network is up."""

    outage: Outage | None = None

    @property
    def is_up(self) -> bool:
        """Whether requests, webhooks and frames get through."""
        return self.outage is None

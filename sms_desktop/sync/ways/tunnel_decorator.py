"""What stands around a tunnel speaks for it where it has nothing of its own to say."""

from sms_desktop.net.tunnels.models import Availability, Calling, Tunnel


class TunnelDecorator:
    """Its name, its steps, how it is called and whether it can be had are those of the one inside."""

    def __init__(self, inside: Tunnel) -> None:
        self._inside = inside

    @property
    def name(self) -> str:
        """The name of the one inside."""
        return self._inside.name

    @property
    def calling(self) -> Calling:
        """What the one inside says."""
        return self._inside.calling

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of the one inside."""
        return self._inside.steps

    def is_available(self) -> Availability:
        """What the one inside says."""
        return self._inside.is_available()

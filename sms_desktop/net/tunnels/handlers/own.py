"""The person's own public address: a server, router or reverse proxy that passes requests on."""

from sms_desktop.net.tunnels.event_queue import EventQueue
from sms_desktop.net.tunnels.handlers.lifecycle import Line
from sms_desktop.net.tunnels.models import Calling


class OwnTunnel(Line):
    """A public URL that somebody else keeps working; all we can do is to tell Kandy about it.

    A proxy may keep or strip the path of the URL: the listener looks at the last part only.
    """

    calling = Calling(may_not_lead_back=True)

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    @property
    def name(self) -> str:
        """The word and the address, as in the settings."""
        return f"own:{self._url}"

    @property
    def steps(self) -> tuple[str, ...]:
        """What the person's server has to do."""
        return (
            "Settings › Connection: set a fixed port for notifications, for example 8123.",
            (
                f"Let your server pass every POST request for {self._url or 'your address'} on to that "
                "port of this computer, over a connection of your own such as a VPN."
            ),
            "Your server's certificate must be one that the whole world trusts.",
        )

    async def start(self, local_port: int, told: EventQueue) -> str:  # noqa: ARG002 - the proxy knows the port
        """The person's URL."""
        return self._url

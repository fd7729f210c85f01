"""The person's own public address: a server, router or reverse proxy that passes requests on."""


class OwnTunnel:
    """A public URL that somebody else keeps working; all we can do is to tell Kandy about it.

    A proxy may keep or strip the path of the URL: the listener looks at the last part only.
    """

    def __init__(self, url: str) -> None:
        self._url = url

    @property
    def name(self) -> str:
        """The word and the address, as in the settings."""
        return f"own:{self._url}"

    @property
    def instructions(self) -> str:
        """What the person's server has to do."""
        return (
            f"Let {self._url} pass every POST request on to this computer. The port to pass them to "
            "is shown in Settings, Connection."
        )

    def is_available(self) -> bool:
        """Always: nothing of it is on this computer."""
        return True

    async def open(self, local_port: int) -> str:  # noqa: ARG002 - the person's proxy knows the port
        """The person's URL."""
        return self._url

    async def close(self) -> None:
        """Nothing to stop."""

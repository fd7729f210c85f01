"""What a person is told about a tunnel before it is opened. Values only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AboutTunnel:
    """``steps``: what to do first, one each; ``missing``: what this computer lacks, or empty."""

    steps: tuple[str, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class NewHostKey:
    """A server seen for the first time: ``where`` is host and port, ``kind`` the type of its key."""

    where: str
    kind: str
    fingerprint: str

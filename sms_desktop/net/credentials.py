"""What an account signs in with. Lives in memory only; the vault keeps it otherwise."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ProjectCredentials:
    """A project's private key and secret."""

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class UserCredentials:
    """The account's client id, and a user's e-mail address and password."""

    client_id: str
    email: str = field(repr=False)
    password: str = field(repr=False)


Credentials = ProjectCredentials | UserCredentials

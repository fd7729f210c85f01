"""Who the simulated accounts are: somebody new at each start, or the same ones again."""

import base64
import random
import uuid

from sms_desktop.simulator.accounts import Credentials
from sms_desktop.simulator.surroundings import Surroundings


class Identities:
    """Users with their credentials, one after the other.

    ``origin``: starts with the same one give the same users in the same order; empty: chance gives
    them. What is made from an origin can be guessed, and guards nothing but a simulator.
    """

    def __init__(self, around: Surroundings, origin: str = "") -> None:
        self._around = around
        self._lasting = random.Random(origin) if origin else None
        self._count = 0

    def make(self) -> tuple[str, Credentials]:
        """The next user's id and credentials."""
        self._count += 1
        credentials = Credentials(
            client_id=f"PRIV-{self._id()}",
            client_secret=self._secret(),
            email=f"demo{self._count}@example.com",
            password=self._secret(),
        )
        return self._id(), credentials

    def _id(self) -> str:
        if self._lasting is None:
            return self._around.make_id()
        return str(uuid.UUID(int=self._lasting.getrandbits(128), version=4))

    def _secret(self) -> str:
        if self._lasting is None:
            return self._around.make_secret()
        return base64.urlsafe_b64encode(self._lasting.randbytes(33)).decode()

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.helpers.kandy_session import KandySession, kandy_session
from tests.helpers.webhook import Webhook


@pytest.fixture
async def kandy() -> AsyncIterator[KandySession]:
    """A signed-in client of an empty account with two numbers."""
    async with kandy_session() as session:
        yield session


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    listening = Webhook()
    yield listening
    listening.close()

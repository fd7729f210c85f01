"""Which texts are shown as big emoji."""

import emoji
import pytest

from sms_desktop.ui.models.big_emoji import is_big_emoji


def test_every_emoji_there_is_counts() -> None:
    known = emoji.EMOJI_DATA.items()
    whole = [one for one, facts in known if facts["status"] == emoji.STATUS["fully_qualified"]]
    assert len(whole) > 3_000
    assert [one for one in whole if not is_big_emoji(one)] == []


@pytest.mark.parametrize("text", ["👋", "👍🏽 🎉", "👨‍👩‍👧‍👦❤️🇩🇪", " 😀\n", "1️⃣", "❤"])
def test_a_few_emoji_are_big(text: str) -> None:
    assert is_big_emoji(text)


@pytest.mark.parametrize(
    "text", ["", "hi 👋", "👋👋👋👋", "12", "→", "©", "™", "東", "🇩", "\u200d", "!"]
)
def test_anything_else_is_not(text: str) -> None:
    assert not is_big_emoji(text)

import pytest

from sms_desktop.simulator.demo_people import CAST
from sms_desktop.ui.theme.palette import (
    AVATARS,
    DARK,
    DARK_HIGH_CONTRAST,
    LIGHT,
    LIGHT_HIGH_CONTRAST,
    Palette,
    avatar_colour,
)

_TEXT_ON = [
    ("text", ("window", "panel", "rail", "raised", "field", "selection", "hover", "pill")),
    ("text_muted", ("window", "panel", "rail", "raised", "field", "selection", "hover", "pill")),
    ("accent_text", ("window", "panel", "accent_soft", "selection", "rail")),
    ("on_accent", ("accent", "accent_hover", "accent_pressed")),
    ("on_badge", ("badge",)),
    ("on_danger", ("danger_fill",)),
    ("danger", ("window", "panel", "selection")),
    ("warning", ("window", "panel", "rail", "selection", "uncertain_fill")),
    ("success", ("window", "panel", "rail")),
    ("bubble_in_text", ("bubble_in",)),
    ("bubble_in_muted", ("bubble_in",)),
    ("link_in", ("bubble_in", "uncertain_fill")),
    ("bubble_out_text", ("bubble_out", "bubble_chosen")),
    ("bubble_out_muted", ("bubble_out", "bubble_chosen")),
    ("link_out", ("bubble_out", "bubble_chosen")),
    ("uncertain_text", ("uncertain_fill",)),
    ("uncertain_muted", ("uncertain_fill",)),
    ("tooltip_text", ("tooltip",)),
    ("on_mark", ("mark",)),
]
# What is no text but must be seen: WCAG asks 3 : 1.
PALETTES = [LIGHT, DARK, LIGHT_HIGH_CONTRAST, DARK_HIGH_CONTRAST]
_SIGNS_ON = [("live", "rail"), ("warning", "rail"), ("uncertain_border", "window")]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", PALETTES, ids=["light", "dark", "light+", "dark+"])
@pytest.mark.parametrize(("text", "ground"), [(t, g) for t, grounds in _TEXT_ON for g in grounds])
def test_every_text_can_be_read(palette: Palette, text: str, ground: str) -> None:
    least = 7.0 if palette.is_high_contrast else 4.5
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= least


@pytest.mark.parametrize("palette", PALETTES, ids=["light", "dark", "light+", "dark+"])
@pytest.mark.parametrize(("sign", "ground"), _SIGNS_ON)
def test_every_sign_can_be_seen(palette: Palette, sign: str, ground: str) -> None:
    assert contrast(getattr(palette, sign), getattr(palette, ground)) >= 3.0


@pytest.mark.parametrize("palette", PALETTES[2:], ids=["light+", "dark+"])
def test_in_high_contrast_every_edge_can_be_seen(palette: Palette) -> None:
    for edge in ("border", "border_strong", "scroll", "divider", "text_disabled"):
        assert contrast(getattr(palette, edge), palette.window) >= 3.0


@pytest.mark.parametrize("colour", AVATARS)
def test_initials_can_be_read_on_every_avatar(colour: str) -> None:
    assert contrast("#ffffff", colour) >= 4.5


def test_an_address_keeps_its_colour() -> None:
    assert avatar_colour("+16131234567") == avatar_colour("+16131234567")
    assert len({avatar_colour(f"+1613123{n:04}") for n in range(200)}) == len(AVATARS)


def test_everybody_in_the_demo_has_a_colour_of_their_own() -> None:
    colours = [avatar_colour(one.person.number) for one in CAST]
    assert len(set(colours)) == len(CAST)

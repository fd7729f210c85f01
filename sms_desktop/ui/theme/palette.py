"""Every colour of the program, by the role it plays; light and dark. No Qt here.

All pairs of text and ground that the windows use reach WCAG AA (4.5 : 1), those of high contrast AAA
(7 : 1); a test computes them.
"""

from dataclasses import dataclass, replace
from typing import Final
from zlib import crc32


@dataclass(frozen=True, slots=True)
class Palette:
    """Named colours as ``#rrggbb``.

    ``accent`` is a fill and goes with ``on_accent``; ``accent_text`` is the same blue where it is a
    text, a line or an icon. ``accent_soft`` is the quiet fill of chosen chips. ``*_muted`` is the
    second voice (times, states) on the ground of the same name.
    """

    is_dark: bool
    window: str
    panel: str
    rail: str
    raised: str
    border: str
    border_strong: str
    text: str
    text_muted: str
    text_disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_text: str
    accent_soft: str
    selection: str
    hover: str
    field: str
    pill: str
    bubble_in: str
    bubble_in_text: str
    bubble_in_muted: str
    bubble_out: str
    bubble_out_text: str
    bubble_out_muted: str
    bubble_chosen: str
    link_in: str
    link_out: str
    divider: str
    uncertain_fill: str
    uncertain_border: str
    uncertain_text: str
    uncertain_muted: str
    danger: str
    danger_fill: str
    on_danger: str
    warning: str
    success: str
    live: str
    badge: str
    on_badge: str
    scroll: str
    scroll_hover: str
    tooltip: str
    tooltip_text: str
    mark: str
    on_mark: str
    is_high_contrast: bool = False
    """Whether what only stands on another ground needs an outline too."""


LIGHT: Final = Palette(
    is_dark=False,
    window="#ffffff",
    panel="#ffffff",
    rail="#f4f5f7",
    raised="#ffffff",
    border="#e4e6eb",
    border_strong="#cdd1d9",
    text="#16181d",
    text_muted="#5f6673",
    text_disabled="#9aa0ab",
    accent="#2864dc",
    accent_hover="#2059cb",
    accent_pressed="#1b4fb6",
    on_accent="#ffffff",
    accent_text="#2360d8",
    accent_soft="#e8f0fe",
    selection="#e8f0fe",
    hover="#f4f5f7",
    field="#f4f5f7",
    pill="#f4f5f7",
    bubble_in="#f0f2f5",
    bubble_in_text="#16181d",
    bubble_in_muted="#5d636f",
    bubble_out="#2864dc",
    bubble_out_text="#ffffff",
    bubble_out_muted="#e9f0fd",
    bubble_chosen="#1c4aa8",
    link_in="#1f57c6",
    link_out="#ffffff",
    divider="#b6cdf8",
    uncertain_fill="#fff7e6",
    uncertain_border="#b45309",
    uncertain_text="#16181d",
    uncertain_muted="#5c5b59",
    danger="#c62828",
    danger_fill="#c62828",
    on_danger="#ffffff",
    warning="#a84c06",
    success="#177a3e",
    live="#1a8f4c",
    badge="#2864dc",
    on_badge="#ffffff",
    scroll="#c9cdd6",
    scroll_hover="#a6acb8",
    tooltip="#22262e",
    tooltip_text="#f3f5f8",
    mark="#ffe08a",
    on_mark="#16181d",
)

DARK: Final = Palette(
    is_dark=True,
    window="#17191f",
    panel="#17191f",
    rail="#101216",
    raised="#1d2028",
    border="#272b34",
    border_strong="#3a404c",
    text="#e8eaee",
    text_muted="#9aa1b0",
    text_disabled="#656c79",
    accent="#3068d8",
    accent_hover="#3370e0",
    accent_pressed="#285bc2",
    on_accent="#ffffff",
    accent_text="#6ea3fa",
    accent_soft="#1f2d47",
    selection="#1f2d47",
    hover="#1e2129",
    field="#101216",
    pill="#101216",
    bubble_in="#242832",
    bubble_in_text="#e8eaee",
    bubble_in_muted="#a8aebb",
    bubble_out="#3068d8",
    bubble_out_text="#ffffff",
    bubble_out_muted="#edf3fe",
    bubble_chosen="#1f4ca6",
    link_in="#86b2fb",
    link_out="#ffffff",
    divider="#2a416a",
    uncertain_fill="#2b2413",
    uncertain_border="#f0b35a",
    uncertain_text="#e8eaee",
    uncertain_muted="#b9b6ae",
    danger="#ff7a70",
    danger_fill="#c0392f",
    on_danger="#ffffff",
    warning="#f0b35a",
    success="#4cc38a",
    live="#4cc38a",
    badge="#3068d8",
    on_badge="#ffffff",
    scroll="#3a404c",
    scroll_hover="#555c6a",
    tooltip="#e8eaee",
    tooltip_text="#17191f",
    mark="#f2cc60",
    on_mark="#16181d",
)

LIGHT_HIGH_CONTRAST: Final = replace(
    LIGHT,
    is_high_contrast=True,
    rail="#ffffff",
    border="#5f6673",
    border_strong="#16181d",
    text="#000000",
    text_muted="#2b2f36",
    text_disabled="#5f6673",
    accent="#0b3d9e",
    accent_hover="#09347f",
    accent_pressed="#062a70",
    accent_text="#0b3d9e",
    accent_soft="#dbe7ff",
    selection="#dbe7ff",
    hover="#eaf0fc",
    field="#ffffff",
    pill="#ffffff",
    bubble_in="#ffffff",
    bubble_in_text="#000000",
    bubble_in_muted="#2b2f36",
    bubble_out="#0b3d9e",
    bubble_out_muted="#ffffff",
    bubble_chosen="#062a70",
    link_in="#0b3d9e",
    divider="#0b3d9e",
    uncertain_fill="#ffffff",
    uncertain_border="#7a3600",
    uncertain_text="#000000",
    uncertain_muted="#2b2f36",
    danger="#8f0f0f",
    danger_fill="#8f0f0f",
    warning="#6b2f00",
    success="#0b5227",
    live="#0b5227",
    badge="#0b3d9e",
    scroll="#5f6673",
    scroll_hover="#16181d",
    tooltip="#000000",
    tooltip_text="#ffffff",
    on_mark="#000000",
)

DARK_HIGH_CONTRAST: Final = replace(
    DARK,
    is_high_contrast=True,
    window="#000000",
    panel="#000000",
    rail="#000000",
    raised="#000000",
    border="#aab0bd",
    border_strong="#ffffff",
    text="#ffffff",
    text_muted="#dfe3ea",
    text_disabled="#aab0bd",
    accent="#8ab8ff",
    accent_hover="#a9cbff",
    accent_pressed="#c4dbff",
    on_accent="#000000",
    accent_text="#a9cbff",
    accent_soft="#0f2c5c",
    selection="#0f2c5c",
    hover="#15213a",
    field="#000000",
    pill="#000000",
    bubble_in="#000000",
    bubble_in_text="#ffffff",
    bubble_in_muted="#dfe3ea",
    bubble_out="#8ab8ff",
    bubble_out_text="#000000",
    bubble_out_muted="#000000",
    bubble_chosen="#c4dbff",
    link_in="#a9cbff",
    link_out="#000000",
    divider="#a9cbff",
    uncertain_fill="#000000",
    uncertain_border="#ffcf80",
    uncertain_text="#ffffff",
    uncertain_muted="#dfe3ea",
    danger="#ffb0aa",
    danger_fill="#ffb0aa",
    on_danger="#000000",
    warning="#ffcf80",
    success="#7fe3ae",
    live="#7fe3ae",
    badge="#8ab8ff",
    on_badge="#000000",
    scroll="#aab0bd",
    scroll_hover="#ffffff",
    tooltip="#ffffff",
    tooltip_text="#000000",
    on_mark="#000000",
)

AVATARS: Final = (
    "#c93f52",
    "#2f7d3b",
    "#7454f5",
    "#a0558d",
    "#23796f",
    "#8f6a08",
    "#666b72",
    "#8a5a44",
    "#3867d6",
    "#b0522a",
)
"""Grounds of avatars, the same in light and dark; each carries white text."""

_AVATAR_SEED: Final = 40
"""Of all the ways to deal out the colours, one that gives the demo's people a colour each."""


def avatar_colour(address: str) -> str:
    """The avatar's ground for an address: always the same one for the same address."""
    return AVATARS[crc32(address.encode("utf-8", "replace"), _AVATAR_SEED) % len(AVATARS)]

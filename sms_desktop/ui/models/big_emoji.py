"""Texts of a few emoji and nothing else. No Qt.

A pattern and not a library's table: that takes longer to load than the first paint may.
"""

import re
from typing import Final

MOST: Final = 3
_LONGEST: Final = 64
# Small pictures in the plane of ordinary letters that are emoji without being told so.
_BY_THEMSELVES: Final = (
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1"
    "\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705"
    "\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2764\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c"
    "\u2b50\u2b55\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f201\U0001f21a\U0001f22f"
    "\U0001f232-\U0001f236\U0001f238-\U0001f23a\U0001f250\U0001f251\U0001f300-\U0001f64f"
    "\U0001f680-\U0001f6ff\U0001f7e0-\U0001f7eb\U0001f7f0\U0001f90c-\U0001f9ff\U0001fa70-\U0001faff"
)
_IF_TOLD_SO: Final = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f2ff"
)
_TONE: Final = "[\U0001f3fb-\U0001f3ff]"
_TONE_OR_TAGS: Final = f"{_TONE}?[\U000e0020-\U000e007f]*"
_TOLD: Final = f"(?:\ufe0f|(?={_TONE}))"
_PICTURE: Final = f"(?:[{_BY_THEMSELVES}]\ufe0f?|[{_IF_TOLD_SO}]{_TOLD}){_TONE_OR_TAGS}"
# In a joined picture the parts need not be told so.
_PART: Final = f"[{_BY_THEMSELVES}{_IF_TOLD_SO}]\ufe0f?{_TONE_OR_TAGS}"
_FLAG: Final = "[\U0001f1e6-\U0001f1ff]{2}"
_KEY: Final = "[0-9#*]\ufe0f?\u20e3"
_ONE: Final = f"(?:{_FLAG}|{_KEY}|{_PICTURE}(?:\u200d{_PART})*)"
_FEW: Final = re.compile(rf"\s*{_ONE}(?:\s*{_ONE}){{0,{MOST - 1}}}\s*")


def is_big_emoji(text: str) -> bool:
    """Whether a text is one to three emoji and blanks."""
    return len(text) <= _LONGEST and not text.isascii() and _FEW.fullmatch(text) is not None

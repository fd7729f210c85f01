"""Messages as text for the clipboard."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from sms_desktop.domain.message import Direction, TimelineRow
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.texts import shown_text


def copied(rows: Iterable[TimelineRow], remote_name: str, moments: Moments) -> str:
    """One message: its text. Several: time, sender and text of each, in the order of the timeline."""
    ordered = sorted(rows, key=lambda row: row.key)
    if len(ordered) == 1:
        return shown_text(ordered[0].text)
    own = QCoreApplication.translate("Timeline", "You")
    lines = []
    for row in ordered:
        who = remote_name if row.direction is Direction.INBOUND else own
        lines.append(f"[{moments.exact(row.at_ms)}] {who}: {shown_text(row.text)}")
    return "\n".join(lines)

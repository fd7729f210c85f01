"""How a recovery key looks while it is typed, for the windows; they do not know the vaults."""

from sms_desktop.vault.recovery_key import (
    LINES,
    SYMBOLS_A_LINE,
    LineState,
    lines_in,
    state_of,
)

__all__ = ["LINES", "SYMBOLS_A_LINE", "LineState", "lines_in", "state_of"]

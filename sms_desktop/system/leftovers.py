"""Clears away what runs that kept nothing left behind when they were killed."""

import asyncio
from typing import Final

from sms_desktop.system.temporary_folder import WITHOUT_KEEPING, remove_left_behind

DEMO: Final = "sms-desktop-demo-"
"""Prefix of the folders of demos."""


async def sweep() -> None:
    """Remove the folders of dead runs; what is in them is encrypted, and its key is gone."""
    for prefix in (WITHOUT_KEEPING, DEMO):
        await asyncio.to_thread(remove_left_behind, prefix)

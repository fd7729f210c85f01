"""Keeps the system from writing the memory of a crashed program to the disk: texts are in it."""

import logging
import sys

_log = logging.getLogger(__name__)


def keep_no_memory_image() -> None:
    """Ask for no core dumps of this process and its children; Windows makes none unasked."""
    if sys.platform == "win32":
        return
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError) as error:
        _log.info("core dumps stay as they are: %s", type(error).__name__)

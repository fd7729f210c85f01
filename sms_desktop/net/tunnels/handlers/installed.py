"""Whether a package or a program is there, without running any of it."""

import shutil
from importlib.util import find_spec

from sms_desktop.net.tunnels.models import Availability


def has_package(package: str, service: str) -> Availability:
    """Whether the agent's package is in this installation."""
    if find_spec(package) is not None:
        return Availability()
    return Availability(f"This installation lacks the package for {service}.")


def has_program(program: str) -> Availability:
    """Whether a program is where programs are looked for."""
    if shutil.which(program) is not None:
        return Availability()
    return Availability(f"{program} is not installed on this computer.")

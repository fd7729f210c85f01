"""``python -m tests.model``: the stateful models for as long as one likes; prints what was done."""

import argparse
import sys
import time

from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.model.outbox_machine import OutboxMachine
from tests.model.pump_machine import PumpMachine

_MACHINES: dict[str, type[OutboxMachine | PumpMachine]] = {
    "outbox": OutboxMachine,
    "pump": PumpMachine,
}


def main() -> int:
    """Run the machines that were named, else all."""
    parser = argparse.ArgumentParser(prog="python -m tests.model", description=__doc__)
    parser.add_argument(
        "machines", nargs="*", metavar="MACHINE", help=f"of {', '.join(_MACHINES)}; default: all"
    )
    parser.add_argument("--examples", type=int, default=3000, help="how many lives to lead")
    parser.add_argument("--steps", type=int, default=120, help="most steps in a life")
    parser.add_argument("--shrink", action="store_true", help="make what is found short; slow")
    wanted = parser.parse_args()
    profile = settings(
        max_examples=wanted.examples,
        stateful_step_count=wanted.steps,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink) if wanted.shrink else (Phase.generate,),
        verbosity=Verbosity.normal,
        suppress_health_check=list(HealthCheck),
    )
    for name in wanted.machines or _MACHINES:
        began_s = time.monotonic()
        machine = _MACHINES[name]
        machine.deeds.clear()
        run_state_machine_as_test(machine, settings=profile)
        figures = f"{machine.deeds.pop('lives')} lives, {machine.deeds.pop('steps')} steps"
        print(f"{name}: {figures}, {time.monotonic() - began_s:.0f} s, nothing found")
        print("  " + ", ".join(f"{deed} {count}" for deed, count in sorted(machine.deeds.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Injects faults into healthy trainings at random, and counts how many are named rightly.

``python -m tools.fault_injection [--each 50] [--seed 1000] [--only NAME …] [--healthy]`` prints a
table, and exits with 1 where less than 95 of 100 are named or more than one healthy example is.
Of as many trainings without a fault, drawn as the others are, it says what is told all the same.
Faults that do no harm, so that the run comes out as well as the healthy one, are drawn again and
counted apart. Rules are chosen on seeds from 0 on; what is reported is of seeds from 1000 on.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from typing import Final

from tools.fault_injection.faults import FAULTS
from tools.fault_injection.trials import Outcome, alarms_of_drawn, false_alarms, tried

_WANTED: Final = 0.95
_MOST_ALARMS: Final = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--each", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--only", nargs="*", choices=[*FAULTS])
    parser.add_argument("--healthy", action="store_true", help="try the healthy examples alone")
    parser.add_argument("--show", action="store_true", help="tell each that was not named")
    options = parser.parse_args(arguments)
    is_well = True
    for name in () if options.healthy else options.only or FAULTS:
        is_well &= _try_fault(name, options.each, options.seed, is_shown=options.show)
    if not options.only:
        alarms = false_alarms()
        print(f"healthy examples: {len(alarms)} told")
        for name, said in alarms.items():
            print(f"    {name}: {said}")
        is_well &= len(alarms) <= _MOST_ALARMS
        drawn = alarms_of_drawn(options.each, options.seed)
        print(f"drawn without a fault: {len(drawn)} of {options.each} told")
        for name, said in drawn.items():
            print(f"    seed {name}: {said}")
    return 0 if is_well else 1


def _try_fault(name: str, each: int, seed: int, *, is_shown: bool) -> bool:
    began, found, harmless = time.process_time(), Counter[str](), 0
    named = count = 0
    while count < each:
        chance = random.Random(f"{name} {seed}")
        seed += 1
        outcome: Outcome | None = tried(FAULTS[name], chance)
        if outcome is None:
            harmless += 1
            if harmless > 6 * each:
                break
            continue
        count += 1
        named += outcome.is_right
        if not outcome.is_right:
            found[outcome.said] += 1
            if is_shown:
                print(f"    seed {seed - 1}: {outcome.said}; wanted {outcome.wanted}")
    share = named / count if count else 0.0
    took = time.process_time() - began
    wrong = ", ".join(f"{said} {times}" for said, times in found.most_common())
    figures = f"{named:3}/{count:<3} {share:5.0%}  harmless {harmless:3}  {took:5.0f} s"
    print(f"{name:22} {figures}  {wrong}", flush=True)
    return share >= _WANTED


if __name__ == "__main__":
    sys.exit(main())

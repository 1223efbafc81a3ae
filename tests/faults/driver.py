"""A service of the product with a fault point armed: `python -m tests.faults.driver POINT N MODULE ARGUMENTS...`."""

import runpy
import sys

from tests.faults.points import arm

if __name__ == "__main__":
    point, number, module, *arguments = sys.argv[1:]
    arm(point, int(number))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)

"""HiGHS shares the process with whoever else uses it."""

import subprocess
import sys

OTHERS_FIRST = """
import highspy
other = highspy.Highs()
other.silent()
other.setOptionValue("threads", 2)
other.maximize(other.addVariable(0, 1))
"""
THEN_OURS = """
from hikiwake.solvers.highs import new_solver
ours = new_solver(presolve="off")
ours.addCol(-1.0, 0.0, 5.0, 0, [], [])
ours.run()
print(ours.getSolution().col_value[0])
"""


def test_a_process_in_which_others_took_more_threads_still_gets_answers() -> None:
    """HiGHS was begun with two threads elsewhere in the process, and finds what is asked here."""
    command = [sys.executable, "-c", OTHERS_FIRST + THEN_OURS]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "5.0"  # after what the other one prints

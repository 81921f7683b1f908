"""What reading processes are forked from in these tests: one that has read a workbook before.

Starting one anew and importing what it reads with takes half a second, more than most tests take
for all else. `tests/unit/bridge` and the tests of the program itself start them as it does.
"""

from crm_desktop.bridge.process.practice import get_ready

get_ready(lambda: False)

"""Faults of the binding that we have met, so that a newer version shows whether it has them."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import qVersion

# In a process of its own: where it fails, the interpreter aborts.
_SET_TEXT = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel()
before = sys.getrefcount(None)
for number in range(20_000):
    label.setText(str(number))
# Under Python 3.12 None is immortal, and its count says nothing.
if sys.version_info < (3, 12) and before - sys.getrefcount(None) > 10_000:
    sys.exit("references to None are lost")
"""


def test_calls_lose_no_reference_to_none() -> None:
    """PySide6 6.12.0 under Python 3.11 loses one a call, until the interpreter aborts."""
    result = subprocess.run(
        [sys.executable, "-c", _SET_TEXT], capture_output=True, text=True, timeout=120, check=False
    )
    assert result.returncode == 0, f"Qt {qVersion()}: {result.stderr}"

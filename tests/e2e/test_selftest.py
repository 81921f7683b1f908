"""`crm-desktop --selftest` passes here, and says so by its exit status and a line a step."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_selftest_passes(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "crm_desktop", "--selftest"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert len([line for line in lines if line.startswith("ok  ")]) == 13
    assert lines[-1] == "Everything works."

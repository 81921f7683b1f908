"""Spreadsheets made for a test, and the maker of the samples."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TOOLS = Path(__file__).resolve().parents[3] / "tools"


@pytest.fixture
def make_xlsx(tmp_path: Path) -> Callable[..., Path]:
    """Write an xlsx of one or several sheets of rows."""
    import sheet_files

    def make(*sheets: Sequence[Sequence[Any]], name: str = "clientes.xlsx") -> Path:
        path = tmp_path / name
        sheet_files.write_xlsx(path, {f"Folha{n}": rows for n, rows in enumerate(sheets, start=1)})
        return path

    return make


@pytest.fixture(scope="session")
def make_samples() -> ModuleType:
    """The script that writes `resources/sample`, as a module."""
    spec = importlib.util.spec_from_file_location("make_samples", TOOLS / "make_samples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_samples"] = module
    spec.loader.exec_module(module)
    return module

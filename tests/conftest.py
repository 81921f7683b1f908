"""What every test has: an archive of its own, and data folders that are nobody's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from crm_desktop import i18n
from crm_desktop.services.workspace import Workspace

# Machines are noisy: no test of ours fails for the time that it took.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    """No test reads or writes the user's own folders."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("LANGUAGE", "en")
    i18n.choose_language("en")


@pytest.fixture
def archive_path(tmp_path: Path) -> Path:
    return tmp_path / "firm.crm"


@pytest.fixture
def workspace(archive_path: Path, tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace.open(archive_path, create=True, data_dir=tmp_path / "data")
    opened.settings.set_home_country("PT")
    yield opened
    opened.close(backup=False)

"""The sample archive: made once from a sample workbook, as a user's own import would make it."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.assets import resource
from crm_desktop.domain.errors import EnvironmentProblem
from crm_desktop.domain.jobs import Job
from crm_desktop.i18n import _, language

_COUNTRIES = {"en": "GB", "pt": "PT", "zh_CN": "CN"}
_WORKBOOKS = {"en": "customers.xlsx", "pt": "clientes.xlsx", "zh_CN": "kehu.xlsx"}


def demo_path(data_dir: Path) -> Path:
    """Where the sample archive of the program's language lies."""
    return data_dir / "sample" / (_("Sample archive") + ".crm")


def sample_workbook() -> Path:
    """The sample workbook in the program's language.

    Raises:
        EnvironmentProblem: the installation lacks it.
    """
    path = resource("sample", _WORKBOOKS[language()])
    if not path.is_file():
        raise EnvironmentProblem(_("The program's sample workbook is missing."))
    return path


def fill_demo(path: Path, *, data_dir: Path, job: Job | None = None) -> None:
    """Make the sample archive; where that fails or is stopped, none is left behind.

    Raises:
        EnvironmentProblem: no room, no permission, no sample.
        Cancelled: the user stopped it.
    """
    from crm_desktop.services.workspace import Workspace

    job = job or Job()
    workbook = sample_workbook()
    workspace = Workspace.open(path, create=True, data_dir=data_dir, job=job)
    done = False
    try:
        country = _COUNTRIES[language()]
        workspace.settings.set_home_country(country)
        with workspace.imports.preview(workbook, country=country, job=job) as session:
            plans = [sheet.plan for sheet in session.preview.sheets if not sheet.empty]
            session.run(plans, job=job)
        done = True
    finally:
        workspace.close(backup=False)
        if not done:
            for leftover in path.parent.glob(f"{path.name}*"):
                leftover.unlink(missing_ok=True)

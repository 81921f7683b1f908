"""Make the small archive that later versions must still open: one for each release.

python tools/release_archive.py      writes tests/upgrades/data/<version>.crm
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from crm_desktop import __version__
from crm_desktop.domain.customers import (
    Address,
    ContactPoint,
    CustomerDraft,
    CustomerId,
    InteractionKind,
)
from crm_desktop.services.workspace import Workspace

TARGET = Path(__file__).parent.parent / "tests" / "upgrades" / "data" / f"{__version__}.crm"


def main() -> None:
    """Write the archive of this version."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.open(Path(folder) / "a.crm", create=True, data_dir=Path(folder))
        workspace.settings.set_home_country("PT")
        ana = workspace.customers.create(
            CustomerDraft(
                name="Ana Silva",
                contact_points=(
                    ContactPoint("phone", "912 345 678", None, "mobile"),
                    ContactPoint("email", "ana@example.org", None),
                ),
                addresses=(Address("Rua A, 1", "1000-001", "Lisboa"),),
                tags=("VIP",),
                custom=(("Passport", "X123456"),),
            )
        )
        workspace.customers.create(CustomerDraft(name="王秀英", organisation="上海东方"))
        workspace.customers.create(CustomerDraft(name="Weber Reisen GmbH", kind="organisation"))
        gone = workspace.customers.create(CustomerDraft(name="In the trash"))
        workspace.customers.delete([gone])
        workspace.customers.update(CustomerId(ana), "birthday", "1980-05-31")
        workspace.customers.log_interaction(ana, InteractionKind.CALL, "Asked for Madeira")
        TARGET.unlink(missing_ok=True)
        workspace.backups.make(target=TARGET)
        workspace.close(backup=False)
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

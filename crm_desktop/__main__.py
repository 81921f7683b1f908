"""`python -m crm_desktop`, and the first file of the bundle."""

from __future__ import annotations

import multiprocessing

from crm_desktop.cli import main

if __name__ == "__main__":
    # The bundle starts itself again for the child that reads spreadsheets.
    multiprocessing.freeze_support()
    main()

"""The command line: the same use cases as the window, for scripts and for the careful.

`crm-desktop` or `crm-desktop ARCHIVE` opens the window, with files to import or a `tel:` link if
need be; the first word may be a command instead. Exit status 0 when it was done, 1 with one
sentence on stderr when it could not be, 2 when the call itself was wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crm_desktop import __version__
from crm_desktop.console import first_line, inline, print_out, read_json, speak_utf8
from crm_desktop.domain.errors import Cancelled, CrmError, EnvironmentProblem, UserError
from crm_desktop.i18n import _, choose_language, ngettext

if TYPE_CHECKING:
    from crm_desktop.services.workspace import Workspace

ARCHIVE = click.Path(path_type=Path)
FILE = click.Path(path_type=Path)


class _Commands(click.Group):
    """A first word that is no command is an archive, to be opened in the window."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        word = next((a for a in args if not a.startswith("-")), None)
        asked = {"-h", "--help", "--version"} & set(args)
        if not asked and word not in self.commands:
            args = ["window", *args]
        return super().parse_args(ctx, args)


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="`crm-desktop [ARCHIVE]` without a command opens the window.",
)
@click.version_option(__version__, prog_name="crm-desktop")
def commands() -> None:
    """An offline customer archive: takes in old sheets, finds customers, prints their files."""


@commands.command()
@click.argument("things", metavar="[ARCHIVE] [FILES…] [tel:NUMBER]", nargs=-1)
@click.option("--demo", is_flag=True, help="Open the sample archive.")
@click.option("--selftest", is_flag=True, help="Try the whole installation and exit.")
@click.option("--theme", type=click.Choice(["light", "dark", "system"]), default=None)
@click.option("--language", type=click.Choice(["en", "zh_CN", "pt"]), default=None)
def window(
    things: tuple[str, ...], demo: bool, selftest: bool, theme: str | None, language: str | None
) -> None:
    """Open the window (also without this word); files are imported, a tel: link is looked up."""
    if selftest:
        from crm_desktop import selftest as tests

        raise SystemExit(tests.run())
    from crm_desktop.ui.preflight import require_window

    require_window()
    from crm_desktop.app import run_window
    from crm_desktop.services.arguments import read

    given = read(things)
    raise SystemExit(
        run_window(
            given.archive,
            files=given.files,
            lookup=given.lookup,
            demo=demo,
            theme=theme,
            language=language,
        )
    )


@commands.command()
@click.argument("words", metavar="[NUMBER|NAME]", nargs=-1)
@click.option("--archive", type=ARCHIVE, help="Where to look; else the one opened last.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def lookup(words: tuple[str, ...], archive: Path | None, as_json: bool) -> None:
    """Show who has a number, its last digits or a name: in the window that runs, else here.

    Without words, the lookup window opens: bind this to a key of your desktop.
    """
    from crm_desktop.app import hand_over, recent_archives

    text = " ".join(words)
    archives = [archive] if archive is not None else recent_archives()
    if not as_json and hand_over(archives, lookup=text):
        click.echo(_("Shown in the window that is open."))
        return
    if not text:
        from crm_desktop.app import run_window
        from crm_desktop.ui.preflight import require_window

        require_window()
        raise SystemExit(run_window(archive, lookup=""))
    if not archives:
        raise UserError(_("No archive was opened yet; say which with --archive."))
    from crm_desktop.services.lookup_text import as_document, as_text

    with _opened(archives[0], read_only=True) as workspace:
        found = workspace.lookup.find(text)
        card = workspace.lookup.card(found.hits[0].row.id) if found.hits else None
    print_out(as_document(found, card), as_text(found, card), as_json)


@commands.command("import")
@click.argument("archive", type=ARCHIVE)
@click.argument("files", type=FILE, nargs=-1, required=True)
@click.option("--country", help="Home country for phone numbers, such as PT.")
@click.option("--sheet", "sheets", multiple=True, help="Only this sheet (may be repeated).")
@click.option(
    "--mapping", metavar="FILE|NAME", help="What the columns are: a JSON file or a saved mapping."
)
@click.option("--password-file", type=FILE, help="A file whose first line is the password.")
@click.option(
    "--only-changed", is_flag=True, help="Leave rows out that came in before as they stand."
)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def import_(
    archive: Path,
    files: tuple[Path, ...],
    country: str | None,
    sheets: tuple[str, ...],
    mapping: str | None,
    password_file: Path | None,
    only_changed: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take customers in from spreadsheets (or from an own .json export)."""
    from crm_desktop.services.imports.options import ImportOptions

    is_file = mapping is not None and Path(mapping).exists()
    options = ImportOptions(
        country=country,
        sheets=sheets,
        mapping=read_json(Path(mapping)) if mapping and is_file else None,
        password=first_line(password_file) if password_file else None,
        only_changed=only_changed,
    )
    with _opened(archive, create=True, keep_new=not dry_run) as workspace:
        if mapping and not is_file:
            options = replace(options, mapping=workspace.mappings.get(mapping))
        result = workspace.imports.import_files(files, options=options, dry_run=dry_run)
    from crm_desktop.services.imports.report import as_document, as_text

    print_out(as_document(result), as_text(result), as_json)


@commands.command()
@click.argument("archive", type=ARCHIVE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def mappings(archive: Path, as_json: bool) -> None:
    """List the saved mappings, which `import --mapping NAME` takes."""
    with _opened(archive, read_only=True) as workspace:
        saved = workspace.mappings.all()
    print_out(saved, "\n".join(saved) or _("No mapping is saved."), as_json)


@commands.command()
@click.argument("archive", type=ARCHIVE)
@click.argument("text")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def search(archive: Path, text: str, limit: int, as_json: bool) -> None:
    """Find customers by any part of what is known about them."""
    with _opened(archive, read_only=True) as workspace:
        rows = workspace.customers.search(text, limit=limit)
    document = [
        {
            "id": row.id,
            "name": row.name,
            "organisation": row.organisation,
            "phone": row.phone,
            "email": row.email,
            "city": row.city,
        }
        for row in rows
    ]
    lines = ["\t".join((str(r.id), r.name, r.organisation, r.phone, r.email, r.city)) for r in rows]
    print_out(document, "\n".join(lines) or _("Nobody was found."), as_json)


@commands.command()
@click.argument("archive", type=ARCHIVE)
@click.argument("number", metavar="ID", type=int)
@click.option("--origins", is_flag=True, help="Say of each value which cell it came from.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def show(archive: Path, number: int, origins: bool, as_json: bool) -> None:
    """Show one customer."""
    from crm_desktop.domain.customers import CustomerId

    with _opened(archive, read_only=True) as workspace:
        document = workspace.exports.document(CustomerId(number))
        cells = workspace.customers.origins(CustomerId(number)) if origins else []
    lines = [f"{key}: {inline(value)}" for key, value in document.items() if value]
    if origins:
        document["origins"] = [{**cell._asdict(), "at": cell.at.isoformat()} for cell in cells]
    lines += [
        f"{cell.field} ← {cell.file} · {cell.sheet} · {cell.column}{cell.row}: {cell.text}"
        for cell in cells
    ]
    print_out(document, "\n".join(lines), as_json)


@commands.command("print")
@click.argument("archive", type=ARCHIVE)
@click.argument("numbers", metavar="ID…", type=int, nargs=-1)
@click.option("--all", "everybody", is_flag=True, help="Print every customer.")
@click.option("-o", "--output", type=FILE, required=True, help="The PDF to write.")
def print_(archive: Path, numbers: tuple[int, ...], everybody: bool, output: Path) -> None:
    """Write customer files as a PDF."""
    from crm_desktop.domain.customers import CustomerId

    if everybody == bool(numbers):
        raise click.UsageError(_("Name customers, or say --all."))
    with _opened(archive, read_only=True) as workspace:
        ids = [CustomerId(n) for n in numbers]
        for number in ids:
            workspace.customers.get(number)
        pdf = workspace.files.pdf(None if everybody else ids)
        workspace.files.save(pdf, output)
    if pdf.missing_characters:
        click.echo(
            _("No font has these characters: {characters}").format(
                characters=pdf.missing_characters
            ),
            err=True,
        )


@commands.command()
@click.argument("archive", type=ARCHIVE)
@click.argument("target", metavar="FILE.(json|xlsx|csv)", type=FILE)
@click.option("--trash", is_flag=True, help="Those in the trash too (.json only).")
def export(archive: Path, target: Path, trash: bool) -> None:
    """Write all customers to a file; a .json holds the whole archive, documents too."""
    with _opened(archive, read_only=True) as workspace:
        n = workspace.exports.export(target, trash=trash)
    click.echo(ngettext("{n} customer exported.", "{n} customers exported.", n).format(n=n))


@commands.command()
@click.argument("archive", type=ARCHIVE)
def undo(archive: Path) -> None:
    """Take the last step back."""
    with _opened(archive) as workspace:
        result = workspace.history.undo()
    click.echo(_("Taken back: {step}").format(step=result.step.name))
    for conflict in result.conflicts:
        click.echo(
            _("Kept, because it was edited since: {customer}, {field}: {value}").format(
                customer=conflict.customer_name,
                field=conflict.field or conflict.table,
                value=conflict.kept,
            )
        )


@commands.command()
@click.argument("archive", type=ARCHIVE)
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def history(archive: Path, limit: int, as_json: bool) -> None:
    """List what was done, newest first."""
    with _opened(archive, read_only=True) as workspace:
        steps = workspace.history.steps(limit=limit)
    document = [
        {
            "id": s.id,
            "name": s.name,
            "at": s.at.isoformat(),
            "kind": s.kind.value,
            "of": s.of,
            "undone": s.undone,
            "rows": s.rows,
        }
        for s in steps
    ]
    lines = [
        f"{s.id}\t{s.at.astimezone():%Y-%m-%d %H:%M}\t{s.name}"
        + (f"\t({_('taken back')})" if s.undone else "")
        for s in steps
    ]
    print_out(document, "\n".join(lines) or _("Nothing was done yet."), as_json)


@commands.command()
@click.argument("archive", type=ARCHIVE)
@click.argument("target", type=FILE, required=False)
def backup(archive: Path, target: Path | None) -> None:
    """Make a verified copy: into the folder of backups, or to TARGET."""
    with _opened(archive) as workspace:
        made = workspace.backups.make(target=target)
    click.echo(made.path)


@commands.command()
@click.argument("archive", type=ARCHIVE)
@click.argument("source", type=FILE, required=False)
@click.option("--list", "only_list", is_flag=True, help="Only list the backups.")
def restore(archive: Path, source: Path | None, only_list: bool) -> None:
    """Put a backup (the newest without SOURCE) in the archive's place; the old file is kept."""
    from crm_desktop.services import backups

    if only_list:
        for found in backups.backups_of(archive):
            click.echo(f"{found.made_at.astimezone():%Y-%m-%d %H:%M}\t{found.path}")
        return
    chosen = source or backups.newest_backup(archive)
    kept = backups.restore(archive, chosen)
    click.echo(_("Restored from {file}.").format(file=chosen))
    if kept is not None:
        click.echo(_("The replaced file is kept as {file}.").format(file=kept))


@commands.command()
@click.argument("archive", type=ARCHIVE)
def check(archive: Path) -> None:
    """Look the archive over: pages, references, search index."""
    from crm_desktop.services.backups import describe

    with _opened(archive) as workspace:
        report = workspace.backups.check()
    if not report.ok:
        raise UserError(describe(report).replace("\n", " "))
    click.echo(describe(report))


@contextmanager
def _opened(
    archive: Path, *, create: bool = False, read_only: bool = False, keep_new: bool = True
) -> Iterator[Workspace]:
    from crm_desktop.services.workspace import Workspace

    is_new = create and not archive.exists()
    workspace = Workspace.open(archive, create=create, read_only=read_only)
    try:
        yield workspace
    except BaseException:
        workspace.close(backup=False)
        if is_new:
            _remove(archive)
        raise
    workspace.close()
    if is_new and not keep_new:
        _remove(archive)


def _remove(archive: Path) -> None:
    """Take away an archive that was made for a command that then did nothing."""
    for ending in ("", "-wal", "-shm", ".lock"):
        archive.with_name(archive.name + ending).unlink(missing_ok=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of `crm-desktop`."""
    choose_language()
    speak_utf8()
    try:
        status: object = commands.main(
            args=None if arguments is None else list(arguments),
            prog_name="crm-desktop",
            standalone_mode=False,
        )
    except click.ClickException as error:
        error.show()
        raise SystemExit(error.exit_code) from None
    except (click.Abort, KeyboardInterrupt, Cancelled):
        _fail(_("Cancelled; nothing was changed."))
    except CrmError as error:
        _fail(_sentence(error))
    else:
        raise SystemExit(status if isinstance(status, int) else 0)


def _sentence(error: CrmError) -> str:
    if isinstance(error, EnvironmentProblem) and error.remedy:
        return f"{error} {error.remedy}"
    return str(error)


def _fail(message: str) -> None:
    click.echo(f"crm-desktop: {' '.join(message.split())}", err=True)
    raise SystemExit(1)

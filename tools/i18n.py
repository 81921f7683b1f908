"""The catalogues of the program's words, from the source to what gettext reads.

    python tools/i18n.py extract     source → resources/locale/crm_desktop.pot
    python tools/i18n.py update      the template's messages into every language's .po
    python tools/i18n.py compile     .po → .mo
    python tools/i18n.py all         the three in a row, then what is left to translate
    python tools/i18n.py check       complain of everything that is not as it should be

The .po files are edited by hand or with any editor for them; the .mo files are committed,
because the program runs from a checkout too. No dates and no line numbers go into the files:
they would change with every run and make every merge a conflict.
"""

from __future__ import annotations

import io
import string
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "crm_desktop"
LOCALE = ROOT / "resources" / "locale"
DOMAIN = "crm_desktop"
LANGUAGES = ("pt", "zh_CN")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
COMMENT_TAG = "i18n:"
Key = tuple[str | None, tuple[str, ...]]
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
_LEFT_OUT_HEADERS = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Report-Msgid-Bugs-To",
    "Generated-By",
)


def extracted() -> Catalog:
    """All messages of the source."""
    catalog = _with_head(Catalog())
    found = extract_from_dir(
        SOURCE, [("**.py", "python")], {}, KEYWORDS, (COMMENT_TAG,), strip_comment_tags=True
    )
    for name, _line, message, comments, context in found:
        place = f"crm_desktop/{Path(name).as_posix()}"
        catalog.add(message, None, [(place, 0)], auto_comments=comments, context=context or None)
    return catalog


def template_path() -> Path:
    """The template's file."""
    return LOCALE / f"{DOMAIN}.pot"


def po_path(language: str) -> Path:
    """A language's catalogue as people read it."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """A language's catalogue; empty where there is none yet."""
    path = po_path(language)
    if not path.exists():
        return _with_head(Catalog(locale=language))
    with path.open("rb") as file:
        return _with_head(read_po(file, locale=language, domain=DOMAIN, abort_invalid=True))


def write(catalog: Catalog, path: Path) -> None:
    """Write a catalogue without what changes by itself."""
    buffer = io.BytesIO()
    write_po(
        buffer, catalog, width=96, sort_by_file=True, include_lineno=False, ignore_obsolete=True
    )
    lines = buffer.getvalue().decode("utf-8").splitlines()
    kept = [
        line for line in lines if not line.startswith(tuple(f'"{h}' for h in _LEFT_OUT_HEADERS))
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(kept).rstrip() + "\n", encoding="utf-8", newline="\n")


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def extract() -> None:
    """Write the template."""
    write(extracted(), template_path())


def update() -> None:
    """Bring the template's messages into every catalogue; what is new is left empty."""
    with template_path().open("rb") as file:
        template = read_po(file)
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        write(_with_head(catalog), po_path(language))


def compile_() -> None:
    """Write what gettext reads."""
    for language in LANGUAGES:
        po_path(language).with_suffix(".mo").write_bytes(compiled(read(language)))


def check() -> list[str]:
    """Everything that is not as it should be, a sentence each; empty where all is well."""
    source = extracted()
    problems = []
    if not template_path().exists():
        return ["the template is missing: run `extract`"]
    with template_path().open("rb") as file:
        if _keys(read_po(file)) != _keys(source):
            problems.append("the template is not what the source says: run `extract`")
    for language in LANGUAGES:
        problems += [f"{language}: {problem}" for problem in _check_language(language, source)]
    return problems


def untranslated(language: str) -> list[Message]:
    """Messages that have no words in a language yet."""
    return [m for m in _messages(read(language)) if not all(_forms(m))]


def _check_language(language: str, source: Catalog) -> list[str]:
    catalog = read(language)
    here, wanted = _keys(catalog), _keys(source)
    problems = [f"lacks {_shown(key)}: run `update`" for key in sorted(wanted - here, key=repr)]
    problems += [
        f"has {_shown(key)}, which nothing says any more: run `update`"
        for key in sorted(here - wanted, key=repr)
    ]
    for message in _messages(catalog):
        problems += [f"{_shown(_key(message))}: {p}" for p in _check_message(message, catalog)]
    path = po_path(language).with_suffix(".mo")
    if not path.exists():
        return [*problems, "the .mo is missing: run `compile`"]
    with path.open("rb") as file:
        stored = read_mo(file)
    if _translations(stored) != _translations(catalog):
        problems.append("the .mo is older than the .po: run `compile`")
    return problems


def _check_message(message: Message, catalog: Catalog) -> list[str]:
    forms = _forms(message)
    if not all(forms):
        return ["is not translated"]
    problems = []
    if message.fuzzy:
        problems.append("is marked fuzzy")
    originals = _originals(message)
    if len(originals) > 1 and len(forms) != catalog.num_plurals:
        problems.append(f"has {len(forms)} plural forms, not {catalog.num_plurals}")
    allowed = [_placeholders(original) for original in originals]
    for form in forms:
        if _placeholders(form) not in allowed:
            problems.append(f"“{form}” has other placeholders")
        if not any(_frame(form) == _frame(original) for original in originals):
            problems.append(f"“{form}” begins or ends in other white space, or lacks its “&”")
    return problems


def _placeholders(text: str) -> frozenset[tuple[str, str]]:
    """The names in braces, with their formats; a text with a stray brace has the name '?'."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return frozenset({("?", text)})
    return frozenset((name, spec or "") for _text, name, spec, _conv in parts if name is not None)


def _frame(text: str) -> tuple[str, str, int, int]:
    """What a translation keeps: white space at the ends, lines, the key of a menu."""
    left = text[: len(text) - len(text.lstrip())]
    right = text[len(text.rstrip()) :]
    return left, right, text.count("\n"), text.replace("&&", "").count("&")


def _with_head(catalog: Catalog) -> Catalog:
    """Give a catalogue the same head whenever and by whomever it is written."""
    catalog.project, catalog.version = "CRM Desktop", ""
    catalog.creation_date = catalog.revision_date = _NO_DATE
    catalog.last_translator = catalog.language_team = ""
    catalog.header_comment = "# The words of CRM Desktop. Made and checked by tools/i18n.py."
    catalog.fuzzy = False
    return catalog


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _key(message: Message) -> Key:
    context: str | bytes | None = message.context
    # Out of a .mo, Babel reads contexts as bytes.
    return context.decode() if isinstance(context, bytes) else context, _originals(message)


def _originals(message: Message) -> tuple[str, ...]:
    """The English words: one text, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _keys(catalog: Catalog) -> set[Key]:
    return {_key(message) for message in _messages(catalog)}


def _forms(message: Message) -> tuple[str, ...]:
    """The translated words; one empty text where there are none."""
    string = message.string or ""
    return (string,) if isinstance(string, str) else tuple(string)


def _translations(catalog: Catalog) -> dict[Key, tuple[str, ...]]:
    return {_key(m): _forms(m) for m in _messages(catalog) if all(_forms(m)) and not m.fuzzy}


def _shown(key: Key) -> str:
    context, words = key
    return f"“{words[0]}”" + (f" ({context})" if context else "")


def main(arguments: list[str]) -> int:
    """Entrance."""
    tasks: dict[str, tuple[Callable[[], None], ...]] = {
        "extract": (extract,),
        "update": (update,),
        "compile": (compile_,),
        "all": (extract, update, compile_),
    }
    what = arguments[0] if len(arguments) == 1 else ""
    if what == "check":
        problems = check()
        print("\n".join(problems) or "The translations are complete.")
        return 1 if problems else 0
    if what not in tasks:
        print(__doc__)
        return 2
    for task in tasks[what]:
        task()
    if what == "all":
        for language in LANGUAGES:
            waiting = untranslated(language)
            print(f"{language}: {len(waiting)} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Further parts of a name in columns of their own: middle names, second surnames, Jr."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.bridge.sheets.neighbours import Choice, Column, best
from crm_desktop.bridge.sheets.synonyms import header_key

_MIDDLE = frozenset(
    map(
        header_key,
        (
            *("middle name", "middle names", "middle", "middle initial", "second name"),
            *("additional name", "additional names"),
            *("second first name", "second given name", "other names", "other given names"),
            *("nome do meio", "segundo nome", "nomes do meio", "segundo nome próprio"),
            *("segundo nombre", "segundos nombres", "otros nombres", "nombre 2"),
            *("deuxième prénom", "second prénom", "autres prénoms", "prénom 2", "2e prénom"),
            *("zweiter vorname", "weitere vornamen", "2. vorname", "mittelname", "vorname 2"),
            *("secondo nome", "altri nomi", "отчество", "второе имя", "中间名", "ミドルネーム"),
        ),
    )
)
_SECOND_SURNAME = frozenset(
    map(
        header_key,
        (
            *("segundo apellido", "2º apellido", "2do apellido", "apellido 2", "apellido materno"),
            *("segundo sobrenome", "segundo apelido", "último apelido", "second surname"),
            *("second last name", "deuxième nom", "secondo cognome"),
        ),
    )
)
_SUFFIX = frozenset(
    map(
        header_key,
        (
            "suffix",
            "name suffix",
            "sufixo",
            "sufixo do nome",
            "sufijo",
            "suffixe",
            "suffisso",
            "后缀",
        ),
    )
)
# Other suffixes are degrees, which are no part of a name.
_GENERATIONS = frozenset(
    (
        *("jr", "jnr", "junior", "júnior", "sr", "snr", "senior", "sénior", "sênior", "filho"),
        *("neto", "sobrinho", "hijo", "fils", "père", "ii", "iii", "iv", "v"),
    )
)


def is_further(header: str) -> bool:
    """Whether a column's part stands behind that of another column of the same field."""
    key = header_key(header)
    return key in _MIDDLE or key in _SECOND_SURNAME or key in _SUFFIX


def settle_name_parts(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """Columns that continue a given or a family name feed the same field as it does."""
    given, family = best(chosen, "given_name"), best(chosen, "family_name")
    for index, column in columns.items():
        if index in (given, family):
            continue
        key = header_key(column.header)
        if given is not None and key in _MIDDLE:
            chosen[index] = Choice(0.9, "given_name", "")
        elif family is not None and (
            key in _SECOND_SURNAME or (key in _SUFFIX and _are_generations(column))
        ):
            chosen[index] = Choice(0.9, "family_name", "")


def _are_generations(column: Column) -> bool:
    texts = [text.strip(" .,").casefold() for text in column.texts if text]
    return bool(texts) and all(text in _GENERATIONS for text in texts)

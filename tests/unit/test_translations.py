"""Every word of the program is there in every language it speaks."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from crm_desktop import i18n
from crm_desktop.bridge.sheets.synonyms import meanings

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    path = ROOT / "tools" / "i18n.py"
    spec = importlib.util.spec_from_file_location("i18n_tool", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_catalogues_are_complete(tool: ModuleType) -> None:
    assert tool.check() == []


def test_a_lost_placeholder_is_noticed(tool: ModuleType) -> None:
    catalog = tool.read("pt")
    good = tool.Message("{n} of {total}", "{n} de {total}")
    bad = tool.Message("{n} of {total}", "{n} de {totais}")
    assert tool._check_message(good, catalog) == []
    assert tool._check_message(bad, catalog) != []


def test_a_lost_key_of_a_menu_is_noticed(tool: ModuleType) -> None:
    catalog = tool.read("pt")
    assert tool._check_message(tool.Message("&File", "&Ficheiro"), catalog) == []
    assert tool._check_message(tool.Message("&File", "Ficheiro"), catalog) != []


@pytest.mark.parametrize("language", ["en", "pt", "zh_CN"])
def test_exported_columns_are_read_back(language: str) -> None:
    """The heads of an exported workbook are words that the import knows."""
    wanted = {
        "Name": "name",
        "First name": "given_name",
        "Last name": "family_name",
        "Organisation": "organisation",
        "Phone": "phone",
        "Mobile phone": "phone",
        "Home phone": "phone",
        "Work phone": "phone",
        "Fax": "phone",
        "E-mail": "email",
        "IM": "im",
        "Address": "street",
        "Postcode": "postcode",
        "City": "city",
        "Region": "region",
        "Country": "country",
        "Birthday": "birthday",
        "Stage": "stage",
        "Kind": "kind",
        "Tags": "tags",
        "Notes": "notes",
    }
    i18n.choose_language(language)
    for head, field in wanted.items():
        assert field in {m.field for m in meanings(i18n._(head))}, i18n._(head)

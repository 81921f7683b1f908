"""Which names are surely those of organisations, and which are people's all the same."""

from __future__ import annotations

import pytest

from crm_desktop.bridge.values.organisations import is_organisation_name


@pytest.mark.parametrize(
    "name",
    [
        "Mar Alto, Lda.",
        "Feirão do Zé Hortifruti ME",
        "Padaria Lua - ME",
        "PADARIA LUA LTDA ME",
        "JOSE SILVA - MEI",
        "Oficina do Zé EPP",
        "Bordados Eireli",
        "Dolcevita di Neri & C. S.n.c.",
        "Müller & Co.",
        "Weber GbR",
        "Blumen Voß e.K.",
        "Sol y Cía",
        "Tintas S/A",
        "SARL Menuiserie Aubrac",
        "S.A.R.L. Menuiserie Aubrac",
        "EARL des Trois Chênes",
        "EARL DES CHENES",
        "SCI du Lac",
        "GAEC de la Vallée",
        "Ets Durand",
        "Établissements Durand",
        "Mairie de Saint-Chély",
        "MAIRIE DE SAINT-CHÉLY",
        "Commune de Laguiole",
        "Câmara Municipal de Évora",
        "Junta de Freguesia de Belém",
        "Prefeitura Municipal de Londrina",
        "Ayuntamiento de Lugo",
        "Comunidad de Propietarios Sol 5",
        "Comune di Pisa",
        "Gemeinde Sylt",
        "Stadtverwaltung Husum",
        "Associação de Moradores",
        "深圳市远方旅行社有限公司",
    ],
)
def test_organisations(name: str) -> None:
    assert is_organisation_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Wang Mei",
        "WANG MEI",
        "WANG XIAO MEI",
        "Peter Epp",
        "PETER EPP",
        "Daniel Ek",
        "Earl Grey",
        "EARL GREY",
        "Sci Anna",
        "Sas Odile",
        "Ville Virtanen",
        "Mairie",
        "Gemeinde",
        "Comune",
        "Maria Camara",
        "Silva, Ana",
        "Tell me",
    ],
)
def test_people(name: str) -> None:
    assert not is_organisation_name(name)

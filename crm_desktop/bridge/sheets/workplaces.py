"""Where the persons of a sheet work, below a word for such places: 所在诊所, "Clinic | Role"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crm_desktop.bridge.sheets.neighbours import Choice, Column, best, names_a_job
from crm_desktop.bridge.sheets.synonyms import header_words, meanings
from crm_desktop.bridge.values.organisations import is_organisation_name

_PLACE_HAN = (
    "诊所|医院|门诊部?|卫生院|药店|药房|酒店|宾馆|餐厅|公司|企业|集团|单位|机构|工厂|厂家?|事务所|律所|"
    "设计院|研究[所院]|学校|学院|大学|幼儿园|旅行社|协会|美容院|工作室|银行"
)
# A shop or a branch somebody belongs to may be the firm's own: 所属门店 is none of these.
_SAID = re.compile(
    rf"(?:现?所在|所属|任职|就职|供职|服务)的?(?:{_PLACE_HAN})(?:名称|全称|名)?|"
    r"(?:clinic|hospital|practice|school|hotel|laboratory|pharmacy|agency|office) (?:where )?"
    r"(?:he|she|they|s he)? ?works?(?: (?:at|in))?|(?:works?|working) (?:at|in|for)(?: \w+)?|"
    r"(?:clinica|hospital|consultorio|laboratorio|farmacia|escola|colegio|hotel|atelier|oficina|"
    r"loja|agencia|gabinete) (?:onde|em que|donde) (?:trabalha|exerce|trabaja)"
)
_BARE = re.compile(
    rf"(?:{_PLACE_HAN})(?:名称|全称|名)?|(?:name of |nome d[aeo] |nombre de(?: la|l)? )?"
    r"(?:(?:dental |vet(?:erinary)? |medical )?(?:clinic|surgery|practice|hospital|centre|center)|"
    r"pharmacy|laboratory|lab|studio|salon|hotel|restaurant|gym|nursery|agency|garage|law firm|"
    r"clinica|consultorio|laboratorio|farmacia|escola|colegio|hospital|restaurante|ginasio|"
    r"gimnasio|atelier|oficina|loja|agencia|salao|creche|gabinete|escritorio|clinique|hopital|"
    r"cabinet|pharmacie|praxis|klinik|kanzlei|apotheke)(?: name)?"
)
_PERSONS = ("name", "given_name", "family_name")
_MOST = 0.5


def settle_workplaces(chosen: dict[int, Choice], columns: Mapping[int, Column]) -> None:
    """A column of institutions beside persons is their firm, where its header says so.

    A mere "Clinic" may be where a patient was sent to: only beside what somebody is there is it
    where he works.
    """
    if best(chosen, "organisation") is not None or all(best(chosen, f) is None for f in _PERSONS):
        return
    jobs = any(names_a_job(column.header) for column in columns.values())
    for index in sorted(columns):
        column, words = columns[index], header_words(columns[index].header)
        if index in chosen and (chosen[index].field != "custom" or meanings(column.header)):
            continue
        told = _SAID.fullmatch(words) or (jobs and _BARE.fullmatch(words))
        if told and _are_institutions(column):
            chosen[index] = Choice(0.8, "organisation", "")
            return


def _are_institutions(column: Column) -> bool:
    texts = [text for text in column.texts if text]
    return bool(texts) and sum(map(is_organisation_name, texts)) >= len(texts) * _MOST

"""A firm and its contact person in one row: which columns are the firm's own.

Below "Company | VAT number | Phone | Contact person | Mobile" a row tells of two customers, who
work together. Rows that name only a firm, or only one more person of it, show best whose a
column is; where there are none, its place and what it holds do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from crm_desktop.bridge.files.book import Row
from crm_desktop.bridge.matching.own_ids import id_kind
from crm_desktop.bridge.sheets import detect
from crm_desktop.bridge.sheets.continued import is_running
from crm_desktop.bridge.sheets.neighbours import names_a_job
from crm_desktop.bridge.sheets.parts import Part
from crm_desktop.bridge.sheets.profile import is_person_name
from crm_desktop.bridge.sheets.scan import ScannedSheet
from crm_desktop.bridge.sheets.synonyms import header_words, names_contacts
from crm_desktop.bridge.values.e164 import is_landline
from crm_desktop.bridge.values.organisations import is_organisation_name
from crm_desktop.bridge.values.phones import read_phones
from crm_desktop.bridge.values.text import cell_text, has_cjk, is_blank, tidy_line
from crm_desktop.domain.imports import GROUP_COLUMN, SKIP, ColumnMapping, SheetKind, SheetPlan

_NAMES = frozenset(("name", "given_name", "family_name"))
_PERSONAL = frozenset((*_NAMES, "birthday", "title", "im", "language", "kind"))
# A firm is a customer as the persons are who work there.
OF_BOTH = frozenset(("organisation", "stage", "tags", "owner"))
_ADDRESS = frozenset(("street", "postcode", "city", "region", "country"))
# What only a person has, wherever the column stands.
OF_PERSONS = re.compile(
    r"\b(?:cargo|funcao|puesto|posicao|position|role|job|job title|title|titulo|department|dept|"
    r"departamento|sector|fonction|poste|funktion|abteilung|ruolo|mobile|mobil|handy|cell|telemovel|tlm|"
    r"celular|movil|direct|directo|direto|direct line|extension|ext|ramal|extensao|birthday|"
    r"aniversario|gender|sex|sexo|genero|passport|passaporte|cpf|bi|cc|whatsapp|wechat|skype|"
    r"linkedin|nickname|contact|contacto|contato)\b"
    r"|职位|职务|职称|部门|手机|分机|直线|生日|性别|微信|qq|身份证|护照|联系人|联络人|担当|役職|部署|携帯"
)
# What is the firm's, wherever the column stands.
_OF_FIRMS = re.compile(
    r"\b(?:fax|main|office|switchboard|company|firm|business|head office|hq|sede|geral|empresa|"
    r"firma|escritorio|pbx|general|centralita|zentrale|standard|contract|contrato|website|web|site|"
    r"payment|pagamento|credit|sla)\b"
    r"|公司|单位|企业|总机|总机号|传真|座机|固定电话|办公|付款|账期|合同|网站|网址|地址"
)
# Right behind a person's name, where in the firm he is; elsewhere, the firm's trade or place.
_WHERE_IN_IT = re.compile(
    r"(?:setor|area|seccao|secao|seccion|section|divis(?:ao|ion)|gabinete|reparto|ufficio|service|"
    r"servico|bereich|office|desk|team|equipa|equipe|unit|unidade|科室|处室|科别|岗位|组别)"
)
# Who answers for a firm, whatever he is called there.
_ROLE = re.compile(
    r"\b(?:manager|director|owner|proprietor|principal|secretary|supervisor|chef|diretora?|"
    r"director[ae]?|gerente|dono|dona|proprietari[oa]|encarregad[oa]|responsavel|jefe|geschaftsfuhrer|"
    r"inhaber|gerant|titolare)\b|店长|经理|负责人|主管|老板|掌柜|院长|校长|园长"
)
# Before the @ of an address that several read.
_OFFICE = re.compile(
    r"(?:info|geral|general|office|contact\w*|contato\w*|admin\w*|sales|vendas|ventas|comercial|"
    r"mail|hello|hi|ola|reception|recepcao|rececao|reservas?|bookings?|orders|encomendas|compras|"
    r"accounts?|invoices?|faturas?|financeiro|contabilidade|secretaria\w*|escritorio|empresa|"
    r"service|support|suporte|kefu|xiaoshou|bangong|enquir\w+|inquir\w+|team|shop|loja|sac)\d*[@.\-_]"
)
_MOST = 200
_LONGEST_HAN = 4  # letters of a person's name
_HALF = 0.5
_ENOUGH = 0.3


def firm_columns(part: Part, plan: SheetPlan, countries: tuple[str, ...]) -> frozenset[int]:
    """The columns of a list that are a firm's where a row names its contact person, too.

    Args:
        part: the table.
        plan: how it is read.
        countries: ISO codes that national phone numbers are read in.

    Returns:
        Their places in the sheet, the firm's name among them; empty where rows tell of persons
        alone, of whom the firm is but a name.
    """
    if part.is_cards or plan.kind is not SheetKind.LIST:
        return frozenset()
    scan = part.scan
    columns = [c for c in plan.columns if c.field != SKIP and c.index < GROUP_COLUMN]
    firms = [c for c in columns if c.field == "organisation"]
    named = [c for c in columns if c.field in _NAMES]
    if len(firms) != 1 or not named or firms[0].index > named[0].index:
        return frozenset()
    firm, person = firms[0], min(c.index for c in named)
    rows = _Rows(scan, firm, named)
    merged = any(a.left == firm.index and a.bottom > a.top for a in part.traits.merged)
    asked = any(answers_for_firm(c.header) for c in named)
    # "管事的 | 职务": whoever has a job beside his name has it there.
    behind = {c.index + 1 for c in named}
    asked = asked or any(c.index in behind and names_a_job(c.header) for c in columns)
    if not rows.both or not (asked or (merged and rows.alone and _are_firms(scan, firm))):
        return frozenset()
    reach = _Reach([scan.sample[i] for i in rows.both], scan.left, countries)
    own = [c for c in columns if c is not firm and _is_firms(c, person, rows, reach)]
    # What stands behind the person, and may be said of either, makes no firm a customer.
    if not any(_tells_of_firm(c, person, rows, scan) for c in own):
        return frozenset()
    return frozenset((firm.index, *(c.index for c in own)))


def answers_for_firm(header: str) -> bool:
    """Whether a header speaks of who answers for a firm: "Contact", 联系人, "Manager"."""
    return names_contacts(header) or _ROLE.search(header_words(header)) is not None


def names_both(plan: SheetPlan, left: int) -> Callable[[Row], bool]:
    """What tells whether a row names a firm and a person; `left` is the table's first column."""
    firms = [c.index - left for c in plan.columns if c.field == "organisation"]
    named = [c.index - left for c in plan.columns if c.field in _NAMES]

    def is_named(row: Row, j: int) -> bool:
        # A bare address below "Contact" is the firm's.
        return (
            j < len(row)
            and not is_blank(row[j])
            and not detect.is_contact(tidy_line(cell_text(row[j])))
        )

    def both(row: Row) -> bool:
        return any(is_named(row, j) for j in firms) and any(is_named(row, j) for j in named)

    return both


class _Rows:
    """Rows of the sample: of a firm with somebody, of a firm alone, of somebody alone."""

    def __init__(
        self, scan: ScannedSheet, firm: ColumnMapping, named: Sequence[ColumnMapping]
    ) -> None:
        self._left = scan.left
        self.both: list[int] = []
        self.firms: list[int] = []
        self.alone: list[int] = []
        self._sample = scan.sample
        for i in range(len(scan.sample)):
            person = any(self._has(i, c) for c in named)
            if self._has(i, firm) and not person:
                # A private customer among firms has a mobile phone of his own.
                text = tidy_line(cell_text(scan.sample[i][firm.index - scan.left]))
                short = has_cjk(text) and len(text) <= _LONGEST_HAN
                if is_organisation_name(text) or not (is_person_name(text) or short):
                    self.firms.append(i)
            elif self._has(i, firm):
                self.both.append(i)
            elif person:
                self.alone.append(i)

    def filled(self, column: ColumnMapping, rows: Sequence[int]) -> int:
        """How many of some rows have anything in a column."""
        return sum(1 for i in rows if self._has(i, column))

    def _has(self, i: int, column: ColumnMapping) -> bool:
        row, j = self._sample[i], column.index - self._left
        return 0 <= j < len(row) and not is_blank(row[j])


def _is_firms(column: ColumnMapping, person: int, rows: _Rows, reach: _Reach) -> bool:
    words = header_words(column.header)
    if column.field in _PERSONAL:
        return False
    if rows.filled(column, rows.alone):
        return False
    # Firms without anybody have it, too.
    if (lone := rows.filled(column, rows.firms)) and lone >= len(rows.firms) * _ENOUGH:
        return True
    if column.custom and column.index == person + 1 and _WHERE_IN_IT.fullmatch(words):
        return False
    if column.field in _ADDRESS or id_kind(column.header) == "tax" or _OF_FIRMS.search(words):
        return True
    if column.index < person:
        return True
    if OF_PERSONS.search(words) or column.label in ("mobile", "home", "whatsapp"):
        return False
    if column.field == "phone":
        return reach.are_landlines(column)
    if column.field == "email":
        return reach.are_of_office(column)
    return id_kind(column.custom) not in ("card", "passport") if column.custom else True


def _tells_of_firm(column: ColumnMapping, person: int, rows: _Rows, scan: ScannedSheet) -> bool:
    """Whether a column of firms says more of them than their name."""
    if not rows.filled(column, rows.both) or column.field in OF_BOTH or is_running(column, scan):
        return False
    behind = column.index > person
    own = column.field in ("street", "phone", "email") or id_kind(column.header) == "tax"
    return not behind or bool(own) or bool(rows.alone and rows.filled(column, rows.both) > 1)


def _are_firms(scan: ScannedSheet, firm: ColumnMapping) -> bool:
    texts = _texts(firm, scan)
    return sum(map(is_organisation_name, texts)) >= len(texts) * _HALF


class _Reach:
    """Says of a column of phones or addresses whom one reaches by it."""

    def __init__(self, rows: Sequence[Row], left: int, countries: tuple[str, ...]) -> None:
        self._rows, self._left, self._countries = rows, left, countries

    def are_landlines(self, column: ColumnMapping) -> bool:
        """Whether most of its numbers are of fixed lines; persons carry the others."""
        return self._mostly(column, self._is_landline)

    def are_of_office(self, column: ColumnMapping) -> bool:
        """Whether most of its addresses are everybody's: info@, geral@."""
        return self._mostly(column, lambda text: _OFFICE.match(text.casefold()) is not None)

    def _is_landline(self, text: str) -> bool:
        found = read_phones(text, self._countries)
        return any(phone.value is not None and is_landline(phone.value) for phone in found)

    def _mostly(self, column: ColumnMapping, test: Callable[[str], bool]) -> bool:
        at = column.index - self._left
        cells = [row[at] for row in self._rows[:_MOST] if at < len(row)]
        texts = [tidy_line(cell_text(v)) for v in cells if not is_blank(v)]
        return sum(map(test, texts)) >= len(texts) * _HALF


def _texts(column: ColumnMapping, scan: ScannedSheet) -> list[str]:
    cells = scan.column(column.index - scan.left)
    return [tidy_line(cell_text(v)) for v in cells if not is_blank(v)]

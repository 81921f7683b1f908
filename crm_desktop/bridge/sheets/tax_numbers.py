"""Headers that name one and the same tax number: NIF and Contribuinte, 税号 and 纳税人识别号."""

from __future__ import annotations

from functools import lru_cache

from crm_desktop.bridge.sheets.synonyms import header_key

# A line for each number; CPF and CNPJ, Steuernummer and USt-IdNr. are different ones.
_NUMBERS = """
nif, contribuinte, n contribuinte, no contribuinte, nº contribuinte, n. contribuinte,
num contribuinte, numero contribuinte, n de contribuinte, no de contribuinte,
numero de contribuinte, nº de contribuinte, nif nipc, nipc nif, nif/nipc, nif contribuinte,
contribuinte nif, numero fiscal, n fiscal, no fiscal, identificacao fiscal,
numero de identificacao fiscal
cpf cnpj, cnpj cpf, cpf/cnpj, cnpj/cpf, cpf ou cnpj
vat, vat no, vat number, vat id, vat reg no, vat registration, vat registration number
tax id, tax number, tax no, tin, tax identification number
ust id, ustid, ust idnr, ustidnr, ust id nr, umsatzsteuer id
steuernummer, steuernr, steuer nr, st nr
partita iva, p iva, piva, p. iva
税号, 纳税人识别号, 统一社会信用代码, 纳税识别号, 信用代码
"""


@lru_cache(maxsize=1)
def _groups() -> dict[str, int]:
    text = _NUMBERS.strip().replace(",\n", ", ")
    return {
        header_key(word): number
        for number, line in enumerate(text.splitlines(), start=1)
        for word in line.split(",")
    }


def tax_number(header: str) -> int:
    """Which tax number a header names, equal for synonyms; 0 for none."""
    return _groups().get(header_key(header), 0)

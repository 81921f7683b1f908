"""What a table is: a list of customers, rows of sales, or figures that others made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from crm_desktop.bridge.sheets.mapping import has_identity
from crm_desktop.bridge.sheets.neighbours import Column
from crm_desktop.bridge.sheets.synonyms import header_words
from crm_desktop.domain.imports import ColumnMapping, SheetKind

_DATE = re.compile(
    r"^(?:date|data|fecha|datum|日期|дата|data )|\bdate$|"
    r"data d[aeo]s? (?:venda|pedido|fatura|encomenda|compra|viagem|pagamento|reserva)|"
    r"下单|订单日期|开票日期|付款日期|出发日期|成交日期|交易日期|销售日期|日付|날짜"
)
_AMOUNT = re.compile(
    r"amount|total|price|paid|value|revenue|valor|montante|preco|pago|importe|precio|betrag|preis|"
    r"summe|umsatz|montant|prix|importo|prezzo|金额|总价|价格|单价|合计|应收|实收|已付|价税|сумма|цена|"
    r"金額|금액"
)
_OF_SALES = re.compile(
    r"invoice|order (?:no|number|id)|receipt|booking|product|item|service|qty|quantity|sku|"
    r"fatura|recibo|pedido|encomenda|reserva|produto|servico|artigo|qtd|quant|destino|"
    r"factura|producto|cantidad|rechnung|auftrag|artikel|menge|facture|commande|produit|quantite|"
    r"fattura|ordine|prodotto|quantita|订单|发票|产品|商品|项目|线路|路线|数量|合同|工单|счет|заказ|товар|"
    r"注文|請求|商品|数量|주문|상품"
)
_REPEATED = 0.75


def sheet_kind(
    mapped: Sequence[ColumnMapping], columns: Mapping[int, Column], rows: int
) -> SheetKind:
    """Say what a table is.

    Args:
        mapped: what its columns would feed if it were a list.
        columns: the columns by their position.
        rows: rows below the header.
    """
    if not rows:
        return SheetKind.EMPTY
    if not has_identity(mapped):
        return SheetKind.SUMMARY
    return SheetKind.LEDGER if _is_ledger(mapped, columns) else SheetKind.LIST


def is_amount(header: str) -> bool:
    """Whether a header speaks of money."""
    return _AMOUNT.search(header_words(header)) is not None


def _is_ledger(mapped: Sequence[ColumnMapping], columns: Mapping[int, Column]) -> bool:
    """Sales have a date and an amount, name no way to post anything, and repeat their customers."""
    fields = {m.field for m in mapped}
    if fields & {"email", "street", "birthday"}:
        return False
    dated = priced = of_sales = False
    distinct = 1.0
    for mapping in mapped:
        column = columns.get(mapping.index)
        if column is None or not column.profile.filled:
            continue
        held, words = column.profile, header_words(column.header)
        if mapping.field in ("name", "organisation"):
            distinct = min(distinct, held.distinct)
            continue
        dated = dated or (held.dates >= 0.6 and bool(_DATE.search(words)))
        priced = priced or (held.numbers >= 0.5 and bool(_AMOUNT.search(words)))
        of_sales = of_sales or bool(_OF_SALES.search(words))
    if not (dated and priced):
        return False
    return of_sales if "phone" not in fields else of_sales and distinct < _REPEATED

"""What a table is: a list of customers, rows of sales, or figures that others made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from crm_desktop.bridge.sheets.mapping import has_identity
from crm_desktop.bridge.sheets.neighbours import Column
from crm_desktop.bridge.sheets.synonyms import header_words
from crm_desktop.bridge.values.moneywords import names_money
from crm_desktop.domain.imports import ColumnMapping, SheetKind

_DATE = re.compile(
    r"^(?:date|data|fecha|datum|日期|дата|data )|\bdate$|"
    r"data d[aeo]s? (?:venda|pedido|fatura|encomenda|compra|viagem|pagamento|reserva)|"
    r"下单|日付|날짜|日期$"
)
# Since when, or until when, somebody is a customer: lists say so beside what he pays.
_OF_CUSTOMERS = re.compile(
    r"\b(?:join\w*|registration|registered|enrol\w*|sign ?up|member\w*|expiry|expiration|birth|"
    r"birthday|renewal)\b|"
    r"\b(?:inscricao|adesao|registo|registro|cadastro|matricula|nascimento|validade|alta|baja|"
    r"nacimiento|inscripcion|renovac\w*|naissance|inscription|adhesion|nascita|iscrizione|scadenza)\b|"
    r"出生|生日|诞生|誕生|注册|登记|入会|入学|入职|加入|报名|建档|到期|有效|截止|"
    r"рожд|регистр|вступ|生年|登録|입회|가입|등록|생년"
)
_OF_SALES = re.compile(
    r"invoice|order (?:no|number|id)|receipt|booking|product|item|service|qty|quantity|sku|"
    r"fatura|recibo|pedido|encomenda|reserva|produto|servico|artigo|qtd|quant|destino|"
    r"factura|producto|cantidad|rechnung|auftrag|artikel|menge|facture|commande|produit|quantite|"
    r"fattura|ordine|prodotto|quantita|订单|发票|产品|商品|项目|线路|路线|数量|合同|工单|счет|заказ|товар|"
    r"注文|請求|商品|数量|주문|상품|comission|comissao|comissoes|commission|provision|佣金|提成|escritura"
)
_REPEATED = 0.75
# What sheets of sales are called: "Sales 2023", 出团记录, "Vendas de Maio".
_SALES_SHEET = re.compile(
    r"\b(?:commissions?|comissoes|comisiones|sales|bookings|orders|invoices|payments|receipts|takings|vendas|reservas|pedidos|"
    r"encomendas|faturas|recibos|pagamentos|ventas|facturas|pagos|ventes|commandes|factures|"
    r"paiements|verkaufe|rechnungen|bestellungen|buchungen|umsatze|zahlungen|vendite|fatture|"
    r"ordini|pagamenti|продажи|заказы|оплаты)\b|"
    r"销售|订单|流水|开票|收款|付款|(?:出团|维修|保养|就诊|消费|交易|上课|预约|租赁|施工|缴费|服务)"
    r"(?:记录|明细|台账|清单|登记)|売上|注文|請求|매출|주문"
)


def sheet_kind(
    mapped: Sequence[ColumnMapping], columns: Mapping[int, Column], rows: int, sheet: str = ""
) -> SheetKind:
    """Say what a table is.

    Args:
        mapped: what its columns would feed if it were a list.
        columns: the columns by their position.
        rows: rows below the header.
        sheet: its sheet's name.
    """
    if not rows:
        return SheetKind.EMPTY
    if not has_identity(mapped):
        return SheetKind.SUMMARY
    return SheetKind.LEDGER if _is_ledger(mapped, columns, sheet) else SheetKind.LIST


def is_amount(header: str) -> bool:
    """Whether a header speaks of money."""
    return names_money(header_words(header))


def is_named_for_sales(sheet: str) -> bool:
    """Whether a sheet's name says that it holds what was sold."""
    return _SALES_SHEET.search(header_words(sheet)) is not None


def _is_day_of_sale(words: str) -> bool:
    """Whether a header, folded to words, stands above days on which something was done."""
    if _OF_CUSTOMERS.search(words):
        return False
    return bool(_DATE.search(words) or _DATE.search(words.replace(" ", "")))


def _is_ledger(mapped: Sequence[ColumnMapping], columns: Mapping[int, Column], sheet: str) -> bool:
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
        dated = dated or (held.dates >= 0.6 and _is_day_of_sale(words))
        priced = priced or (held.numbers >= 0.5 and names_money(words))
        of_sales = of_sales or bool(_OF_SALES.search(words))
    if not (dated and priced):
        return False
    if "phone" in fields:
        return of_sales and distinct < _REPEATED
    return of_sales or is_named_for_sales(sheet)

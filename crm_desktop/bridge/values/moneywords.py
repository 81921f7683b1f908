"""Words of headers that stand above money: prices, fees, deposits, what is owed."""

from __future__ import annotations

import re

# Folded as `header_words` folds them. Short words stand alone: "rent" is in "parent", too.
_MONEY = re.compile(
    r"amount|total|price|paid|value|revenue|turnover|commission|"
    r"\b(?:gross|fees?|costs?|deposits?|balance|fares?|charge[sd]?|tuition|salary|rent|rate|budget|"
    r"retainer|takings)\b|"
    r"valor|montante|preco|mensalidade|anuidade|comissao|honorarios|faturacao|"
    r"\b(?:pago|propinas?|rendas?|custos?|saldo|sinal|quotas?|taxa|divida)\b|"
    r"importe|precio|comision|tarifa|\b(?:cuotas?|costes?|costos?|anticipo|deposito|deuda)\b|"
    r"betrag|preis|summe|umsatz|gebuhr|kosten|honorar|anzahlung|kaution|guthaben|provision|miete\b|"
    r"montant|prix|\b(?:loyer|frais|acompte|arrhes|solde|cout|tarif|cotisation|caution)\b|"
    r"importo|prezzo|provvigione|\b(?:affitto|retta|acconto|caparra|tariffa)\b|"
    r"金额|总价|价格|单价|合计|应收|应付|实收|已付|已收|未付|未收|价税|余额|营业额|销售额|"
    r"费|費|款|租金|押金|定金|订金|佣金|工资|薪|预算|价|價|"
    r"金額|料金|代金|売上|残高|単価|手数料|금액|요금|가격|비용|잔액|보증금|수수료|매출|"
    r"сумма|цена|стоимость|оплата|плата|долг|остаток|аванс|выручка"
)


def names_money(header_words: str) -> bool:
    """Whether a header, folded to words, speaks of money."""
    return _MONEY.search(header_words) is not None

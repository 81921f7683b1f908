"""Words that say that there is nothing: n/a, none, 没有微信, "não tem", a dash."""

from __future__ import annotations

import re

from crm_desktop.bridge.values.text import narrow, strip_marks, tidy_line

_LONGEST = 30
_MARKS = re.compile(r"[/.\-–—_?？、。，,\s]*")
_WHAT = (
    r"(?:e ?mails?|mail|phones?|mobiles?|telephone|whats ?app|wechat|contacts?|number|"
    r"telefones?|telemovel|celular|correio|contat?c?tos?|numero|telefono|movil|correo|"
    r"telephone|portable|courriel|telefon|handy|mailadresse|line|qq|facebook|instagram)"
)
_WESTERN = re.compile(
    r"0|n ?a|n ?d|s ?d|s ?n|n ?c|null|none|nil|nan|no|nao|nada|sem|unknown|desconhecid[oa]|"
    r"(?:nao|no) (?:tem|tiene|possui|usa|sabe)(?: \w+)?|"
    r"(?:not|has no|does not have|doesn t have)(?: \w+)?|"
    r"(?:no|sem|sin|kein|keine|keinen|pas de|aucune?|nessuna?|senza|without) " + _WHAT + r"|"
    r"kein|keine|keines|aucune?|neant|nessun[oa]?|ningun[oa]?|nenhum[oa]?|unbekannt|inconnue?"
)
_CHINESE = re.compile(
    r"(?:暂|暫)?(?:无|無|没有?|沒有?|未)(?:提供|填写?|填寫?|知|留|登记|登記|用|使用)?"
    r"(?:微信号?|微信號|邮箱|郵箱|电子邮件|邮件|手机号?|手機號?|电话|電話|座机|固话|传真|qq|line|号码|號碼)?|"
    r"不详|不詳|不用(?:微信|qq|line)?|不使用|不明"
)


# In the place of a tenant's name: the flat, the shop, the unit stands empty.
_VACANT = frozenset(
    (
        "vacant|empty|available|unlet|to let|for rent|unoccupied|"
        "vago|vaga|livre|disponível|disponivel|devoluto|desocupado|desocupada|por arrendar|"
        "para alugar|空|空置|空缺|空房|闲置|閒置|未租|未出租|待租|待出租|招租|招租中"
    ).split("|")
)


def says_vacant(name: str) -> bool:
    """Whether what stands for a name says that nobody is there."""
    return len(name) <= _LONGEST and name.casefold().strip(" ()（）-–*") in _VACANT


def says_none(text: str) -> bool:
    """Whether a cell where a way of reaching somebody may stand says that there is none."""
    if len(text) > _LONGEST or "@" in text:
        return False
    words = strip_marks(narrow(tidy_line(text))).casefold()
    bare = " ".join(re.sub(r"[\W_]+", " ", words).split())
    if not bare:
        return bool(_MARKS.fullmatch(text))
    return bool((_WESTERN if bare.isascii() else _CHINESE).fullmatch(bare))

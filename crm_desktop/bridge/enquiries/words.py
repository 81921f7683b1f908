"""What forms call the field in which people write what they want."""

from __future__ import annotations

from functools import lru_cache

from crm_desktop.bridge.sheets.synonyms import header_key

_MESSAGE = """
message, your message, messages, comment, comments, your comments, question, questions, enquiry,
inquiry, your enquiry, your inquiry, request, your request, what are you looking for, wishes,
mensagem, a sua mensagem, sua mensagem, comentário, comentários, pedido, o seu pedido, dúvida,
questão, pergunta, mensaje, su mensaje, comentarios, consulta, message *, votre message, demande,
nachricht, ihre nachricht, anfrage, bemerkung, messaggio, richiesta, сообщение, вопрос,
留言, 您的留言, 留言内容, 消息, 内容, 咨询内容, 需求, 您的需求, 备注说明, 問題, 留言內容, 諮詢內容,
お問い合わせ内容, メッセージ, 문의내용, 메시지
"""


@lru_cache(maxsize=1)
def _keys() -> frozenset[str]:
    return frozenset(header_key(word) for word in _MESSAGE.replace("\n", " ").split(",")) - {""}


def is_message(label: str) -> bool:
    """Whether a label stands before what somebody wants."""
    return header_key(label) in _keys()

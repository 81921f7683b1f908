import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.store.search.fold import fold, fold_many
from crm_desktop.store.search.keys import (
    CustomerKeys,
    Searched,
    customer_keys,
    match_expression,
    parse_query,
    trigram_texts,
)
from crm_desktop.store.search.pinyin import sortable, spellings


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("João da Conceição", "joao da conceicao"),
        ("ＡＢＣ　１２", "abc 12"),
        ("Straße", "strasse"),
        ("Đặng Thị Ánh", "dang thi anh"),
        ("Ёлка", "елка"),
        ("Ελένη", "ελενη"),
        ("  many   spaces\n", "many spaces"),
        ("が", "が"),
        ("김민준", "김민준"),
        ('say "hi"', "say 'hi'"),
        ("ﬁn\u200bd", "find"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.text()))
def test_texts_fold_together_as_they_do_alone(texts: list[str]) -> None:
    assert fold_many(texts) == [fold(text) for text in texts]


@given(st.lists(st.text(alphabet='aÉß王が\u0301\u200d\u1100\u1161 \x1f\n"1２ǿΣς')))
def test_awkward_texts_fold_together_too(texts: list[str]) -> None:
    assert fold_many(texts) == [fold(text) for text in texts]


@given(st.lists(st.text(alphabet="a1 2王3456789")))
def test_texts_for_the_index_are_made_together_as_alone(texts: list[str]) -> None:
    skeys = [fold(text) for text in texts]
    assert trigram_texts(skeys) == [trigram_texts([skey])[0] for skey in skeys]


def keys_of(name: str, *, phone: tuple[str, str] | None = None, notes: str = "") -> CustomerKeys:
    points = [] if phone is None else [("phone", *phone)]
    (keys,) = customer_keys([Searched(name, "", None, notes, points, (), ())])
    return keys


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("05/03/2019", "2019-03-05"),
        ("05/03/2019", "2019-05-03"),
        ("5.3.2019", "2019-03-05"),
        ("25-3-2019", "2019-03-25"),
        ("2019/3/5", "2019-03-05"),
        ("2019年3月5日", "2019-03-05"),
    ],
)
def test_a_date_is_found_however_it_is_written(typed: str, stored: str) -> None:
    assert parse_query(typed).matches(f"ana silva {stored}")


@given(st.text(), st.text())
def test_each_part_of_a_name_is_found(name: str, more: str) -> None:
    keys = keys_of(name, notes=more)
    for word in fold(name).split() + fold(more).split():
        assert parse_query(word).matches(keys.skey)


def test_chinese_names_have_their_pinyin() -> None:
    assert ("wangwei", "ww") in spellings("王伟")
    assert ("zengxiaohong", "zxh") in spellings("曾小红")
    assert ("chongqing", "cq") in spellings("重庆")
    assert spellings("Smith") == ()
    assert sortable("王伟") < sortable("张敏")


def test_phone_is_found_however_it_is_written() -> None:
    skey = keys_of("x", phone=("912 345 678", "+351912345678")).skey
    for typed in (
        "912345678",
        "912 345 678",
        "+351 912-345-678",
        "00351912345678",
        "(912) 345",
        "5678",
    ):
        assert parse_query(typed).matches(skey), typed
    uk = keys_of("x", phone=("+44 20 7946 0958", "+442079460958")).skey
    for typed in ("020 7946 0958", "+44 (0)20 7946 0958", "0207946"):
        assert parse_query(typed).matches(uk), typed


def test_query_is_never_syntax() -> None:
    for text in ('"', "a OR b", "NEAR(a b)", "*", "a*", "-x", "col:x", "(", "^a", '" OR "'):
        for words in parse_query(text).alternatives:
            assert match_expression(words).count('"') % 2 == 0
    assert parse_query(" \t").is_empty


def test_every_part_begins_a_trigram() -> None:
    (text,) = trigram_texts(["ana 王伟 a9123456"])
    trigrams = {text[i : i + 3] for i in range(len(text) - 2)}
    for part in ("a", "n", "an", "na", "ana", "王", "伟", "王伟", "6", "56"):
        assert any(trigram.startswith(part) for trigram in trigrams), part
    for figures in ("9123", "91234", "123456"):
        expression = match_expression((figures,))
        assert {term.strip('"') for term in expression.split(" AND ")} <= trigrams
    assert match_expression(("ab", "c")) == ""

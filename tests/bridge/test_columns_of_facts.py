"""Columns of who looks after a customer, where he came from, his language, rating and title.

In many languages they feed what the archive has built in; what only looks like them stays a field
of the owner's own.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from archives import PEOPLE, Bring
from opened import Look

from crm_desktop.domain.customers import PersonalFacts

MANY = [f"Cliente {name} Lda" for name in "ABCDEFGHIJKL"]
SELLERS = ["Rui", "Zé", "Rui", "Rui", "Zé", "Rui", "Zé", "Zé", "Rui", "Rui", "Zé", "Rui"]
PERSONS = ["Ana Sá", "Rui Reis", "Eva Lima", "Ivo Melo", "Bea Luz", "Caio Paz", "Davi Rosa"]


def fed(look: Look, header: str, values: Sequence[object], names: str = "Nome") -> str:
    """What a column beside names and phones feeds."""
    rows = [[MANY[i % 12], f"2134567{i:02}", value] for i, value in enumerate(values)]
    return look([[names, "Telefone", header], *rows]).columns[header]


OWNERS = (
    "Vendedor|Gestor de cliente|Account manager|Sales Rep|Assigned to|业务员|跟进人|客户经理|"
    "業務員|負責業務|Comercial asignado|Chargé de clientèle|Kundenbetreuer|Außendienst|"
    "Venditore|Менеджер|営業担当|영업담당자|Atendido por|Vendedor/a"
)


@pytest.mark.parametrize("header", OWNERS.split("|"))
def test_who_looks_after_him(look: Look, header: str) -> None:
    assert fed(look, header, ["Rui", "Zé M.", "AB"]) == "owner"


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Vendedor", ["Rui Melo 912345678", "Zé Dias 913456789", "Isa Reis 914567890"]),
        ("Sales rep", ["rui@example.org", "ana@example.org", "ze@example.org"]),
        ("Vendedor", ["Sim", "Não", "Sim"]),
        ("Assigned to", ["2024-01-02", "2024-01-03", "2024-01-04"]),
        ("业务员", [101, 102, 103]),
        ("Agente", ["Viagens Sol, Lda", "Mar & Sol Lda", "Tours, S.A."]),
        ("Commercial", ["Commercial", "Residential", "Residential"]),
    ],
)
def test_who_does_not(look: Look, header: str, values: list[object]) -> None:
    assert fed(look, header, values) == f"custom:{header}"


def test_the_word_for_a_salesman_in_french(look: Look) -> None:
    rows = [["Luc Roy", "01 42 68 53 00", "Zoé"], ["Léa Petit", "01 42 68 53 01", "Max"]]
    found = look([["Nom", "Téléphone", "Commercial"], *rows], country="FR")
    assert found.columns["Commercial"] == "owner"


@pytest.mark.parametrize("header", "负责人|担当者|담당자|Responsável|Contact|Owner".split("|"))
def test_few_people_beside_many_customers_look_after_them(look: Look, header: str) -> None:
    assert fed(look, header, SELLERS, "Empresa") == "owner"


@pytest.mark.parametrize("header", ["负责人", "担当者", "담당자", "Responsável", "Contact person"])
def test_a_person_each_is_the_customers_own(look: Look, header: str) -> None:
    assert fed(look, header, PERSONS, "Empresa") == "name"


def test_an_owner_alone_is_the_customer(look: Look) -> None:
    rows = [[name, f"91234567{i}", "abcdefg"[i]] for i, name in enumerate(PERSONS)]
    assert look([["Owner", "Phone", "Pet"], *rows]).columns["Owner"] == "name"
    # Owners with several animals each are no staff.
    rows = [[f"Pet {i}", "Dog", SELLERS[i], f"21345670{i}"] for i in range(8)]
    found = look([["Name", "Species", "Owner", "Phone"], *rows])
    assert found.columns["Owner"] == "name"


def test_the_same_firm_in_several_rows_has_one_contact(look: Look) -> None:
    rows = [[MANY[i // 4], PERSONS[i // 4], f"2134567{i:02}"] for i in range(12)]
    found = look([["Empresa", "Responsável", "Telefone"], *rows])
    assert found.columns["Responsável"] == "name"


def test_a_list_of_sellers_has_no_customers(look: Look) -> None:
    rows = [["Rui", "912345671", "Norte"], ["Zé", "912345672", "Sul"]]
    found = look([["Vendedor", "Telefone", "Zona"], *rows])
    assert found.columns["Vendedor"] == "custom:Vendedor"


SOURCES = (
    "来源|客戶來源|Origem|Como nos conheceu?|Lead source|How did you hear about us?|Procedencia|"
    "Comment nous avez-vous connu ?|Herkunft|Provenienza|Источник|来店経緯|유입경로"
)


@pytest.mark.parametrize("header", SOURCES.split("|"))
def test_how_he_came(look: Look, header: str) -> None:
    assert fed(look, header, ["Site", "Feira", "朋友介绍"]) == "source"


def test_where_he_comes_from_is_another_matter(look: Look) -> None:
    assert fed(look, "Origem", ["Brasil", "Angola", "Portugal"]) == "custom:Origem"
    assert fed(look, "Origem", [12, 13, 14]) == "custom:Origem"
    assert fed(look, "Proc.", ["24/101", "24/102", "25/9"]) == "custom:Proc."
    long = "veio ter connosco por causa de uma conversa longa com a prima, na festa da vila"
    assert fed(look, "Origem", [long, long + "!"]) == "custom:Origem"


@pytest.mark.parametrize(
    ("header", "values", "codes"),
    [
        ("Idioma", ["Português", "inglês", "Chinês"], "pt en zh"),
        ("Language", ["PT", "en-GB", "zh_CN"], "pt en zh"),
        ("语言", ["葡语", "英文", "普通话"], "pt en zh"),
        ("語言", ["葡萄牙語", "英語", "粵語"], "pt en yue"),
        ("Sprache", ["Deutsch", "Französisch", "Italienisch"], "de fr it"),
        ("Langue", ["français", "anglais", "Deutsch"], "fr en de"),
        ("Lingua", ["italiano", "inglese", "russo"], "it en ru"),
        ("Язык", ["русский", "английский", "китайский"], "ru en zh"),
        ("言語", ["日本語", "英語", "中国語"], "ja en zh"),
        ("언어", ["한국어", "영어", "일본어"], "ko en ja"),
    ],
)
def test_languages(look: Look, header: str, values: list[str], codes: str) -> None:
    rows = [[PEOPLE[i], f"91234567{i}", value] for i, value in enumerate(values)]
    found = look([["Nome", "Telefone", header], *rows])
    assert found.columns[header] == "language"
    assert [draft.facts.language for draft in found.drafts] == codes.split()


@pytest.mark.parametrize("odd", ["Klingon", "PT/EN", "UK", "fluente"])
def test_a_word_that_is_no_language_keeps_the_column(look: Look, odd: str) -> None:
    assert fed(look, "Idioma", ["Português", "Inglês", odd]) == "custom:Idioma"


@pytest.mark.parametrize(
    ("header", "values", "stars"),
    [
        ("Rating", [5, 1, 3], [5, 1, 3]),
        ("星级", ["三星", "五星", "4"], [3, 5, 4]),
        ("Classificação", ["★★★", "★☆☆☆☆", "⭐⭐"], [3, 1, 2]),
        ("Avaliação", ["4 estrelas", "5/5", "-"], [4, 5, 0]),
        ("客户等级", ["三星", "一星", "五星级"], [3, 1, 5]),
        ("Bewertung", ["3 Sterne", "5 von 5", "1 Stern"], [3, 5, 1]),
        ("Рейтинг", ["3", "4", "5"], [3, 4, 5]),
        ("評価", ["★★★★", "2", "5"], [4, 2, 5]),
    ],
)
def test_stars(look: Look, header: str, values: list[object], stars: list[int]) -> None:
    rows = [[PEOPLE[i], f"91234567{i}", value] for i, value in enumerate(values)]
    found = look([["Nome", "Telefone", header], *rows])
    assert found.columns[header] == "rating"
    assert [draft.facts.rating for draft in found.drafts] == stars


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Rating", ["A", "B", "C"]),
        ("Rating", [8, 10, 3]),
        ("Rating", ["80%", "90%", "50%"]),
        ("Rating", [4.5, 3.5, 5]),
        ("等级", [1, 2, 3]),
        ("Prioridade", [1, 2, 5]),
        ("客户等级", ["VIP", "普通", "VIP"]),
        ("Rating", [0, 0, 0]),
    ],
)
def test_other_scales_stay(look: Look, header: str, values: list[object]) -> None:
    assert fed(look, header, values) == f"custom:{header}"


def test_a_slip_of_the_pen_among_ratings_is_kept(look: Look) -> None:
    rows = [[f"Ana {i}", f"2134567{i:02}", i % 5 + 1] for i in range(80)]
    rows[70][2] = "boa"
    found = look([["Nome", "Telefone", "Rating"], *rows])
    assert found.columns["Rating"] == "rating"
    odd = found.rows[70]
    assert odd.draft is not None
    assert (odd.draft.facts.rating, odd.draft.custom) == (0, (("Rating", "boa"),))
    assert [(p.column, p.value) for p in odd.problems] == [("C", "boa")]
    rows[71][2] = 7  # a longer scale, wherever it stands
    assert look([["Nome", "Telefone", "Rating"], *rows]).columns["Rating"] == "custom:Rating"


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Tratamento", ["Sr.", "Sra.", "Eng.º"]),
        ("Title", ["Mr", "Mrs.", "Prof. Dr."]),
        ("Salutation", ["Ms", "Mr & Mrs", "Dr"]),
        ("称谓", ["先生", "女士", "老师"]),
        ("稱謂", ["先生", "小姐", "教授"]),
        ("Anrede", ["Herr", "Frau", "Herr Dr."]),
        ("Civilité", ["M.", "Mme", "Mlle"]),
        ("Titolo", ["Sig.", "Sig.ra", "Dott.ssa"]),
        ("Tratamiento", ["Sr.", "Sra.", "D.ª"]),
        ("敬称", ["様", "様", "先生"]),
        ("Обращение", ["г-н", "г-жа", "г-н"]),
        ("호칭", ["님", "씨", "님"]),
    ],
)
def test_titles(look: Look, header: str, values: list[str]) -> None:
    assert fed(look, header, values) == "title"


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Title", ["Manager", "CEO", "Sales Director"]),
        ("Title", ["Mr", "Manager", "Ms"]),
        ("Cargo", ["Dr.", "Dr.", "Eng."]),
        ("职务", ["经理", "总监", "教授"]),
        ("头衔", ["经理", "总监", "主任"]),
        ("称谓", ["父亲", "母亲", "外婆"]),
        ("Título", ["Gerente", "Diretora", "Sócio"]),
    ],
)
def test_jobs_are_no_titles(look: Look, header: str, values: list[str]) -> None:
    assert fed(look, header, values) == f"custom:{header}"


def test_two_columns_of_one_fact(look: Look) -> None:
    rows = [[PEOPLE[i], f"91234567{i}", "Rui", "Zé"] for i in range(4)]
    found = look([["Nome", "Telefone", "Vendedor", "Gestor"], *rows])
    assert found.columns["Vendedor"] == "owner"
    assert found.columns["Gestor"] == "custom:Gestor"


BOOKS = {
    "pt": (
        ["Nome", "Telemóvel", "Vendedor", "Origem", "Idioma", "Classificação", "Tratamento"],
        [
            ["Ana Silva", "912345671", "Rui", "Feira", "Português", "★★★", "Sra."],
            ["Rui Costa", "912345672", "Zé", "Site", "inglês", "5/5", "Dr."],
            ["Eva Lima", "912345673", "Rui", None, None, None, None],
        ],
        [
            PersonalFacts("Sra.", "pt", "Feira", "Rui", 3),
            PersonalFacts("Dr.", "en", "Site", "Zé", 5),
            PersonalFacts(owner="Rui"),
        ],
    ),
    "zh": (
        ["姓名", "手机", "业务员", "客户来源", "语言", "星级", "称谓"],
        [
            ["王秀英", "13800138000", "小李", "抖音", "中文", "三星", "女士"],
            ["李伟", "13800138001", "小张", "朋友介绍", "英文", 5, "先生"],
            ["张敏", "13800138002", None, None, None, None, None],
        ],
        [
            PersonalFacts("女士", "zh", "抖音", "小李", 3),
            PersonalFacts("先生", "en", "朋友介绍", "小张", 5),
            PersonalFacts(),
        ],
    ),
    "en": (
        ["Name", "Phone", "Account manager", "Lead source", "Language", "Rating", "Salutation"],
        [
            ["Ann Lee", "020 7946 0123", "JM", "Trade fair", "English", 4, "Mrs"],
            ["Bob Hill", "020 7946 0124", "KB", "Website", "PT", 1, "Dr"],
        ],
        [
            PersonalFacts("Mrs", "en", "Trade fair", "JM", 4),
            PersonalFacts("Dr", "pt", "Website", "KB", 1),
        ],
    ),
}


@pytest.mark.parametrize("book", BOOKS)
def test_whole_books(bring: Bring, book: str) -> None:
    header, rows, facts = BOOKS[book]
    found = bring([header, *rows])
    assert found.names == [row[0] for row in rows]
    assert [customer["custom"] for customer in found.customers] == [{}] * len(rows)
    told = ("title", "language", "source", "owner", "rating")
    for customer, expected in zip(found.customers, facts, strict=True):
        said = {field: customer[field] for field in told if field in customer}
        assert said == {field: v for field, v in expected._asdict().items() if v}
    assert not any(sheet.problems for sheet in found.sheets)


def test_who_sold_the_second_trip_stands_with_it(bring: Bring) -> None:
    header = ["Nome", "Telemóvel", "Data da viagem", "Destino", "Vendedor"]
    rows = [
        ["Ana Silva", "912345671", "2024-05-01", "Roma", "Rui"],
        ["Rui Costa", "912345672", "2024-06-01", "Paris", "Zé"],
        ["Ana Silva", "912345671", "2024-09-01", "Oslo", "Zé"],
    ]
    ana = bring([header, *rows]).by_name["Ana Silva"]
    assert ana["owner"] == "Rui"
    told = [entry["text"] for entry in ana["interactions"]] + [ana["notes"]]
    assert any("Oslo" in text and "Zé" in text for text in told)

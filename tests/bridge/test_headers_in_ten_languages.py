"""A sheet in each language comes in unattended, every column in its field."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from archives import import_file

from crm_desktop.services.workspace import Workspace

SHEETS = {
    "en": (
        ["Full name", "Company", "Mobile", "E-mail", "Address", "Postcode", "City", "DOB"],
        ["Jane Hill", "Acme Ltd", "+44 7911 123456", "jane@x.example", "1 High St", "LS1 4AP"],
        "Leeds",
    ),
    "zh-Hans": (
        ["姓名", "公司", "手机", "邮箱", "地址", "邮编", "城市", "出生日期"],
        [
            "王秀英",
            "远方旅行社",
            "+86 138 0013 8000",
            "wang@x.example",
            "南山区科技路5号",
            "518000",
        ],
        "深圳",
    ),
    "zh-Hant": (
        ["姓名", "公司名稱", "行動電話", "電子郵件", "地址", "郵遞區號", "城市", "出生日期"],
        ["陳美玲", "遠方旅行社", "+886 912 345 678", "chen@x.example", "中山路5號", "10491"],
        "台北",
    ),
    "pt": (
        [
            "Nome",
            "Empresa",
            "Telemóvel",
            "E-mail",
            "Morada",
            "Código postal",
            "Localidade",
            "Nasc.",
        ],
        ["Ana Silva", "Mar Alto, Lda", "+351 912 345 678", "a@x.example", "Rua A, 5", "4000-001"],
        "Porto",
    ),
    "es": (
        ["Nombre completo", "Empresa", "Móvil", "Correo", "Dirección", "C.P.", "Ciudad", "F. nac."],
        ["Ana Ruiz", "Sol, S.L.", "+34 612 345 678", "ana@x.example", "Calle Mayor 5", "28013"],
        "Madrid",
    ),
    "fr": (
        [
            "Nom complet",
            "Société",
            "Portable",
            "Courriel",
            "Adresse",
            "Code postal",
            "Ville",
            "Né le",
        ],
        ["Anne Petit", "Voyages SARL", "+33 6 12 34 56 78", "a@x.example", "5 rue du Lac", "69001"],
        "Lyon",
    ),
    "de": (
        ["Vor- und Nachname", "Firma", "Handy", "E-Mail", "Straße", "PLZ", "Ort", "Geburtsdatum"],
        ["Anna Groß", "Reise GmbH", "+49 1512 3456789", "a@x.example", "Hauptstr. 5", "80331"],
        "München",
    ),
    "it": (
        [
            "Nome e cognome",
            "Azienda",
            "Cell.",
            "Posta elettronica",
            "Indirizzo",
            "CAP",
            "Città",
            "Nato il",
        ],
        ["Anna Rossi", "Viaggi Srl", "+39 312 345 6789", "a@x.example", "Via Roma 5", "20121"],
        "Milano",
    ),
    "ru": (
        [
            "ФИО",
            "Компания",
            "Моб. телефон",
            "Эл. почта",
            "Адрес",
            "Индекс",
            "Город",
            "Дата рождения",
        ],
        ["Анна Иванова", "Тур, ООО", "+7 912 345-67-89", "a@x.example", "ул. Мира, 5", "101000"],
        "Москва",
    ),
    "ja": (
        [
            "氏名",
            "会社名",
            "携帯電話",
            "メールアドレス",
            "住所",
            "郵便番号",
            "市区町村",
            "生年月日",
        ],
        [
            "山田花子",
            "遠方旅行株式会社",
            "+81 90-1234-5678",
            "y@x.example",
            "中央1-2-3",
            "100-0001",
        ],
        "千代田区",
    ),
    "ko": (
        ["성명", "회사명", "휴대폰", "이메일", "주소", "우편번호", "도시", "생년월일"],
        ["김민준", "먼길여행사", "+82 10-1234-5678", "k@x.example", "세종대로 5", "04524"],
        "서울",
    ),
}


@pytest.mark.parametrize("language", SHEETS)
def test_every_column_finds_its_field(language: str, workspace: Workspace, tmp_path: Path) -> None:
    headers, (name, firm, phone, email, street, postcode), city = SHEETS[language]
    path = tmp_path / "clientes.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [headers, [name, firm, phone, email, street, postcode, city, "1980-02-03"]]
        )
    (customer,) = import_file(workspace, path).customers
    assert (customer["name"], customer["organisation"]) == (name, firm)
    digits = "+" + "".join(c for c in phone if c.isdigit())
    assert [(p["number"], p["label"]) for p in customer["phones"]] == [(digits, "mobile")]
    assert [e["address"] for e in customer["emails"]] == [email]
    (address,) = customer["addresses"]
    assert [address[part] for part in ("street", "postcode", "city")] == [street, postcode, city]
    assert customer["birthday"] == "1980-02-03"
    assert customer["custom"] == {}

"""Exports of Outlook and Google: every column in its field, with its label."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from opened import Read, points

from crm_desktop.bridge.sheets.synonyms import meanings
from crm_desktop.domain.customers import Address, CustomerDraft

# A column a line, as Outlook writes them, and what it has to become; `-` is a field of its own.
OUTLOOK = {
    "en": """
Title -|First Name given_name|Middle Name given_name/middle|Last Name family_name|Suffix -
Company organisation|Department -
Job Title -|Business Street street/work|Business Street 2 street2/work
Business Street 3 street2/work|Business City city/work|Business State region/work
Business Postal Code postcode/work|Business Country/Region country/work|Home Street street/home
Home Street 2 street2/home|Home City city/home|Home State region/home
Home Postal Code postcode/home|Home Country/Region country/home|Other Street street/other
Other Street 2 street2/other|Other City city/other|Other State region/other
Other Postal Code postcode/other|Other Country/Region country/other|Assistant's Phone -
Business Fax phone/fax|Business Phone phone/work|Business Phone 2 phone/work|Callback phone
Car Phone phone/car|Company Main Phone phone/work|Home Fax phone/fax|Home Phone phone/home
Home Phone 2 phone/home|ISDN phone|Mobile Phone phone/mobile|Other Fax phone/fax
Other Phone phone/other|Pager phone/pager|Primary Phone phone|Radio Phone phone
TTY/TDD Phone phone|Telex -|Anniversary -|Assistant's Name -|Billing Information -
Birthday birthday|Business Address PO Box -|Categories tags|Children -|Directory Server -
E-mail Address email|E-mail Type -|E-mail Display Name -|E-mail 2 Address email
E-mail 2 Type -|E-mail 2 Display Name -|E-mail 3 Address email|E-mail 3 Type -
E-mail 3 Display Name -|Gender -|Government ID Number -|Hobby -|Home Address PO Box -|Initials -
Internet Free Busy -|Keywords tags|Language -|Location -|Manager's Name -|Mileage -|Notes notes
Office Location -|Organizational ID Number -|Other Address PO Box -|Priority -|Private -
Profession -|Referred By -|Sensitivity -|Spouse -|User 1 -|Web Page -""",
    "de": """
Anrede -|Vorname given_name|Weitere Vornamen given_name/middle|Nachname family_name|Suffix -
Firma organisation|Abteilung -
Position -|Straße geschäftlich street/work|Straße geschäftlich 2 street2/work
Ort geschäftlich city/work|Region geschäftlich region/work
Postleitzahl geschäftlich postcode/work|Land/Region geschäftlich country/work
Straße privat street/home|Straße privat 2 street2/home|Ort privat city/home
Bundesland/Kanton privat region/home|Postleitzahl privat postcode/home
Land/Region privat country/home|Weitere Straße street/other|Weiterer Ort city/other
Weiteres/r Bundesland/Kanton region/other|Weitere Postleitzahl postcode/other
Weiteres/e Land/Region country/other|Telefon Assistent -|Fax geschäftlich phone/fax
Telefon geschäftlich phone/work|Telefon geschäftlich 2 phone/work|Rückmeldung phone
Autotelefon phone/car|Telefon Firma phone/work|Fax privat phone/fax|Telefon (privat) phone/home
Telefon (privat 2) phone/home|Mobiltelefon phone/mobile|Weiteres Fax phone/fax
Weiteres Telefon phone/other|Pager phone/pager|Haupttelefon phone|Mobiltelefon 2 phone/mobile
Telefon für Hörbehinderte phone|Telex -|Adresse geschäftlich Postfach -|Assistent(in) -|Beruf -
Büro -|E-Mail-Adresse email|E-Mail-Typ -|E-Mail: Angezeigter Name -|E-Mail 2: Adresse email
E-Mail 2: Typ -|E-Mail 2: Angezeigter Name -|Geburtstag birthday|Jahrestag -|Kategorien tags
Name des/der Vorgesetzten -|Notizen notes|Partner -|Postfach -|Stichwörter tags|Webseite -""",
    "pt": """
Título -|Nome given_name|Segundo Nome given_name/middle|Sobrenome family_name|Empresa organisation
Cargo -|Rua do endereço comercial street/work|Rua do endereço comercial 2 street2/work
Cidade do endereço comercial city/work|Estado do endereço comercial region/work
CEP do endereço comercial postcode/work|País/Região do endereço comercial country/work
Rua do endereço residencial street/home|Cidade do endereço residencial city/home
Estado do endereço residencial region/home|CEP do endereço residencial postcode/home
País/Região do endereço residencial country/home|Outra rua street/other|Outra cidade city/other
Outro estado region/other|Outro CEP postcode/other|Outro país/região country/other
Telefone do assistente -|Fax comercial phone/fax|Telefone comercial phone/work
Telefone comercial 2 phone/work|Telefone do carro phone/car
Telefone principal da empresa phone/work|Fax residencial phone/fax
Telefone residencial phone/home|Telefone celular phone/mobile|Outro fax phone/fax
Outro telefone phone/other|Pager phone/pager|Telefone principal phone|Telex -
Aniversário birthday|Nome do assistente -|Caixa postal do endereço comercial -|Categorias tags
Endereço de email email|Tipo de email -|Nome para exibição do email -|Endereço de email 2 email
Palavras-chave tags|Nome do gerente -|Anotações notes|Página da Web -""",
    "zh": """
称谓 -|名 given_name|中间名 given_name/middle|姓 family_name|单位 organisation|部门 -|职务 -
商务地址 街道 street/work|商务地址 街道 2 street2/work|商务地址 市/县 city/work
商务地址 省/市/自治区 region/work|商务地址 邮政编码 postcode/work|商务地址 国家/地区 country/work
住宅地址 街道 street/home|住宅地址 市/县 city/home|住宅地址 省/市/自治区 region/home
住宅地址 邮政编码 postcode/home|住宅地址 国家/地区 country/home|其他地址 街道 street/other
其他地址 市/县 city/other|其他地址 邮政编码 postcode/other|助理的电话 -|商务传真 phone/fax
商务电话 phone/work|商务电话 2 phone/work|回电话 phone|车载电话 phone/car
单位主要电话 phone/work|住宅传真 phone/fax|住宅电话 phone/home|住宅电话 2 phone/home
移动电话 phone/mobile|其他传真 phone/fax|其他电话 phone/other|寻呼机 phone/pager
主要电话 phone|无线电话 phone|电子邮件地址 email|电子邮件类型 -|电子邮件显示名称 -
电子邮件 2 地址 email|电子邮件 2 类型 -|电子邮件 2 显示名称 -|附注 notes|经理姓名 -|助理的姓名 -
商务地址 邮政信箱 -|网页 -|生日 birthday|类别 tags|配偶 -|性别 -""",
}
VALUES = {
    "given_name": "Ana",
    "family_name": "Silva",
    "organisation": "Mar Aberto",
    "street": "Rua {label} 5",
    "street2": "{label} andar",
    "city": "Lisboa {label}",
    "region": "Norte {label}",
    "postcode": "1000-001",
    "country": "Portugal",
    "birthday": "1980-02-01",
    "notes": "boa cliente",
    "tags": "VIP",
}


def columns(language: str) -> list[tuple[str, str, str]]:
    """Header, field and label of each column."""
    found = []
    for item in OUTLOOK[language].strip().replace("\n", "|").split("|"):
        header, _blank, wanted = item.rpartition(" ")
        field, _slash, label = wanted.partition("/")
        found.append((header, field, label))
    return found


def write(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


@pytest.mark.parametrize("language", OUTLOOK)
def test_outlook(tmp_path: Path, language: str) -> None:
    row: list[str] = []
    phones: list[tuple[str, str]] = []
    emails = 0
    layout = columns(language)
    for header, field, label in layout:
        if field == "phone":
            phones.append((f"+3519123456{len(phones):02}", label))
            row.append(phones[-1][0])
        elif field == "email":
            emails += 1
            row.append(f"a{emails}@x.pt")
        elif label == "middle":
            row.append("Maria")
        else:
            row.append(VALUES.get(field, "x " + header[:20]).format(label=label))
    found = Read(write(tmp_path / "outlook.csv", [[h for h, _f, _l in layout], row]))
    (draft,) = found.drafts
    assert (draft.given_name, draft.family_name, draft.organisation) == (
        "Ana Maria",
        "Silva",
        "Mar Aberto",
    )
    assert (draft.birthday, draft.notes, draft.tags) == ("1980-02-01", "boa cliente", ("VIP",))
    assert [(v, label) for k, v, label in points(draft) if k == "phone"] == phones
    assert len([1 for k, _v, _l in points(draft) if k == "email"]) == emails
    for address in draft.addresses:
        label = address.label
        assert address[1:5] == (
            "1000-001",
            f"Lisboa {label}",
            f"Norte {label}" if ("region", label) in [c[1:] for c in layout] else "",
            "Portugal" if ("country", label) in [c[1:] for c in layout] else "",
        )
        assert address.street.startswith(f"Rua {label} 5")
    assert [a.label for a in draft.addresses] == ["work", "home", "other"]
    own = {header for header, field, _label in layout if field == "-"}
    assert {name for name, _value in draft.custom} == own


@pytest.mark.parametrize("language", OUTLOOK)
def test_outlooks_empty_columns_go_where_full_ones_would(tmp_path: Path, language: str) -> None:
    layout = columns(language)
    names = {"given_name": "Ana", "family_name": "Silva"}
    row = [names.get(field, "") for _h, field, _l in layout]
    found = Read(write(tmp_path / "outlook.csv", [[h for h, _f, _l in layout], row]))
    assert found.drafts[0][:4] == ("Ana Silva", "person", "Ana", "Silva")
    assert found.drafts[0].contact_points == ()


GOOGLE_2016 = [
    *(
        "Name",
        "Given Name",
        "Additional Name",
        "Family Name",
        "Name Prefix",
        "Nickname",
        "Birthday",
    ),
    *("Gender", "Occupation", "Notes", "Photo", "Group Membership"),
    *("E-mail 1 - Type", "E-mail 1 - Value", "E-mail 2 - Type", "E-mail 2 - Value"),
    *("IM 1 - Type", "IM 1 - Service", "IM 1 - Value", "Phone 1 - Type", "Phone 1 - Value"),
    *("Phone 2 - Type", "Phone 2 - Value", "Address 1 - Type", "Address 1 - Formatted"),
    *("Address 1 - Street", "Address 1 - City", "Address 1 - PO Box", "Address 1 - Region"),
    *("Address 1 - Postal Code", "Address 1 - Country", "Address 1 - Extended Address"),
    *("Organization 1 - Type", "Organization 1 - Name", "Organization 1 - Title"),
    *("Organization 1 - Department", "Website 1 - Type", "Website 1 - Value", "Event 1 - Type"),
    *("Event 1 - Value", "Relation 1 - Type", "Relation 1 - Value", "Custom Field 1 - Type"),
    *("Custom Field 1 - Value",),
]


def google(path: Path, header: list[str], *rows: dict[str, str]) -> list[CustomerDraft]:
    lines = [header, *[[row.get(h, "") for h in header] for row in rows]]
    found = Read(write(path, lines))
    assert [row.row for row in found.rows] == list(range(2, len(rows) + 2))
    return found.drafts


def test_google_2016(tmp_path: Path) -> None:
    ana, rui, eva = google(
        tmp_path / "google.csv",
        GOOGLE_2016,
        {
            "Name": "Ana Maria Silva", "Given Name": "Ana", "Additional Name": "Maria",
            "Family Name": "Silva", "Nickname": "Anita", "Birthday": "1980-02-01",
            "Notes": "linha 1\nlinha 2", "Group Membership": "* myContacts ::: Amigos ::: VIP",
            "E-mail 1 - Type": "* Home", "E-mail 1 - Value": "ana@x.pt ::: ana2@x.pt",
            "E-mail 2 - Type": "Contabilidade", "E-mail 2 - Value": "conta@x.pt",
            "IM 1 - Type": "Other", "IM 1 - Service": "Skype", "IM 1 - Value": "ana.s",
            "Phone 1 - Type": "Mobile", "Phone 1 - Value": "912345678 ::: 912345679",
            "Phone 2 - Type": "Work", "Phone 2 - Value": "+351 213 456 789",
            "Address 1 - Type": "Home", "Address 1 - Formatted": "Rua A 5\n1000-001 Lisboa",
            "Address 1 - Street": "Rua A 5", "Address 1 - City": "Lisboa",
            "Address 1 - Region": "Estremadura", "Address 1 - Postal Code": "1000-001",
            "Address 1 - Country": "Portugal", "Address 1 - Extended Address": "2.º Dto",
            "Organization 1 - Name": "Mar Aberto", "Organization 1 - Title": "Gerente",
            "Organization 1 - Department": "Vendas", "Website 1 - Type": "Blog",
            "Website 1 - Value": "https://x.pt", "Event 1 - Type": "Anniversary",
            "Event 1 - Value": "2001-05-01", "Relation 1 - Type": "Spouse",
            "Relation 1 - Value": "Rui", "Custom Field 1 - Type": "NIF",
            "Custom Field 1 - Value": "215432189",
        },
        {
            "Name": "Rui Costa", "Given Name": "Rui", "Family Name": "Costa",
            "Birthday": " --03-04", "Group Membership": "* myContacts", "Phone 1 - Type": "Work",
            "Phone 1 - Value": "213456780", "Phone 2 - Type": "Home Fax",
            "Phone 2 - Value": "213456781",
            "Address 1 - Type": "Work", "Address 1 - Street": "Rua B 1 ::: Rua C 2",
            "Address 1 - City": "Porto ::: Faro",
            "Address 1 - Postal Code": "4000-001 ::: 8000-001",
        },
        {"Organization 1 - Name": "Sol Lda", "Phone 1 - Value": "213456782"},
    )  # fmt: skip
    assert ana[:5] == ("Ana Maria Silva", "person", "Ana Maria", "Silva", "Mar Aberto")
    assert (ana.birthday, ana.notes) == ("1980-02-01", "linha 1\nlinha 2")
    assert ana.tags == ("Amigos", "VIP")
    assert points(ana) == [
        ("phone", "+351912345678", "mobile"),
        ("phone", "+351912345679", "mobile"),
        ("phone", "+351213456789", "work"),
        ("email", "ana@x.pt", "home"),
        ("email", "ana2@x.pt", "home"),
        ("email", "conta@x.pt", "Contabilidade"),
        ("im", "ana.s", "Skype"),
    ]
    assert ana.addresses == (
        Address("Rua A 5, 2.º Dto", "1000-001", "Lisboa", "Estremadura", "Portugal", "home"),
    )
    assert dict(ana.custom) == {
        "Nickname": "Anita",
        "Job title": "Gerente",
        "Department": "Vendas",
        "Website (Blog)": "https://x.pt",
        "Anniversary": "2001-05-01",
        "Spouse": "Rui",
        "NIF": "215432189",
    }
    assert (rui.birthday, rui.tags) == ("--03-04", ())
    assert points(rui) == [("phone", "+351213456780", "work"), ("phone", "+351213456781", "fax")]
    assert [(a.street, a.postcode, a.city, a.label) for a in rui.addresses] == [
        ("Rua B 1", "4000-001", "Porto", "work"),
        ("Rua C 2", "8000-001", "Faro", "work 2"),
    ]
    assert (eva.kind, eva.name) == ("organisation", "Sol Lda")


def test_google_2024(tmp_path: Path) -> None:
    header = [
        *(
            "First Name",
            "Middle Name",
            "Last Name",
            "Phonetic First Name",
            "Name Prefix",
            "File As",
        ),
        *("Organization Name", "Organization Title", "Birthday", "Notes", "Photo", "Labels"),
        *("E-mail 1 - Label", "E-mail 1 - Value", "Phone 1 - Label", "Phone 1 - Value"),
        *("Address 1 - Label", "Address 1 - Country", "Address 1 - Street"),
        *("Address 1 - Extended Address", "Address 1 - City", "Address 1 - Region"),
        *("Address 1 - Postal Code", "Address 1 - PO Box"),
    ]
    (draft,) = google(
        tmp_path / "contacts.csv",
        header,
        {
            "First Name": "秀英", "Last Name": "王", "Phonetic First Name": "Xiuying",
            "Organization Name": "海风旅行社", "Organization Title": "经理",
            "Labels": "* myContacts ::: 老客户", "E-mail 1 - Label": "* ",
            "E-mail 1 - Value": "w@x.cn", "Phone 1 - Label": "手机",
            "Phone 1 - Value": "+86 138 0013 8000", "Address 1 - Label": "Home",
            "Address 1 - Street": "中山路5号", "Address 1 - City": "上海",
            "Address 1 - Postal Code": "200000", "Address 1 - Country": "CN",
        },
    )  # fmt: skip
    assert draft[:5] == ("王秀英", "person", "秀英", "王", "海风旅行社")
    assert points(draft) == [("phone", "+8613800138000", "mobile"), ("email", "w@x.cn", "")]
    assert draft.addresses == (Address("中山路5号", "200000", "上海", "", "CN", "home"),)
    assert draft.tags == ("老客户",)
    assert dict(draft.custom) == {"Phonetic First Name": "Xiuying", "Organization Title": "经理"}


def test_headers_of_our_own_address_books() -> None:
    for header, field, label in (
        ("Phone “Ferienhaus”", "phone", "Ferienhaus"),
        ("E-mail “Contabilidade” 2", "email", "Contabilidade"),
        ("Street “home 2”", "street", "home 2"),
        ("Messenger “AIM”", "im", "AIM"),
        ("Work phone 12", "phone", "work"),
    ):
        assert meanings(header)[0][::2] == (field, label)

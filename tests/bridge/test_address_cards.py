"""vCards of all versions, as telephones, mail programs and the web write them."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

import pytest
from opened import Read, opened, points

from crm_desktop import i18n
from crm_desktop.domain.customers import Address, CustomerDraft
from crm_desktop.domain.errors import UserError


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> str:
    return end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def qp(text: str, encoding: str = "utf-8") -> str:
    """Quoted-printable with soft breaks, as telephones write it."""
    packed = binascii.b2a_qp(text.encode(encoding), istext=False).decode()
    return packed.replace("\r\n", "\n").replace("\n", "\r\n")


def read(
    path: Path, text: str, *, encoding: str = "utf-8", country: str = "PT"
) -> list[CustomerDraft]:
    path.write_bytes(text.encode(encoding))
    found = Read(path, country)
    assert found.preview.format == "vcard"
    assert [row.left_out for row in found.rows] == [""] * len(found.rows)
    return found.drafts


def one(path: Path, *lines: str, version: str = "3.0") -> CustomerDraft:
    (draft,) = read(path, card(*lines, version=version))
    return draft


def test_everything_of_a_card(tmp_path: Path) -> None:
    draft = one(
        tmp_path / "a.vcf",
        "N:Silva;Ana;Maria;Dr.ª;Jr.",
        "FN:Dr.ª Ana Maria Silva Jr.",
        "ORG:Mar Aberto\\, Lda;Vendas;Lisboa",
        "TITLE:Gerente",
        "TEL;TYPE=CELL,VOICE:912 345 678",
        "TEL;TYPE=work;TYPE=voice;TYPE=pref:+351 213 456 789",
        "TEL;TYPE=WORK:213456780",
        "TEL;TYPE=HOME,FAX:213456781",
        "TEL:213456782",
        "EMAIL;TYPE=INTERNET,HOME:Ana@Example.org",
        "EMAIL;TYPE=WORK:ana@mar.pt",
        "ADR;TYPE=HOME:;2.º Dto;Rua A\\, 5;Lisboa;Estremadura;1000-001;Portugal",
        "ADR;TYPE=WORK:Apartado 7;;Av. B 1;Porto;;4000-001;Portugal",
        "BDAY:1980-02-01",
        "NOTE:linha 1\\nlinha 2\\; fim",
        "CATEGORIES:VIP,Amigos",
        "URL:https://mar.pt",
        "NICKNAME:Anita",
        "X-WECHAT:ana_wx",
        "X-QQ:12345678",
        "IMPP;X-SERVICE-TYPE=Skype:skype:ana.silva",
        "X-PHONETIC-FIRST-NAME:Anna",
        "PHOTO;ENCODING=b;TYPE=JPEG:" + base64.b64encode(bytes(300)).decode(),
        "REV:20200101T000000Z",
        "UID:abc",
    )
    name = "Dr.ª Ana Maria Silva Jr."
    assert draft[:5] == (name, "person", "Ana Maria", "Silva Jr.", "Mar Aberto, Lda")
    assert (draft.birthday, draft.notes) == ("1980-02-01", "linha 1\nlinha 2; fim")
    assert points(draft) == [
        ("phone", "+351912345678", "mobile"),
        ("phone", "+351213456782", ""),
        ("phone", "+351213456789", "work"),
        ("phone", "+351213456780", "work"),
        ("phone", "+351213456781", "fax"),
        ("email", "ana@mar.pt", "work"),
        ("email", "ana@example.org", "home"),
        ("im", "ana_wx", "WeChat"),
        ("im", "12345678", "QQ"),
        ("im", "ana.silva", "Skype"),
    ]
    assert draft.addresses == (
        Address("Rua A, 5, 2.º Dto", "1000-001", "Lisboa", "Estremadura", "Portugal", "home"),
        Address("Av. B 1, Apartado 7", "4000-001", "Porto", "", "Portugal", "work"),
    )
    assert draft.tags == ("VIP", "Amigos")
    assert draft.facts.title == "Dr.ª"
    assert dict(draft.custom) == {
        "Department": "Vendas / Lisboa",
        "Job title": "Gerente",
        "Website": "https://mar.pt",
        "Nickname": "Anita",
        "Phonetic first name": "Anna",
    }


@pytest.mark.parametrize("language", ["pt", "zh_CN"])
def test_fields_of_their_own_stay_so_in_every_language(tmp_path: Path, language: str) -> None:
    i18n.choose_language(language)
    lines = ["TITLE:Gerente", "NICKNAME:Anita", "URL:https://mar.pt", "GENDER:F", "ROLE:Chefe"]
    lines += ["ANNIVERSARY:20010501", "RELATED:Rui", "N:Silva;Ana;Maria;Dr.ª;Jr."]
    draft = one(tmp_path / "a.vcf", "FN:Ana", "ORG:Mar;Vendas", *lines)
    assert (draft.given_name, draft.family_name) == ("Ana Maria", "Silva Jr.")
    kept = "Gerente|Anita|https://mar.pt|F|Chefe|2001-05-01|Rui|Vendas"
    assert draft.facts.title == "Dr.ª"
    assert sorted(value for _name, value in draft.custom) == sorted(kept.split("|"))


def test_labels_of_apples_groups(tmp_path: Path) -> None:
    draft = one(
        tmp_path / "a.vcf",
        "N:Silva;Ana;;;",
        "item1.TEL:912345678",
        "item1.X-ABLabel:Casa de férias",
        "item2.TEL;type=pref:913456789",
        "item2.X-ABLabel:_$!<Mobile>!$_",
        "item3.EMAIL;type=INTERNET:a@x.pt",
        "item3.X-ABLabel:Contabilidade",
        "item4.ADR:;;Rua C 3;Faro;;8000-001;",
        "item4.X-ABLabel:Casa de férias",
        "item5.X-ABDATE:2001-05-01",
        "item5.X-ABLabel:_$!<Anniversary>!$_",
        "item6.X-ABRELATEDNAMES:Rui",
        "item6.X-ABLabel:_$!<Spouse>!$_",
    )
    assert sorted(points(draft)) == [
        ("email", "a@x.pt", "Contabilidade"),
        ("phone", "+351912345678", "home"),  # "casa" is said of all numbers at home
        ("phone", "+351913456789", "mobile"),
    ]
    assert draft.addresses == (Address("Rua C 3", "8000-001", "Faro", "", "", "home"),)
    assert draft.custom == (("Anniversary", "2001-05-01"), ("Spouse", "Rui"))


def test_several_of_one_kind(tmp_path: Path) -> None:
    draft = one(
        tmp_path / "a.vcf",
        "FN:Ana",
        *(f"TEL;TYPE=CELL:91234567{n}" for n in range(4)),
        "TEL;TYPE=ferry:912345670",
        *(f"EMAIL:a{n}@x.pt" for n in range(3)),
        "ADR;TYPE=HOME:;;Rua A 1;Lisboa;;1000-001;",
        "ADR;TYPE=HOME:;;Rua B 2;Porto;;4000-001;",
        "ADR;TYPE=HOME:;;Rua C 3;Faro;;8000-001;",
    )
    assert points(draft) == [
        *(("phone", f"+35191234567{n}", "mobile") for n in range(4)),
        *(("email", f"a{n}@x.pt", "") for n in range(3)),
    ]
    assert [(a.street, a.postcode, a.city, a.label) for a in draft.addresses] == [
        ("Rua A 1", "1000-001", "Lisboa", "home"),
        ("Rua B 2", "4000-001", "Porto", "home 2"),
        ("Rua C 3", "8000-001", "Faro", "home 3"),
    ]


def test_bare_types_and_folding_of_21(tmp_path: Path) -> None:
    (draft,) = read(
        tmp_path / "a.vcf",
        card(
            "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:" + qp("王;秀英"),
            "TEL;CELL;PREF:13800138000",
            "TEL;WORK;FAX:021-55550500",
            "EMAIL;INTERNET;HOME:w@x.cn",
            "ADR;HOME;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:"
            + qp(";;中山北路一千二百三十四号海风大厦五层;上海;;200000;中国"),
            "NOTE;ENCODING=QUOTED-PRINTABLE:" + qp("linha 1\r\nlinha 2 é = três"),
            "LABEL;HOME:x",
            "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ",
            " SkZJRgABAQ",
            "AQABAAD2wBDAAYE",
            "",
            "ORG:Mar Aberto",
            " Viagens",
            version="2.1",
        ),
        country="CN",
    )
    assert draft[:5] == ("王秀英", "person", "秀英", "王", "Mar Aberto Viagens")
    assert points(draft) == [
        ("phone", "+8613800138000", "mobile"),
        ("phone", "+862155550500", "fax"),
        ("email", "w@x.cn", "home"),
    ]
    assert draft.addresses == (
        Address("中山北路一千二百三十四号海风大厦五层", "200000", "上海", "", "中国", "home"),
    )
    assert draft.notes == "linha 1\nlinha 2 é = três"


@pytest.mark.parametrize(
    ("encoding", "declared", "name"),
    [
        ("gb18030", "GB2312", "王秀英"),
        ("gb18030", "", "王秀英在北京国际旅行社工作"),
        ("big5", "BIG5", "陳雅婷"),
        ("cp932", "SHIFT_JIS", "山田太郎"),
        ("cp1252", "ISO-8859-1", "João"),
        ("cp1252", "", "João Conceição"),
        ("utf-8", "", "João"),
    ],
)
def test_charsets(tmp_path: Path, encoding: str, declared: str, name: str) -> None:
    charset = f";CHARSET={declared}" if declared else ""
    text = card(f"N{charset};ENCODING=QUOTED-PRINTABLE:{qp(name, encoding)}", version="2.1")
    assert read(tmp_path / "a.vcf", text)[0].name == name
    plain = card(f"N{charset}:{name}", "TEL:912345678", version="2.1")
    assert read(tmp_path / "b.vcf", plain, encoding=encoding)[0].name == name


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_marks_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    text = card("FN:João", "TEL:912345678", end=end) * 2
    assert [d.name for d in read(tmp_path / "a.vcf", text, encoding=encoding)] == ["João", "João"]


def test_folding_of_3_and_4_takes_the_blank(tmp_path: Path) -> None:
    draft = one(tmp_path / "a.vcf", "FN:Ana Sil", " va", "NOTE:um dois", "  três", "\tquatro")
    assert (draft.name, draft.notes) == ("Ana Silva", "um dois trêsquatro")


def test_version_4(tmp_path: Path) -> None:
    draft = one(
        tmp_path / "a.vcf",
        "FN;PREF=1:Ana Silva",
        "N:Silva;Ana;;;",
        'TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+351-912-345-678',
        "TEL;VALUE=uri;TYPE=work:tel:+351-213-456-789;ext=12",
        "EMAIL;TYPE=work:mailto:ana@mar.pt",
        'ADR;TYPE=home;LABEL="Rua A 5\\nLisboa":;;Rua A 5;Lisboa;;1000-001;Portugal',
        "IMPP:xmpp:ana@jabber.org",
        "GENDER:F;feminino",
        "ANNIVERSARY:20010501",
        "KIND:individual",
        "PHOTO:data:image/jpeg;base64,/9j/4AAQ",
        "LANG:pt",
        version="4.0",
    )
    assert draft.name == "Ana Silva"
    assert points(draft)[0] == ("phone", "+351912345678", "mobile")
    assert points(draft)[1][1].startswith("+351213456789")
    assert points(draft)[2:] == [
        ("email", "ana@mar.pt", "work"),
        ("im", "ana@jabber.org", "Jabber"),
    ]
    assert draft.addresses[0][:3] == ("Rua A 5", "1000-001", "Lisboa")
    assert draft.custom == (("Gender", "F feminino"), ("Anniversary", "2001-05-01"))


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("BDAY:1980-02-01", "1980-02-01"),
        ("BDAY:19800201", "1980-02-01"),
        ("BDAY;VALUE=date:1980-02-01", "1980-02-01"),
        ("BDAY:1980-02-01T00:00:00Z", "1980-02-01"),
        ("BDAY:19800201T103000", "1980-02-01"),
        ("BDAY:--0201", "--02-01"),
        ("BDAY:--02-01", "--02-01"),
        ("BDAY;VALUE=date;X-APPLE-OMIT-YEAR=1604:1604-02-29", "--02-29"),
        ("BDAY:0000-02-01", "--02-01"),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1980-02-01;3;;;", "1980-02-01"),
    ],
)
def test_birthdays(tmp_path: Path, line: str, birthday: str) -> None:
    assert one(tmp_path / "a.vcf", "FN:Ana", line).birthday == birthday


def test_a_birthday_that_is_none_is_kept(tmp_path: Path) -> None:
    draft = one(tmp_path / "a.vcf", "FN:Ana", "BDAY;VALUE=text:no Inverno de 1980")
    assert (draft.birthday, draft.custom) == (None, (("Birthday", "no Inverno de 1980"),))


def test_firms(tmp_path: Path) -> None:
    text = (
        card("FN:Mar Aberto", "ORG:Mar Aberto", "TEL:213456789")
        + card("N:;;;;", "ORG:Sol", "X-ABShowAs:COMPANY", "TEL:213456780")
        + card("FN:Ana", "ORG:Sol", "TEL:213456781")
        + card("KIND:org", "FN:Clube", "TEL:213456782", version="4.0")
    )
    assert [(d.kind, d.name, d.organisation) for d in read(tmp_path / "a.vcf", text)] == [
        ("organisation", "Mar Aberto", ""),
        ("organisation", "Sol", ""),
        ("person", "Ana", "Sol"),
        ("organisation", "Clube", ""),
    ]


def test_messengers(tmp_path: Path) -> None:
    draft = one(
        tmp_path / "a.vcf",
        "FN:Ana",
        "X-SOCIALPROFILE;type=wechat;x-user=ana_wx:x-apple:ana_wx",
        "X-SOCIALPROFILE;type=linkedin:https://linkedin.com/in/ana",
        "IMPP;X-SERVICE-TYPE=QQ:x-apple:123456",
        "X-SKYPE-USERNAME:ana.s",
        "X-AIM:ana_aim",
        "X-WHATSAPP:+351912345678",
    )
    assert sorted(points(draft)) == [
        ("im", "123456", "QQ"),
        ("im", "ana.s", "Skype"),
        ("im", "ana_aim", "AIM"),
        ("im", "ana_wx", "WeChat"),
        ("phone", "+351912345678", "whatsapp"),
    ]
    assert draft.custom == (("Linkedin", "https://linkedin.com/in/ana"),)


def test_bad_cards_lose_nothing(tmp_path: Path) -> None:
    text = (
        "\r\n\r\nbegin:vcard\r\nversion:2.1\r\nn:Silva;Ana\r\numa linha sem sentido\r\n"
        "tel;cell:912345678\r\nNOTE;ENCODING=QUOTED-PRINTABLE:fim=\r\nend:vcard\r\n"
        "BEGIN:VCARD\r\nFN:Rui\r\nTEL:913456789\r\n"  # no end
        "BEGIN:VCARD\r\nFN:Eva\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:Ivo\r\nTEL:915678901\r\nEND:VCARD\r\n"
        "TEL:914567890\r\nEND:VCARD\r\nlixo\r\n"
        'BEGIN:VCARD\r\nFN:Gil\r\nTEL;TYPE="CELL:916789012\r\nPHOTO;ENCODING=b:////'
    )
    found = {
        d.name: (d.notes, [p.value for p in d.contact_points])
        for d in read(tmp_path / "a.vcf", text)
    }
    assert found == {
        "Ana Silva": ("fim\numa linha sem sentido", ["+351912345678"]),
        "Rui": ("", ["+351913456789"]),
        "Ivo": ("", ["+351915678901"]),
        "Eva": ("", ["+351914567890"]),
        "Gil": ('TEL;TYPE="CELL:916789012', []),
    }


def test_more_columns_than_anybody_wants_go_to_the_notes(tmp_path: Path) -> None:
    text = "".join(card(f"FN:Ana {n}", f"X-FIELD-{n}:valor {n}") for n in range(300))
    drafts = read(tmp_path / "a.vcf", text)
    assert dict(drafts[0].custom) == {"Field 0": "valor 0"}
    assert drafts[299].notes == "Field 299: valor 299"
    many = card("FN:Ana", *(f"TEL:9123456{n:02}" for n in range(40)))
    assert len(read(tmp_path / "b.vcf", many)[0].contact_points) == 40


def test_files_without_a_card_say_so(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no address card that can be read"):
        opened(tmp_path / "a.vcf", card("PHOTO:x"))

"""The pools that `make_samples` draws from, by language."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

Columns = list[tuple[str, str]]


@dataclass(frozen=True)
class Words:
    """One language's names, places, headers, and ways of writing.

    `…_columns` pairs a header with the field that it must feed; `…_keys` says which fact of a
    person stands below it.
    """

    file: str
    country: str
    code: str
    trunk: str
    people: int
    old_people: int
    given: list[str]
    family: list[str]
    full: Callable[[str, str], str]
    latin: Callable[[str, str], str]
    cities: list[tuple[str, str]]
    streets: list[str]
    street: Callable[[str, int], str]
    postcode: Callable[[str, int], str]
    mobile: Callable[[int], str]
    landline: Callable[[int], str]
    grouped: Callable[[str], str]
    date_styles: list[Callable[[dt.date], str]]
    firms: list[str]
    notes: list[str]
    tags: list[str]
    stages: list[str]
    seats: list[str]
    referrers: list[str]
    tax: Callable[[random.Random], str | int]
    firm_tax: Callable[[random.Random], str | int]
    passport: Callable[[random.Random], str]
    main_sheet: str
    titles: list[str]
    main_columns: Columns
    main_keys: list[str]
    firm_sheet: str
    firm_columns: Columns
    firm_keys: list[str]
    old_sheet: str
    old_titles: list[str]
    old_columns: Columns
    old_keys: list[str]
    total: str
    notice_sheet: str
    notice: list[str]


def _plain(text: str) -> str:
    table = str.maketrans("áàâãéêíóôõúç", "aaaaeeiooouc")
    return text.lower().translate(table).replace(" ", "").replace("'", "").replace("-", "")


def _threes(number: str) -> str:
    """912345678 as 912 345 678."""
    return " ".join((number[:3], number[3:6], number[6:]))


def _nif(generator: random.Random, first: str) -> int:
    """A tax number with a right check digit."""
    digits = first + "".join(str(generator.randrange(10)) for _n in range(8 - len(first)))
    rest = sum(int(d) * w for d, w in zip(digits, range(9, 1, -1), strict=True)) % 11
    return int(digits + str(0 if rest < 2 else 11 - rest))


PORTUGUESE = Words(
    file="clientes.xlsx",
    country="PT",
    code="+351",
    trunk="",
    people=110,
    old_people=30,
    given=[
        *(
            "Ana",
            "João",
            "Maria",
            "Pedro",
            "Inês",
            "Rui",
            "Luís",
            "Sofia",
            "Tiago",
            "Carla",
            "Nuno",
        ),
        *(
            "Beatriz",
            "Miguel",
            "Teresa",
            "António",
            "Helena",
            "Jorge",
            "Catarina",
            "Vasco",
            "Marta",
        ),
        *("Ana Rita", "José Manuel", "Maria João", "Francisco", "Leonor", "Gonçalo", "Raquel"),
    ],
    family=[
        *("Silva", "Santos", "Ferreira", "Pereira", "Costa", "Oliveira", "Rodrigues", "Martins"),
        *("Sousa", "Fernandes", "Gonçalves", "Gomes", "Lopes", "Marques", "Alves", "Almeida"),
        *("Ribeiro", "Pinto", "Carvalho", "Teixeira", "Moreira", "Correia", "Mendes", "Nunes"),
    ],
    full=lambda given, family: f"{given} {family}",
    latin=lambda given, family: f"{_plain(given)}.{_plain(family)}",
    cities=[
        ("Lisboa", "1000"),
        ("Porto", "4000"),
        ("Braga", "4700"),
        ("Coimbra", "3000"),
        ("Faro", "8000"),
        ("Évora", "7000"),
        ("Setúbal", "2900"),
        ("Aveiro", "3800"),
    ],
    streets=[
        "Rua das Flores",
        "Avenida da Liberdade",
        "Rua do Sol",
        "Travessa da Fonte",
        "Largo da Sé",
    ],
    street=lambda name, number: f"{name}, {number}",
    postcode=lambda start, number: f"{start}-{number:03d}",
    mobile=lambda number: f"+35191{2_000_000 + number * 7919 % 1_000_000:07d}",
    landline=lambda number: f"+35121{3_000_000 + number * 6007 % 1_000_000:07d}",
    grouped=_threes,
    date_styles=[
        lambda d: f"{d.day:02d}/{d.month:02d}/{d.year}",
        lambda d: f"{d.day}-{d.month}-{d.year}",
        lambda d: f"{d.day}.{d.month}.{d.year}",
        lambda d: d.isoformat(),
    ],
    firms=[
        "Atlântico Mar, Lda",
        "Oficina Rápida Unipessoal Lda",
        "Construções do Tejo, S.A.",
        "Padaria Bela Vista, Lda",
        "Clínica Dentária Sorriso Lda",
        "Farmácia Central de Braga, Lda",
        "Vinhos do Vale, S.A.",
        "Escola de Línguas Horizonte Lda",
        "Transportes Ribeira, Lda",
        "Estúdio Azul Arquitetos, Lda",
        "Têxteis do Minho, S.A.",
        "Café Concerto, Unipessoal Lda",
    ],
    notes=[
        "Prefere contacto à tarde.",
        "Viaja sempre com a mãe; não gosta de escalas.",
        "Pediu orçamento para a Madeira",
        "Alergia a marisco\nQuarto no piso térreo",
        "Paga sempre por transferência",
    ],
    tags=["VIP", "família", "VIP, cruzeiros", "neve; família", "empresa"],
    stages=["Cliente", "Potencial", "Inativo", "Em negociação"],
    seats=["Janela", "Corredor", "Saída de emergência"],
    referrers=["Carla da receção", "Feira BTL 2019", "Site", "Amigo do Rui"],
    tax=lambda r: _nif(r, "2"),
    firm_tax=lambda r: _nif(r, "50"),
    passport=lambda r: f"C{r.randrange(100_000, 999_999)}",
    main_sheet="Clientes",
    titles=["Agência Mar Aberto - Lista de clientes", "Atualizada pela Carla em janeiro"],
    main_columns=[
        ("Nome", "given_name"),
        ("Apelido", "family_name"),
        ("Empresa", "organisation"),
        ("Telemóvel", "phone"),
        ("Telefone fixo", "phone"),
        ("E-mail", "email"),
        ("Morada", "street"),
        ("Cód. Postal", "postcode"),
        ("Localidade", "city"),
        ("Data de nascimento", "birthday"),
        ("Nº contribuinte", "custom:Nº contribuinte"),
        ("Nº passaporte", "custom:Nº passaporte"),
        ("Lugar preferido", "custom:Lugar preferido"),
        ("Indicado por", "custom:Indicado por"),
        ("Cliente desde", "custom:Cliente desde"),
        ("Estado", "stage"),
        ("Etiquetas", "tags"),
        ("Observações", "notes"),
    ],
    main_keys=[
        *("given", "family", "firm", "mobile", "landline", "email", "street", "postcode", "city"),
        *("birthday", "tax", "passport", "seat", "referrer", "since", "stage", "tags", "notes"),
    ],
    firm_sheet="Empresas",
    firm_columns=[
        ("Empresa", "organisation"),
        ("NIPC", "custom:NIPC"),
        ("Pessoa de contacto", "name"),
        ("Telefone", "phone"),
        ("Email", "email"),
        ("Morada", "street"),
        ("Código postal", "postcode"),
        ("Localidade", "city"),
        ("Obs.", "notes"),
    ],
    firm_keys=["firm", "tax", "contact", "phone", "email", "street", "postcode", "city", "notes"],
    old_sheet="Antigos 2015",
    old_titles=["Clientes até 2015"],
    old_columns=[
        ("Nome completo", "name"),
        ("Contacto", "phone"),
        ("Correio eletrónico", "email"),
        ("Data nasc.", "birthday"),
    ],
    old_keys=["name", "contact", "email", "birthday"],
    total="Total",
    notice_sheet="Leia-me",
    notice=[
        "Esta folha explica como usamos a lista.",
        "Cada cliente novo entra no fim da folha Clientes.",
        "As empresas têm uma folha própria.",
    ],
)

ENGLISH = Words(
    file="customers.xlsx",
    country="GB",
    code="+44",
    trunk="0",
    people=105,
    old_people=28,
    given=[
        *("Alice", "Oliver", "Emily", "Harry", "Grace", "George", "Charlotte", "Jack", "Sophie"),
        *("William", "Hannah", "Thomas", "Megan", "James", "Lucy", "Daniel", "Zoë", "Callum"),
        *("Mary Ann", "Peter", "Fiona", "Edward", "Ruth", "Simon", "Claire", "Adam", "Nora"),
    ],
    family=[
        *("Whitfield", "Barker", "O'Neill", "Thornton", "Fletcher", "Marsh", "Holloway", "Pryce"),
        *("Ashdown", "Kendall", "Lockwood", "Merriman", "Sinclair", "Tanner", "Underhill", "Wray"),
        *("Smith-Jones", "Bexley", "Carrow", "Dunmore", "Elsworth", "Farrow", "Gilbey", "Hartnell"),
    ],
    full=lambda given, family: f"{given} {family}",
    latin=lambda given, family: f"{_plain(given).replace('ë', 'e')}.{_plain(family)}",
    cities=[
        ("London", "SW1A"),
        ("Leeds", "LS1"),
        ("Bristol", "BS1"),
        ("York", "YO1"),
        ("Norwich", "NR2"),
        ("Exeter", "EX4"),
        ("Cardiff", "CF10"),
    ],
    streets=["High Street", "Station Road", "Church Lane", "Victoria Avenue", "Mill Close"],
    street=lambda name, number: f"{number} {name}",
    postcode=lambda start, number: f"{start} {number % 10}{'ABDEFGHJLN'[number % 7]}X",
    mobile=lambda number: f"+447400{200_000 + number * 97:06d}",
    landline=lambda number: f"+442079460{number % 1000:03d}",
    grouped=lambda n: f"{n[:-6]} {n[-6:-3]} {n[-3:]}",
    date_styles=[
        lambda d: f"{d.day:02d}/{d.month:02d}/{d.year}",
        lambda d: (
            f"{d.day}-{_MONTHS[d.month - 1]}-{d.year % 100:02d}" if d.year > 1950 else d.isoformat()
        ),
        lambda d: f"{d.day} {_MONTHS[d.month - 1]} {d.year}",
        lambda d: d.isoformat(),
    ],
    firms=[
        "Harbour Lights Ltd",
        "Pennine Engineering Limited",
        "Oak & Ash Furniture Ltd",
        "Greenway Dental Practice Ltd",
        "Marlowe Publishing plc",
        "Redfern Logistics Ltd",
        "Castle Hill Brewery Ltd",
        "Tidewater Insurance LLP",
        "Brightwell Architects LLP",
        "Fenland Growers Ltd",
        "Northgate Motors Limited",
        "Silver Birch Care Ltd",
    ],
    notes=[
        "Prefers to be called after 6 pm.",
        "Always books the same cottage in May",
        "Vegetarian; travels with a small dog",
        "Asked for a quote to Norway\nfjords, balcony cabin",
        "Pays by cheque.",
    ],
    tags=["VIP", "family", "VIP, cruise", "ski; family", "corporate"],
    stages=["Customer", "Prospect", "Lead", "Inactive"],
    seats=["Window", "Aisle", "Extra legroom"],
    referrers=["Website", "Mrs Marsh", "Travel fair 2018", "Facebook ad"],
    tax=lambda r: f"QQ{r.randrange(100_000, 999_999)}C",
    firm_tax=lambda r: f"GB{r.randrange(100_000_000, 999_999_999)}",
    passport=lambda r: str(r.randrange(100_000_000, 999_999_999)),
    main_sheet="Clients",
    titles=["Blue Harbour Travel: client list"],
    main_columns=[
        ("First Name", "given_name"),
        ("Surname", "family_name"),
        ("Company", "organisation"),
        ("Mobile", "phone"),
        ("Home Phone", "phone"),
        ("Email Address", "email"),
        ("Address", "street"),
        ("Town/City", "city"),
        ("Post Code", "postcode"),
        ("D.O.B.", "birthday"),
        ("Passport No.", "custom:Passport No."),
        ("Preferred seat", "custom:Preferred seat"),
        ("Referred by", "custom:Referred by"),
        ("Client since", "custom:Client since"),
        ("Status", "stage"),
        ("Tags", "tags"),
        ("Comments", "notes"),
    ],
    main_keys=[
        *("given", "family", "firm", "mobile", "landline", "email", "street", "city", "postcode"),
        *("birthday", "passport", "seat", "referrer", "since", "stage", "tags", "notes"),
    ],
    firm_sheet="Companies",
    firm_columns=[
        ("Company name", "organisation"),
        ("Contact person", "name"),
        ("Telephone", "phone"),
        ("E-mail", "email"),
        ("Street", "street"),
        ("City", "city"),
        ("Postcode", "postcode"),
        ("VAT number", "custom:VAT number"),
        ("Notes", "notes"),
    ],
    firm_keys=["firm", "contact", "phone", "email", "street", "city", "postcode", "tax", "notes"],
    old_sheet="Mailing list 2016",
    old_titles=["Christmas mailing", "sent 2 December 2016"],
    old_columns=[
        ("Name", "name"),
        ("Contact", "phone"),
        ("E-mail", "email"),
        ("Birthday", "birthday"),
    ],
    old_keys=["name", "contact", "email", "birthday"],
    total="Total",
    notice_sheet="Read me",
    notice=[
        "How we keep this list.",
        "New clients go to the bottom of the first sheet.",
        "Companies have a sheet of their own.",
    ],
)

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

CHINESE = Words(
    file="kehu.xlsx",
    country="CN",
    code="+86",
    trunk="",
    people=110,
    old_people=30,
    given=[
        *(
            "伟",
            "秀英",
            "敏",
            "静",
            "丽",
            "强",
            "磊",
            "洋",
            "艳",
            "勇",
            "杰",
            "娟",
            "涛",
            "明",
            "超",
        ),
        *("晓明", "建国", "海燕", "志强", "雅婷", "子轩", "欣怡", "佳琪", "文博", "国庆", "春梅"),
    ],
    family=list("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢"),
    full=lambda given, family: f"{family}{given}",
    latin=lambda given, family: "kehu",
    cities=[
        ("北京", "1000"),
        ("上海", "2000"),
        ("广州", "5100"),
        ("深圳", "5180"),
        ("杭州", "3100"),
        ("成都", "6100"),
        ("南京", "2100"),
    ],
    streets=["中山路", "人民路", "解放大道", "建设街", "和平里"],
    street=lambda name, number: f"{name}{number}号",
    postcode=lambda start, number: f"{start}{number % 100:02d}",
    mobile=lambda number: f"+86139{number * 104_729 % 100_000_000:08d}",
    landline=lambda number: f"+8621{55_550_000 + number}",
    grouped=lambda n: f"{n[:3]} {n[3:7]} {n[7:]}" if n.startswith("1") else f"0{n[:2]}-{n[2:]}",
    date_styles=[
        lambda d: f"{d.year}年{d.month}月{d.day}日",
        lambda d: f"{d.year}/{d.month}/{d.day}",
        lambda d: f"{d.year}.{d.month:02d}.{d.day:02d}",
        lambda d: d.isoformat(),
    ],
    firms=[
        "上海海风贸易有限公司",
        "北京远山科技有限公司",
        "广州南天制衣厂有限公司",
        "杭州西子茶业有限公司",
        "成都锦里餐饮管理有限公司",
        "深圳前海电子有限公司",
        "南京梧桐文化传媒有限公司",
        "上海新桥建筑设计有限公司",
        "北京晨光教育咨询有限公司",
        "广州珠江物流有限公司",
        "杭州云栖软件有限公司",
        "成都蓉城医疗器械有限公司",
    ],
    notes=[
        "喜欢靠海的酒店",
        "下午三点以后再打电话",
        "不吃辣；带两个孩子",
        "咨询过日本樱花团\n希望四月出发",
        "老客户介绍",
    ],
    tags=["VIP", "亲子", "VIP、邮轮", "滑雪；亲子", "企业"],
    stages=["已成交", "潜在客户", "跟进中", "已流失"],
    seats=["靠窗", "靠走道", "前排"],
    referrers=["朋友圈", "李姐", "旅游展", "小红书"],
    tax=lambda r: (
        f"310101{1950 + r.randrange(50)}0{1 + r.randrange(9)}{r.randrange(100_000, 999_999)}"
    ),
    firm_tax=lambda r: f"91310000MA1{r.randrange(1_000_000, 9_999_999)}",
    passport=lambda r: f"E{r.randrange(10_000_000, 99_999_999)}",
    main_sheet="客户",
    titles=["海风旅行社客户名单"],
    main_columns=[
        ("姓名", "name"),
        ("公司", "organisation"),
        ("手机", "phone"),
        ("固定电话", "phone"),
        ("微信号", "im"),
        ("邮箱", "email"),
        ("地址", "street"),
        ("邮编", "postcode"),
        ("城市", "city"),
        ("出生日期", "birthday"),
        ("身份证号", "custom:身份证号"),
        ("护照号", "custom:护照号"),
        ("座位偏好", "custom:座位偏好"),
        ("推荐人", "custom:推荐人"),
        ("客户状态", "stage"),
        ("标签", "tags"),
        ("备注", "notes"),
    ],
    main_keys=[
        *("name", "firm", "mobile", "landline", "im", "email", "street", "postcode", "city"),
        *("birthday", "tax", "passport", "seat", "referrer", "stage", "tags", "notes"),
    ],
    firm_sheet="企业客户",
    firm_columns=[
        ("公司名称", "organisation"),
        ("联系人", "name"),
        ("联系电话", "phone"),
        ("电子邮箱", "email"),
        ("地址", "street"),
        ("邮政编码", "postcode"),
        ("所在城市", "city"),
        ("统一社会信用代码", "custom:统一社会信用代码"),
        ("备注", "notes"),
    ],
    firm_keys=["firm", "contact", "phone", "email", "street", "postcode", "city", "tax", "notes"],
    old_sheet="2015年名单",
    old_titles=["二〇一五年老客户"],
    old_columns=[
        ("客户名称", "name"),
        ("联系方式", "phone"),
        ("电子邮件", "email"),
        ("生日", "birthday"),
    ],
    old_keys=["name", "contact", "email", "birthday"],
    total="合计",
    notice_sheet="说明",
    notice=["这张表说明名单的用法。", "新客户请写在第一张表的末尾。", "企业客户另有一张表。"],
)

"""Archives and workbooks of any size, made from pools of names; the same for the same seed."""

from __future__ import annotations

import datetime
import random
from pathlib import Path

from crm_desktop.domain.customers import Address, ContactPoint, CustomerDraft
from crm_desktop.services.workspace import Workspace
from crm_desktop.store.loading import Load, Loader
from crm_desktop.store.tables import tables_of

GIVEN = (
    "Ana João Maria Pedro Inês Rui Luís Sofia Tiago Carla Zoë Anna Miguel Beatriz Hugo Clara "
    "Tomás Marta Nuno Rita Vasco Teresa Duarte Laura Emma Oliver Grace Henry Lucy Daniel"
).split()
FAMILY = (
    "Silva Santos Ferreira Pereira Costa Müller Smith Oliveira Rodrigues Martins Sousa Lopes "
    "Marques Almeida Ribeiro Pinto Carvalho Teixeira Moreira Correia Mendes Nunes Soares Vieira "
    "Taylor Brown Wilson Walker Wright Thompson"
).split()
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
CHARACTERS = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰玉红梅建国华文晓宇欣怡子涵浩然"
CITIES = (
    "Lisboa Porto Braga Coimbra Faro Leeds Bristol München 上海 北京 广州 深圳 杭州 成都"
).split()
STAGES = ("potential", "prospect", "customer", "former")
NOTES = (
    "Prefere contacto à tarde",
    "Window seat, vegetarian",
    "喜欢靠窗的座位",
    "Viaja com a família em agosto",
    "Asked for a quote to Madeira",
    "",
)
_LOAD = 1_000


def draft(i: int, rng: random.Random) -> CustomerDraft:
    """A plausible customer."""
    if rng.random() < 0.3:
        family = rng.choice(SURNAMES)
        given = "".join(rng.choices(CHARACTERS, k=rng.choice((1, 2, 2))))
        name, mail = family + given, f"wang{i}"
        phone = f"+861{rng.randrange(30, 99)}{i % 100_000_000:08d}"
    else:
        given, family = rng.choice(GIVEN), rng.choice(FAMILY)
        name, mail = f"{given} {family}", f"{given}.{i}".lower()
        phone = f"+3519{rng.randrange(10, 69)}{i % 1_000_000:06d}"
    return CustomerDraft(
        name=name,
        given_name=given,
        family_name=family,
        organisation=f"Empresa {rng.randrange(20_000)} Lda" if rng.random() < 0.5 else "",
        stage=rng.choice(STAGES),
        notes=f"{rng.choice(NOTES)} {rng.randrange(1000)}",
        contact_points=(
            ContactPoint("phone", phone, phone, "mobile"),
            ContactPoint("email", f"{mail}@example.org", f"{mail}@example.org"),
        ),
        addresses=(Address(f"Rua {rng.randrange(300)}", "1000-001", rng.choice(CITIES)),),
        custom=(("NIF", str(rng.randrange(10**8, 10**9))),),
    )


def make_archive(path: Path, customers: int) -> None:
    """Fill a new archive, as an import does."""
    rng = random.Random(customers)
    workspace = Workspace.open(path, create=True, data_dir=path.parent / "data")
    workspace.settings.set_home_country("PT")

    def fill(connection: object, _step: object) -> None:
        loader = Loader(connection)
        for first in range(0, customers, _LOAD):
            places = range(first, min(first + _LOAD, customers))
            tables = tables_of([draft(i, rng) for i in places])
            loader.write(Load(tables, [i + 1 for i in places]))
        loader.finish()

    workspace._archive.write_bulk("Fill", fill)
    workspace.close(backup=False)


def make_workbook(path: Path, rows: int) -> None:
    """A customers' workbook of fifteen columns, as a Portuguese agency would keep it."""
    import xlsxwriter

    rng = random.Random(rows)
    header = (
        "Nome|Apelido|Empresa|Telefone|Telemóvel|E-mail|Morada|Código postal|Localidade|País|"
        "Data de nascimento|Notas|Etiquetas|NIF|Cliente desde"
    ).split("|")
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Clientes")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, header)
    for i in range(1, rows + 1):
        given, family = rng.choice(GIVEN), rng.choice(FAMILY)
        sheet.write_row(
            i,
            0,
            [
                given,
                family,
                f"Empresa {rng.randrange(20_000)} Lda",
                f"21{rng.randrange(10**7):07d}",
                f"91{i:07d}",
                f"{family.lower()}.{i}@example.org",
                f"Rua {rng.choice(FAMILY)}, {rng.randrange(300)}",
                f"{rng.randrange(1000, 9999)}-{rng.randrange(1000):03d}",
                rng.choice(CITIES),
                "Portugal",
            ],
        )
        born = datetime.datetime(1950, 1, 1) + datetime.timedelta(days=rng.randrange(20_000))
        since = datetime.datetime(2005, 1, 1) + datetime.timedelta(days=rng.randrange(7_000))
        sheet.write_datetime(i, 10, born, day)
        tag = rng.choice(("VIP", "novo", "família"))
        sheet.write_row(i, 11, [rng.choice(NOTES), tag, rng.randrange(10**8, 10**9)])
        sheet.write_datetime(i, 14, since, day)
    book.close()

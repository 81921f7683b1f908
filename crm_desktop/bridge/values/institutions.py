"""Words that only names of institutions and shops have: schools, councils, churches, clinics.

What a family may be called, too (Church, Igreja, Chiesa), counts only beside another such word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_desktop.bridge.values.text import strip_marks


def _words(*texts: str) -> frozenset[str]:
    """Words with their accents, and without them, as some lists have them."""
    found = {word for text in texts for word in text.split()}
    return frozenset(found | set(map(strip_marks, found)))


# Behind other words, as in English and German.
_LAST = _words(
    "school schools academy college university nursery preschool playgroup kindergarten",
    "council club society association federation institute foundation trust charity committee",
    "laboratory laboratories labs observatory aquarium conservatory orchestra",
    "clinic hospital surgery hospice pharmacy dentistry museum library theatre ministry embassy",
    "hotel hostel restaurant pub bakery brewery cafe café garage supermarket",
    "solicitors architects accountants consultants contractors builders associates",
    "services solutions enterprises industries holdings logistics traders textiles motors foods",
    "supplies systems technologies properties investments exports pharmaceuticals medicals",
    "tavern bistro brewery winery vineyard distillery roasters launderette laundrette kennels",
    "florists butchers plumbers dentists opticians cinema cabs taxis couriers caterers removals",
    "gymnasium krankenhaus verein verband apotheke kindergarten kita autohaus sparkasse pfarrei",
)
_LAST_TWO = _words(
    "medical.centre medical.center health.centre health.center community.centre community.center",
    "sports.centre sports.center leisure.centre arts.centre day.centre garden.centre care.centre",
    "shopping.centre shopping.center business.centre business.center call.centre",
    "care.home nursing.home rest.home guest.house public.house town.hall village.hall parish.hall",
    "community.hall church.hall city.hall fire.department police.department fire.station",
    "scout.group scouts.group playgroup.group support.group food.bank youth.group walking.group",
    "family.dental dental.sc dental.pc dental.group dental.office dental.clinic dental.studio",
    "dental.practice family.practice medical.practice veterinary.practice dental.care",
    "village.store general.store book.shop coffee.shop coffee.works",
)
_SECOND = frozenset(pair.partition(".")[2] for pair in _LAST_TWO)
# A family may be called so: another word must say what it is.
_FAMILIES = frozenset(("church", "chapel", "temple", "parish"))
_OF_CHURCHES = frozenset(
    (
        *("lutheran", "baptist", "methodist", "catholic", "anglican", "orthodox", "presbyterian"),
        *("evangelical", "pentecostal", "reformed", "united", "unity", "community", "parish"),
        *("christ", "adventist", "congregational", "episcopal", "memorial", "calvary"),
        *("st", "st.", "saint", "saints", "holy", "bible", "gospel", "first"),
    )
)
_ALONE = frozenset(("st", "st.", "christ"))  # "Christ Church"
# With a capital: "Ana Silva e filhos" is a family.
_AND = frozenset(("&", "and", "e", "y", "et", "und"))
_SONS = re.compile(
    r"(?:&|\b(?:[Aa]nd|[EeYy]|[Ee]t|[Uu]nd)) (?:Sons?|Daughters?|Brothers|Bros\.?|Filhos?|"
    r"Irm[ãa]os?|Hijos|Hermanos|Hnos\.?|Fils|Frères|S[öo]hne|Sohn|Figli|Fratelli)$|"
    r"& (?:SONS?|BROS\.?|FILHOS?|IRM[ÃA]OS?|HIJOS|HNOS\.?|FILS|SÖHNE|SOHN|FIGLI)$"
)
# Before other words, as in the Romance languages; nobody's given name is one of these.
_FIRST = _words(
    "escola colégio agrupamento creche universidade faculdade instituto hospital clínica farmácia",
    "restaurante hotel hostal pensão pastelaria padaria supermercado mercearia papelaria livraria",
    "oficina imobiliária transportes construções clube paróquia sindicato federação cooperativa",
    "condomínio prefeitura secretaria ministério ginásio barbearia talho drogaria",
    "café cafetaria snack-bar churrasqueira marisqueira cervejaria pizzaria gelataria sorveteria",
    "lanchonete confeitaria hamburgueria minimercado mercadinho frutaria peixaria quiosque",
    "sapataria ourivesaria joalharia joalheria relojoaria lavandaria lavanderia óptica ótica",
    "floricultura florista retrosaria ferragens serralharia serralheria carpintaria marcenaria",
    "tipografia gráfica funerária cabeleireiro cabeleireiros salão pousada albergaria irmandade",
    "confraria sociedade autoescola",
    "escuela colegio academia instituto universidad clínica farmacia parroquia federación museo",
    "biblioteca talleres gestoría panadería peluquería ferretería carnicería inmobiliaria",
    "construcciones cooperativa club asesoría",
    "cafetería frutería pescadería zapatería lavandería joyería floristería heladería churrería",
    "pastelería librería imprenta carpintería cerrajería tintorería mercería droguería taller",
    "autoescuela guardería hermandad cofradía sociedad peluquerías supermercados",
    "école collège lycée université institut hôpital clinique pharmacie restaurant hôtel",
    "boulangerie pâtisserie boucherie brasserie garage paroisse syndicat fédération coopérative",
    "musée bibliothèque imprimerie librairie menuiserie copropriété ehpad amicale",
    "épicerie fromagerie poissonnerie charcuterie crêperie quincaillerie bijouterie auberge",
    "camping crèche coiffure fleuriste tabac pressing serrurerie plomberie carrosserie société",
    "hauptschule grundschule realschule gymnasium gasthof gasthaus gebrüder gebr. praxis kanzlei",
    "bäckerei metzgerei tischlerei schreinerei krankenhaus klinik apotheke autohaus",
    "konditorei fleischerei druckerei gärtnerei friseursalon elektro zimmerei schlosserei",
    "fahrschule buchhandlung weingut brauerei landgasthof blumen getränke möbel sanitär",
    "arztpraxis zahnarztpraxis tierarztpraxis steuerbüro ingenieurbüro architekturbüro pension",
    "scuola liceo istituto università ospedale farmacia ristorante albergo pizzeria trattoria",
    "panificio officina autofficina parrocchia condominio polisportiva agenzia federazione",
    "caffè caffetteria osteria gelateria pasticceria macelleria pescheria salumeria tabaccheria",
    "ferramenta lavanderia oreficeria gioielleria ottica cartoleria libreria tipografia enoteca",
    "carrozzeria falegnameria agriturismo azienda autoscuola",
    "школа гимназия лицей больница поликлиника ооо оао зао пао",
    "кафе ресторан магазин салон аптека гостиница отель столовая парикмахерская ателье",
    "автосервис церковь храм кооператив фонд библиотека музей",
)
# What firms trade in: sure of a column of them, of a single name not.
_TRADES = (
    _LAST
    | _FIRST
    | _words(
        "inn farm farms coffee tea works store stores shop salon studio centre center market press",
        "dental plumbing electrical heating printing catering events travel tours transport media",
        "haulage joinery quarries cider brewing design marketing security cleaning finance estates",
        "insurance construction engineering trading imports group company partners fitness gym spa",
        "beauty veterinary opticians florist flowers furniture electronics auto autos tyres tools",
        "timber steel paints chemicals dairy fisheries pub taxis landscaping roofing",
        "loja café bar salão vinhos adega tintas modas calçado calçados móveis flores pneus peças",
        "obras engenharia consultoria contabilidade serviços comércio comercial distribuidora",
        "indústria indústrias turismo viagens quinta tienda muebles zapatería bodega bodegas vinos",
        "servicios comercio viajes magasin meubles fleurs vins voyages laden blumen möbel reisen",
        "weine dienste handel negozio fiori mobili vini viaggi servizi commercio",
    )
)
# Behind "The": no person's name begins so.
_AFTER_THE = _TRADES | _words(
    "arms house mill barn lodge grange manor abbey hall rooms gallery clinic practice partnership",
    "trust project collective kitchen deli boutique club head lion crown oak swan bell plough",
)
_FIRST_TWO = re.compile(
    r"(?:university|college|school|bank|church|friends|embassy|ministry|department|institute|"
    r"society|diocese|borough) of |"
    r"(?:igreja|iglesia|église|chiesa) (?:d[aeo]s?|del|de|di|della|matriz|evang\w*|paroquial|"
    r"cat[óo]lica|baptista|batista|parrocchiale|protestante) |"
    r"(?:centro|centre) (?:d[aeo]s?|de|di|del|social|paroquial|comunit\w+|cultural\w*|desportivo|"
    r"comercial|m[ée]dic\w*|hospitalier|dent[áa]ri[oa]|sportivo|deportivo|escolar) |"
    r"(?:grupo|sport|sporting|futebol|f[úu]tbol) (?:desportivo|clube?|recreativo|folcl\w+|coral|"
    r"cultural|motard|excursionista) |"
    r"(?:rancho|banda) (?:folcl|filarm|etnogr|musical|de m[úu]sica)\w* |salon de coiffure |"
    r"(?:adega|bodega) cooperativa |детский сад |"
    r"(?:jardim de inf[âa]ncia|casa (?:do povo|de rep?ouso|di riposo|di cura|de sa[úu]de)|"
    r"maison de (?:retraite|sant[ée])|lar de|cabinet (?:m[ée]dical|dentaire)|"
    r"studio (?:medico|legale|tecnico|dentistico)|banco d[eo]|caixa de|caja de) ",
    re.IGNORECASE,
)
# Before "of", wherever they stand: Leeds School of English, Royal Academy of Dance.
_OF = frozenset(
    "university college school academy faculty department institute society museum conservatory "
    "ministry chamber guild".split()
)
_BEGINNINGS = _words(
    "university college school bank church friends embassy ministry department institute society",
    "diocese borough igreja iglesia église chiesa centro centre grupo sport sporting futebol",
    "fútbol jardim casa maison lar cabinet studio banco caixa caja rancho banda salon adega bodega",
    "детский",
)
_GERMAN = (
    *("schule", "schulen", "klinik", "klinikum", "verein", "verband", "apotheke", "stiftung"),
    *("genossenschaft", "universität", "werkstatt", "kindergarten", "krankenhaus", "bäckerei"),
    *("metzgerei", "tischlerei", "kirchengemeinde", "gemeinschaft"),
)
_CJK = (
    *("小学", "小學", "中学", "中學", "国小", "國小", "國中", "大学", "大學", "学校", "學校"),
    *("学院", "學院", "高校", "幼儿园", "幼兒園", "幼稚园", "幼稚園", "保育園", "托儿所"),
    *("医院", "醫院", "病院", "诊所", "診所", "卫生院", "卫生所", "药店", "药房", "藥局", "藥房"),
    *("教育局", "公安局", "税务局", "政府", "办事处", "辦事處", "派出所", "消防队", "居委会"),
    *("村委会", "委员会", "委員會", "业委会", "管委會", "协会", "協會", "協会", "基金会"),
    *("基金會", "商会", "商會", "合作社", "俱乐部", "俱樂部", "教会", "教會", "教堂"),
    *("商行", "车行", "車行", "茶行", "工程行", "企业社", "企業社", "旅行社", "工作室"),
    *(
        "事务所",
        "事務所",
        "研究所",
        "研究院",
        "设计院",
        "養老院",
        "养老院",
        "敬老院",
        "养老公寓",
        "老年公寓",
        "福利院",
        "银行",
    ),
    *("銀行", "信用社", "支行", "酒店", "饭店", "飯店", "宾馆", "賓館", "旅馆", "旅館", "民宿"),
    *("餐厅", "餐廳", "餐馆", "餐館", "饭馆", "茶馆", "酒楼", "酒樓", "咖啡馆", "咖啡廳"),
    *("超市", "商店", "商场", "書店", "书店", "花店", "驾校", "駕校", "健身房", "美容院"),
    *("理发店", "餐饮店", "经营部", "门市部", "門市部", "服务部", "服务站", "环卫所", "中心"),
    *("面馆", "麵館", "饭庄", "酒庄", "茶庄", "茶楼", "客栈", "会所", "批发部", "便利店", "小卖部"),
    *("酒吧", "网吧", "美发厅", "修理厂", "加油站", "琴行", "咖啡店", "咖啡", "洗衣店", "五金店"),
    *("喫茶店", "食堂", "美容室", "薬局", "工務店", "製作所", "鉄工所", "歯科", "接骨院", "整骨院"),
    *("神社", "自治会", "町内会", "農協", "漁協", "生協", "旅館"),
    *(
        "카페",
        "마트",
        "상회",
        "미용실",
        "의원",
        "치과",
        "어린이집",
        "호텔",
        "모텔",
        "부동산",
        "정육점",
    ),
    *("학교", "병원", "약국", "식당", "교회", "은행", "유치원", "학원", "협회", "센터"),
)
# Behind so many characters that no person's name has them.
_CJK_LONGER = ("店", "厂", "廠", "局", "所", "馆", "館", "院", "社")
_LONGER = 5
_PLACES = frozenset("市县縣区區省镇鎮乡鄉村州")


def is_institution(text: str, words: Sequence[str]) -> bool:
    """Whether a name is surely that of an institution or a shop, by its own words.

    Args:
        text: the name.
        words: its words, in lower case.
    """
    if not text.isascii():
        if text.endswith(_CJK):  # 王中学 may be a person, 县中学 is not
            return len(text) > 3 or (len(text) > 2 and text[0] in _PLACES)
        if len(text) >= _LONGER and text.endswith(_CJK_LONGER):
            return True
    if len(words) < 2:
        return False
    first, last = words[0], words[-1]
    if first == "the" and len(words) > 2 and last in _AFTER_THE:
        return True
    if last in _LAST or first in _FIRST or last.endswith(_GERMAN) or first.endswith(_GERMAN):
        return True
    if "of" in words[1:-1] and words[words.index("of", 1) - 1] in _OF:
        return True
    if last in _SECOND:
        return f"{words[-2]}.{last}" in _LAST_TWO
    if last in _FAMILIES:
        said = not _OF_CHURCHES.isdisjoint(words[:-1])
        return said and (len(words) > 2 or first in _ALONE)
    return (first in _BEGINNINGS and _FIRST_TWO.match(text) is not None) or (
        words[-2] in _AND and _SONS.search(text) is not None
    )


def names_trade(text: str) -> bool:
    """Whether a name has a word of trade, as those of most firms have: "Coorg Coffee Works"."""
    words = text.casefold().split()
    return len(words) > 1 and not _TRADES.isdisjoint(words)

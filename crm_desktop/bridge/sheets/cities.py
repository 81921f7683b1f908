"""Places that stand as headings and values in customers' sheets."""

from __future__ import annotations

from functools import lru_cache

from crm_desktop.bridge.sheets.synonyms import header_words

_PLACES = """
lisboa, porto, braga, coimbra, faro, aveiro, evora, setubal, funchal, leiria, viseu, guimaraes,
braganca, vila real, viana do castelo, castelo branco, santarem, beja, portalegre, guarda, sintra,
cascais, almada, amadora, oeiras, loures, odivelas, matosinhos, vila nova de gaia, gaia, maia,
gondomar, barreiro, seixal, albufeira, portimao, lagos, tavira, olhao, loule, ponta delgada,
angra do heroismo, povoa de varzim, famalicao, barcelos, covilha, figueira da foz, torres vedras,
caldas da rainha, tomar, elvas, chaves, algarve, alentejo, minho, madeira, acores, norte, centro,
sul, sao paulo, rio de janeiro, brasilia, salvador, fortaleza, belo horizonte, manaus, curitiba,
recife, porto alegre, belem, goiania, campinas, florianopolis, vitoria, natal, santos, niteroi,
luanda, maputo, praia, macau, dili, bissau, sao tome, madrid, barcelona, valencia, sevilla,
zaragoza, malaga, bilbao, vigo, granada, salamanca, badajoz, paris, lyon, marseille, toulouse,
nice, nantes, bordeaux, lille, strasbourg, geneve, lausanne, bruxelles, brussels, antwerp,
luxembourg, amsterdam, rotterdam, den haag, utrecht, berlin, hamburg, munchen, munich, koln,
frankfurt, stuttgart, dusseldorf, leipzig, dresden, wien, vienna, zurich, basel, bern, roma, rome,
milano, milan, napoli, torino, venezia, firenze, bologna, london, manchester, birmingham, leeds,
liverpool, glasgow, edinburgh, bristol, cardiff, belfast, sheffield, oxford, cambridge, york,
brighton, newcastle, nottingham, leicester, coventry, hull, bradford, plymouth, derby,
wolverhampton, southampton, portsmouth, norwich, exeter, bath, harrogate, ilkley, otley, selby,
swansea, aberdeen, dundee, adelaide, hobart, darwin, canberra, cairns, geelong, newcastle nsw,
gold coast, christchurch, hamilton, dunedin, philadelphia, phoenix, san diego, san jose, austin,
denver, portland, atlanta, detroit, minneapolis, tampa, orlando, baltimore, cleveland, pittsburgh,
sacramento, oakland, las vegas, charlotte, nashville, dublin, cork, new york, boston, chicago,
los angeles, san francisco, seattle, washington, miami, houston, dallas, toronto, vancouver,
montreal, sydney, melbourne, brisbane, perth, auckland, wellington, johannesburg, cape town,
dubai, mumbai, delhi, singapore, kuala lumpur, bangkok, jakarta, manila, hanoi, seoul, tokyo,
osaka, kyoto, taipei, hong kong, moscow, saint petersburg, warsaw, prague, budapest, athens,
istanbul, stockholm, oslo, copenhagen, helsinki, lisbon, beijing, shanghai, guangzhou, shenzhen,
chengdu, hangzhou, wuhan, nanjing, tianjin, chongqing, xian, 北京, 上海, 广州, 深圳, 成都, 杭州,
武汉, 南京, 天津, 重庆, 西安, 苏州, 长沙, 郑州, 青岛, 沈阳, 宁波, 东莞, 无锡, 佛山, 合肥, 大连,
福州, 厦门, 哈尔滨, 济南, 温州, 南宁, 长春, 泉州, 石家庄, 贵阳, 南昌, 金华, 常州, 南通, 嘉兴,
太原, 徐州, 惠州, 珠海, 中山, 台州, 烟台, 兰州, 绍兴, 海口, 扬州, 昆明, 三亚, 桂林, 洛阳,
乌鲁木齐, 呼和浩特, 银川, 西宁, 拉萨, 丽江, 大理, 义乌, 昆山, 汕头, 湛江, 柳州, 襄阳, 宜昌, 岳阳,
芜湖, 保定, 唐山, 秦皇岛, 基隆, 宜兰, 宜蘭, 花莲, 花蓮, 台东, 台東, 屏东, 屏東, 嘉义, 嘉義, 云林,
雲林, 彰化, 南投, 苗栗, 桃园, 桃園, 澎湖, 金门, 金門, 新北, 臺北, 臺中, 臺南, 臺東, 九龙, 九龍,
新界, 湘潭, 株洲, 潍坊, 济宁, 泰安, 淄博, 临沂, 威海, 镇江, 盐城, 淮安, 泰州, 连云港, 湖州, 舟山,
漳州, 莆田, 赣州, 九江, 江门, 肇庆, 清远, 梅州, 北海, 遵义, 绵阳, 德阳, 宜宾, 泸州, 曲靖, 玉溪,
咸阳, 宝鸡, 大同, 包头, 鞍山, 吉林市, 大庆, 齐齐哈尔, 廊坊, 邯郸, 沧州, 邢台, 张家口, 承德, 开封,
新乡, 安阳, 南阳, 荆州, 衡阳, 常德, 香港, 澳门, 台北, 高雄, 台中, 台南, 新竹, 广东, 浙江, 江苏,
山东, 河南, 四川, 湖北, 湖南, 福建, 安徽, 河北, 辽宁, 陕西, 江西, 广西, 云南, 黑龙江, 吉林, 山西,
贵州, 海南, 甘肃, 内蒙古, 新疆, 宁夏, 青海, 西藏, 台湾, 东京, 大阪, 首尔, 新加坡, 伦敦, 巴黎,
纽约, portugal, brasil, brazil, espanha, spain, espana, franca, france, alemanha, germany,
deutschland, italia, italy, reino unido, united kingdom, uk, usa, china, japao, japan, angola,
mocambique, cabo verde, suica, switzerland, belgica, belgium, holanda, netherlands, irlanda,
ireland, canada, australia, india, 中国, 日本, 美国, 英国, 法国, 德国, 葡萄牙, 巴西, 意大利,
西班牙, 韩国, 泰国
"""


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(header_words(word) for word in _PLACES.replace("\n", " ").split(",") if word)


def is_place(text: str) -> bool:
    """Whether a text is the name of a city, a province or a country that many customers live in.

    Accents and case are no matter; 市, 省 and 区 behind a Chinese name neither.
    """
    words = header_words(text)
    return words in _places() or (len(words) > 2 and words.rstrip("市省区县州") in _places())

"""What English and Chinese papers print around names. Lists of words, no rules."""

import re

from archive.text.dates import MONTHS_BY_NAME


def words(text: str) -> frozenset[str]:
    """The words of a table."""
    return frozenset(text.split())


DAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday") | frozenset(
    map(str.title, MONTHS_BY_NAME)
)

# English titles of people, in small letters, as alternatives of a pattern; the longer ones first.
TITLES_EN = (
    "deputy[ -]mayor|vice[ -]mayor|lieutenant[ -]governor|deputy[ -]governor|vice[ -]governor|"
    "party[ -]secretary|party[ -]chief|consul[ -]general|vice[ -]president|prime[ -]minister|"
    "mayor|governor|president|ambassador|premier|minister|chairman|chairwoman|director|envoy|"
    "secretary|senator|commissioner|superintendent"
)
# Chinese titles that “这位” and “该” may go before, likewise.
TITLES_ZH = (
    "市委书记|省委书记|县委书记|副市长|副省长|副州长|副主席|总领事|市长|省长|州长|县长|区长|部长|"
    "主席|总理|总统|大使|公使|会长|主任|局长|院长|校长|书记"
)

# A capitalised word that may follow a place or a person without making a longer name.
MAY_FOLLOW = DAYS | words("""
Mayor Governor Party Deputy Vice Municipal Municipality Communist City Province Provincial State
Council Congress Government People's People’s Chamber Mandarin Prefecture Committee President
Ambassador Chinese American US Metropolitan Mr Ms Mrs Dr Jr Sr I Secretary CPC Standing And In On
At
""")
# A capitalised word that may stand before a place.
MAY_PRECEDE = DAYS | words("""
Mayor Governor Central Downtown Greater Metropolitan In From At To The A An And Of For Both With
As When While Near Since After Before But Or By On Chinese American States US U.S America
America’s America's China’s China's Visiting Historic Nearby That Mr Ms Mrs Dr President
Ambassador Premier Secretary Senator Sen Gov Director Chairman Chairwoman Minister Commissioner
Professor Prof Captain Sister
""")
# Words after a name that make another one of it: Beijing Road, Portland Press Herald.
TAILS = words("""
Airport Airlines Airways Academy Arena Association Avenue Bank Bay Beach Bookstore Boulevard
Bridge Broadcasting Brewery Building Camp Canal Cathedral Cement Center Centre Chronicle Church
Club College Company Conference Corp Corporation County Courier Creek Daily Declaration District
Drive Duck Estate Exchange Express Evening Falls Fair FC Festival Field Foundation Gazette Globe
Group Harbor Harbour Heights Herald Hill Hills Holdings Hospital Hotel House Inc Institute Island
Islands Journal Junction Lake Lane Library Ltd Mall Marathon Market Memorial Mirror Monument
Morning Mountain Museum News Opera Orchestra Park Peak Philharmonic Plaza Point Post Press Prize
Protocol Railway Record Republic Review Ridge River Road School Sea Shipyard Springs Square
Stadium Star Station Street Studios Sun Symphony Television Temple Theater Theatre Times Tower
Township Treaty Tribune TV United University Valley Village Wine Works Zoo Duckling Opinion
Consensus Accord Games Biennale Expo Open Medal Summit
""")
# Words before a name that make another one of it.
HEADS = words("""
New South North East West Fort Mount Mt Lake Old Upper Lower Saint St Port Radio Air Hotel USS HMS
SS MV Cape Camp Villa Hurricane Typhoon Agent Operation Little San Santa Los Las El
""")
OF_HEADS = words("""
University Bank Port Museum Treaty Battle Gulf Bay Church Bishop Archbishop College Institute Duke
Earl Isle Strait Straits Diocese School Academy Library Temple Merchant Siege
""")
# English words that are names as well: at a sentence's start they don't count by themselves.
COMMON = words("""
mobile reading orange providence phoenix buffalo bath nice split cork hull deal sandwich
enterprise independence liberty union concord normal hope paradise eureka superior salt lima
florence victoria grace frank mark rose may april june august summer young long song small rich
price banks bush ford stone wood woods hill field fields brook rivers lake park parks church bell
bishop king prince knight baker butcher carpenter cook fisher hunter mason miller potter shepherd
smith taylor turner walker weaver black brown gray green white breed kane wing will bill art dean
earl gene grant guy jack jean joy lance miles page pat penny ray rob sandy sue wade ward west
north south east champion lincoln apple amazon oracle visa target gap shell corona boulder aurora
golden eagle beaver peoria surprise mesa tempe tea sci qing sun moon star turkey china jordan chad
mali niger guinea wells battle
""")
GIVEN_NAMES = words("""
James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew
Anthony Mark Donald Steven Paul Andrew Joshua Kenneth Kevin Brian George Edward Ronald Timothy
Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin
Samuel Sam Gregory Frank Alexander Raymond Patrick Jack Dennis Jerry Tyler Aaron Jose Adam Henry
Nathan Peter Carl Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Nancy
Lisa Betty Margaret Sandra Ashley Kimberly Emily Donna Michelle Dorothy Carol Amanda Melissa
Deborah Stephanie Rebecca Laura Sharon Cynthia Kathleen Amy Angela Shirley Anna Brenda Pamela Emma
Nicole Helen Samantha Katherine Christine Debra Rachel Carolyn Janet Catherine Maria Heather Diane
Ruth Julie Olivia Joyce Virginia Kelly Lauren Christina Joan Evelyn Judith Whitney Joaquin Denzel
Bob Bill Jim Tom Joe Mike Steve Dave Dan Ed Ted Ben Fred Tony Ken Ron Don Jane Alice Grace Ann
Anne Kate Jean Martha Paris
""")

_BEFORE_KIND = (
    "东|西|南|北|中|师范|理工|交通|外国语|医科|科技|工业|农业|财经|第[一二三四五六七八九十]|人民|"
    "国际|浦东发展|海事|体育|青年|大众|发展|都市"
)
_KINDS = (
    "路(?![线过边口面透])|街(?![头上道边区])|大街|大道|大学|学院|中学|小学|医院|银行|日报|晚报|"
    "晨报|时报|商报|早报|电视台|电台|交响乐团|乐团|爱乐|芭蕾舞团|啤酒|队(?!伍)|俱乐部|公园|机场|"
    "火车站|大桥|饭店|酒店|宾馆|菜(?!农|价|市)|话(?!题|费)|人寿|证券|集团|石化|条约|宣言|公报|共识|"
    "战役|大屠杀|博物馆|美术馆|动物园|植物园|时间|烤鸭|港(?![口区务商])|邮报|环球报|论坛报|纪事报|"
    "先驱报|杯(?!子)|马拉松|国际机场|歌剧院|大剧院|体育场|体育馆|教堂|学会|研究院|研究所|交易所|航空|合作组织|奥运会|冬奥会|亚运会|世博会"
)
# What after a Chinese name makes another one of it: 北京路, 厦门大学, 上海浦东发展银行.
LONGER_ZH = re.compile(rf"(?:{_BEFORE_KIND}){{0,2}}(?:{_KINDS})")

# Names that are parts of other words where these stand before or after them.
FALSE_MATCHES_ZH = {
    "中山": re.compile(r"孙$|^(?:先生|装|陵|舰|狼)"),
    "北海": re.compile(r"^(?:道|舰队)"),
    "长春": re.compile(r"常$|^藤"),
    "海口": re.compile(r"[出入]$"),
    "河源": re.compile(r"[沿黄大运]$"),
    "成都": re.compile(r"[变形建组构生]$"),
    "正定": re.compile(r"[修真校改]$"),
    "开封": re.compile(r"未$|^[口条查箱]"),
    "加州": re.compile(r"[参增]$"),
    "西安": re.compile(r"^[全装置排]"),
    "大连": re.compile(r"[扩巨重最]$"),
    **dict.fromkeys(("河北", "河南", "湖北", "湖南"), re.compile(r"^[岸侧边面]")),
    "广东": re.compile(r"推$|^方"),
    "福建": re.compile(r"幸$"),
    "长沙": re.compile(r"^滩"),
    "烟台": re.compile(r"[抽禁]$"),
    "凤凰城": re.compile(r"^堡"),
}
# After a two-character Chinese name: a third character of the name, if speech follows it.
GIVEN_ZH = (
    "义然华明文平军国伟建民志强东海生林云龙杰辉波宁成光荣清春红梅兰芳英玉珍秀丽娟敏静燕玲娜涛磊"
    "洋勇超霞刚桂萍鹏飞宇浩凯健俊帆雪琳晨阳新祥福贵良才德山峰亮毅"
)
AFTER_NAME_ZH = "说表称在与和，。、的等率是（）将曾也对向认介告"

SPEECH_ZH = "说|表示|称|指出|认为|强调|介绍|透露|补充|回忆|坦言|告诉|还说|也说|答应|谈到"

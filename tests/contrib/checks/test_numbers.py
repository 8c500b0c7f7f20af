"""Figures are compared by value, however the two languages write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.qa.amounts.comparison import Comparison, compare
from archive.text.language import CHINESE, ENGLISH
from tests.qa.cases import findings, ids

SAME = [
    # Counts, scales, words
    ("114 countries", "114个国家"),
    ("12,000 people", "一万二千人"),
    ("12,000 people", "1.2万人"),
    ("350 million people", "3.5亿人"),
    ("3.14 million tons", "三百一十四万吨"),
    ("1.4 billion people", "14亿人"),
    ("3.5m people", "350万人"),
    ("twenty-three people", "23人"),
    ("one hundred and five pages", "105页"),
    ("two dozen people", "二十四人"),
    ("two dozen people", "20多人"),
    ("some 30-odd guests", "三十余名来宾"),
    ("more than 2,000 years ago", "两千多年前"),
    ("The two hundred guests", "两百名来宾"),
    ("hundreds of ships, tens of thousands of people", "数百艘船、数万人"),
    ("half a million", "50万"),
    ("Half a million of them", "其中50万"),
    ("less than ninety minutes", "不到一个半小时"),
    ("an hour and 52 minutes", "1小时52分钟"),
    ("between 2016 and 2020", "“十三五”期间"),
    ("the winter of '74", "1974年冬"),
    ("in 1908", "光绪三十四年"),
    ("rose 0.4% from July", "环比上涨0.4%"),
    ("six years' codes", "六年代码"),
    ("Three of the six pairs", "6对中有3对"),
    ("two or three of them", "其中两三个"),
    ("one of the first", "首批之一"),
    ("six or seven kilometres", "六七公里"),
    ("They score seven points", "得到7分"),
    ("a score of ships", "二十艘船"),
    ("All but three of the 15 boats sank", "15艘船中沉没12艘"),
    ("26.3 billion", "263.04亿"),
    ("won 6-3, 7-5 in two hours and 20 minutes", "历时2小时20分，以6比3、7比5获胜"),
    ("less than one in 20,000", "不到两万分之一"),
    ("a rise of 9 pips", "上调9个基点"),
    ("at 3:05 pm on Tuesday", "周二15时5分"),
    ("rose to 2.35 million tons", "增至235万吨"),
    ("3 to 5 years", "三到五年"),
    ("The third session of the 13th congress", "十三届大会三次会议"),
    ("the 1st and the 20th", "首届和第二十届"),
    ("World War II", "第二次世界大战"),
    ("COVID-19 and the G20", "新冠肺炎与二十国集团"),
    ("the Boeing 747", "波音747"),
    # Shares
    ("8.5 percent", "8.5%"),
    ("8.5 percent", "百分之八点五"),
    ("8.5 per cent", "8.5％"),
    ("5 to 10 percent", "5%至10%"),
    ("nearly 30 percent", "近三成"),
    ("one-third", "三分之一"),
    ("two-thirds of them", "其中2/3"),
    ("three-quarters", "四分之三"),
    ("one in five", "20%"),
    ("0.5 percentage point", "0.5个百分点"),
    ("20% off", "八折"),
    ("54 percent", "五成四"),
    ("2.7 percent", "年息二厘七"),
    ("half a point", "半分"),
    ("It has doubled", "翻了一番"),
    ("eight and a half months", "8个半月"),
    ("twenty-four and a half years ago", "距今24年半"),
    # Money
    ("$1 billion", "10亿美元"),
    ("8.5 yuan", "八块五"),
    ("1.7 billion zlotys", "17亿兹罗提"),
    ("set at 6.8920", "报6.8920元"),
    ("$1-2 million", "100万至200万美元"),
    ("from 10 to 15 billion dollars", "从100亿至150亿美元"),
    ("630 million yuan ($100 million)", "6.3亿元"),
    ("HK$5 million", "500万港元"),
    ("5 million Canadian dollars", "500万加元"),
    ("RMB 300", "人民币300元"),
    ("¥300", "300元"),
    ("£300", "300英镑"),
    ("$60 a barrel", "每桶60美元"),
    # Measures
    ("10 km", "10公里"),
    ("10 miles", "16公里"),
    ("100 hectares", "1500亩"),
    ("a 3,000-mile voyage", "3000英里航程"),
    ("1.36 million square kilometers", "136万平方公里"),
    ("68 degrees Fahrenheit", "20摄氏度"),
    # Dates
    ("the 1980s", "20世纪80年代"),
    ("in the 1980s", "上世纪八十年代"),
    ("the mid-1990s", "90年代中期"),
    ("the 1800s", "19世纪"),
    ("two decades", "20年"),
    ("over three centuries", "300多年"),
    ("more than a quarter of a century", "20多年间"),
    ("a century ago", "100年前"),
    ("in his fifties", "50多岁"),
    ("Oct 1, 2015", "2015年10月1日"),
    ("on Sept 22", "22日"),
    ("on Tuesday", "22日"),
    ("last year", "2014年"),
    ("2015", "二〇一五年"),
    ("1949-1978", "1949—1978年"),
    ("2015-16", "2015至2016年"),
    ("at 7:30 pm", "晚上7点半"),
    ("at 7 pm", "19时"),
    ("7:00 am", "早上7点"),
    ("on Thursday at half past eight", "周四八点半"),
    ("from 9 am to 5 pm on weekdays", "工作日上午9时至下午5时"),
    ("at midnight", "深夜12点"),
    ("at 14:05", "下午2点05分"),
    ("in the third quarter", "三季度"),
    ("the first three quarters", "前三季度"),
    ("in the first half of 2015", "2015年上半年"),
    ("up by 25 basis points", "上升0.25个百分点"),
    ("It weighs 12 pounds and costs 80 pounds.", "重12磅，售价80英镑。"),
    ("3 lakh people paid Rs 200 crore", "30万人支付20亿卢比"),
    ("2.1 million forty-foot boxes", "210万个大箱"),
    ("The krona fell to 9.5 yen", "克朗跌至1克朗兑9.5日元"),
    ("King Louis XIV's fourth son", "国王路易十四的第四子"),
    ("He may march in May", "他可能在5月游行"),
    ("Li Jun said that Wang Jun. had left", "李军说王军已离开"),
    ("Zhang Li scored 17 points, Wang Jun 15", "张丽得17分，王军得15分"),
    ("Jun Wang left on Jun 15", "王军6月15日离开"),
    ("Teams of Zhang Jun 2015 left", "张军2015年的队伍离开"),
    ("the Sept 18 Incident", "九一八事变"),
    ("half a percentage point", "0.5个百分点"),
    ("Its lead shrank to three points from eleven.", "领先优势从11个百分点缩小到3个百分点。"),
    ("from 80 fen to 18 yuan", "从八毛到十八元"),
    ("2¼ cents a bushel", "每蒲式耳2.25美分"),
    ("26 billion francs", "260亿瑞郎"),
    ("just under three and a quarter hours", "不到3小时15分"),
    ("four hours and twenty minutes", "4小时20分钟"),
    ("it was 43 degrees Celsius (110 Fahrenheit)", "43摄氏度"),
    ("around 11 that night", "当晚11时"),
    ("2.5 million kilowatts", "250万千瓦"),
    ("a 21.36-metre mark; it stood at 21.36 metres", "21.36米的标记；水位达21.36米"),
    ("18 months later", "一年半之后"),
]
DIFFERENT = [
    ("Zhanjiang has routes to 114 countries.", "湛江的航线通达140个国家。", "number-value"),
    ("In the latter half of 1872, 30 boys left.", "1872年下半年，300名幼童启程。", "number-value"),
    ("There were thirty-two of them.", "共有23人。", "number-value"),
    ("It sold 12,000 of them.", "共售出12万件。", "number-value"),
    ("It has 350 million users.", "用户达350万。", "number-value"),
    ("Trade reached $1 billion.", "贸易额达10亿元。", "money-value"),
    ("Trade reached $1 billion.", "贸易额达1亿美元。", "money-value"),
    ("It costs £300.", "售价300欧元。", "money-value"),
    ("It cost 10 billion yuan.", "耗资1亿元。", "money-value"),
    ("It rose by 8.5 percent.", "增长85%。", "percent-value"),
    ("It rose by 8.5 percent.", "增长8.5。", "percent-value"),
    ("He comes in October.", "他9月到访。", "date-value"),
    ("On Sept 22 he came.", "他于9月23日到访。", "date-value"),
    ("It began in the 1980s.", "始于20世纪90年代。", "date-value"),
    ("It began in 1979.", "始于1978年。", "date-value"),
    ("It is 10 km away.", "相距10英里。", "unit-value"),
    ("They planted 100 hectares.", "种植100亩。", "unit-value"),
    ("It runs 40 ships.", "公司经营船舶。", "number-missing"),
    ("It runs ships.", "公司经营40艘船。", "number-added"),
    ("Three companies came.", "来了四家公司。", "small-number"),
    ("Seven dogs were found.", "找到6只狗。", "small-number"),
    ("It is her third play.", "这是她的第四部剧本。", "small-number"),
    ("Pope Pius XI spoke.", "教皇庇护九世讲话。", "small-number"),
    ("A third of them came.", "其中四分之一到场。", "small-number"),
    ("She comes on Tuesday.", "她周四到。", "date-value"),
    ("Sales fell in the second quarter.", "三季度销售下降。", "date-value"),
    ("Sales fell in the second half.", "上半年销售下降。", "date-value"),
    ("It opens at 9 am.", "晚上9时开门。", "date-value"),
    ("He left at noon.", "他午夜离开。", "date-value"),
    ("On Monday he recalled May 2012.", "他周一回忆起2012年6月。", "date-value"),
    ("It rose by 3 percentage points.", "上升3%。", "percent-value"),
    ("It cost 72 million yuan ($10 million).", "耗资7200万元（1亿美元）。", "money-value"),
    ("more than six percent of exports", "占出口的六成以上", "number-missing"),
    ("His ninth symphony opened it.", "他的第七交响曲拉开序幕。", "small-number"),
    ("for the second time in two weeks", "两周内第三次", "small-number"),
    ("400 micrograms of it a day", "每天400毫克", "unit-value"),
    ("It handled 1.2 billion tons.", "吞吐量达1.2亿吨。", "number-value"),
    ("It is 160 km away.", "相距16公里。", "number-value"),
    ("It is 10 miles away.", "相距160公里。", "unit-value"),
    ("It took 18 days.", "历时18个月。", "number-value"),
    ("By 8 p.m. on the 16th it was over.", "截至16日8时，事情已经结束。", "date-value"),
    ("It costs 26 rand.", "售价26法郎。", "money-value"),
]


def compared(source: str, target: str, *, back: bool = False) -> Comparison:
    if back:
        return compare(target, CHINESE, source, ENGLISH)
    return compare(source, ENGLISH, target, CHINESE)


@pytest.mark.parametrize("back", [False, True], ids=["into Chinese", "into English"])
@pytest.mark.parametrize(("source", "target"), SAME)
def test_the_same_value_in_other_words_is_fine(source, target, back):
    assert compared(source, target, back=back) == Comparison()


@pytest.mark.parametrize(("source", "target", "check"), DIFFERENT)
def test_another_value_is_found(source, target, check):
    assert check in ids(source, target)


@pytest.mark.parametrize(("source", "target", "check"), DIFFERENT)
def test_another_value_is_found_on_the_way_back(source, target, check):
    """What is missing one way is added the other way."""
    turned = {"number-missing": "number-added", "number-added": "number-missing"}
    assert turned.get(check, check) in ids(target, source)


def test_a_conflict_says_both_figures_and_where_they_stand():
    source, target = "Trade reached $1 billion.", "贸易额达10亿元。"
    (finding,) = findings(source, target)
    assert finding.severity == "error"
    assert finding.message == "The source says “$1 billion”, the translation “10亿元”."
    (start, end), (left, right) = finding.source_spans[0], finding.target_spans[0]
    assert (source[start:end], target[left:right]) == ("$1 billion", "10亿元")


@pytest.mark.parametrize(
    ("target", "severity"),
    [("1.2 billion tons", "error"), ("1.2 billion", "error"), ("120 million pounds", "warning")],
)
def test_only_a_conversion_between_units_is_no_certain_error(target, severity):
    (finding,) = findings("货物吞吐量达到1.2亿吨。", f"It handled {target} of cargo.")
    assert finding.severity == severity


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("本报5月12日讯 记者昨天获悉，新桥通车。", "The new bridge opened, we learnt on 11 May."),
        ("本报5月1日讯 记者昨天获悉，新桥通车。", "The new bridge opened, we learnt on April 30."),
        ("据新华社12日电 大桥明日通车。", "The bridge opens on the 13th, Xinhua says."),
        ("NANJING, May 12 - The bridge opened yesterday.", "大桥5月11日通车。"),
    ],
)
def test_a_relative_day_is_the_date_that_it_means(source, target):
    assert not [one for one in findings(source, target) if one.check_id == "date-value"]


def test_a_relative_day_excuses_no_other_date():
    found = findings("本报5月12日讯 记者昨天获悉，新桥通车。", "It opened, we learnt on 21 May.")
    assert "date-value" in {one.check_id for one in found}


def test_of_several_figures_the_likeliest_two_are_held_against_each_other():
    (finding, _missing) = findings("Of 5 firms, 114 closed.", "140家倒闭。")
    assert "“114”" in finding.message


def test_a_headline_may_say_less_than_its_story():
    assert ids("Twenty-four years on", "成都再添友城", kind="headline") == set()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "，",
        "十",
        "万万",
        "三三两两",
        "1,,2",
        "$",
        "百分之",
        "分之一",
        "１２．５％",
        "-",
        "一" * 500,
    ],
)
def test_no_text_is_too_odd_to_be_read(text):
    for languages in ((ENGLISH, CHINESE), (CHINESE, ENGLISH)):
        compare(text, languages[0], text, languages[1])


def in_chinese(number: int) -> list[str]:
    """A number of at most 99,999,999 as Chinese papers write it."""
    ways = [str(number), f"{number:,}"]
    if number % 1000 == 0:
        ways.append(f"{number / 10_000:g}万" if number < 10**8 else f"{number / 10**8:g}亿")
    return ways


@given(st.integers(11, 9_999), st.sampled_from([1, 1_000, 1_000_000]))
def test_any_number_is_itself_and_no_other_one(digits, scale):
    number = digits * scale
    word = {1: "", 1_000: " thousand", 1_000_000: " million"}[scale]
    for english in (f"{number:,} people", f"{digits:,}{word} people"):
        for chinese in in_chinese(number):
            assert compared(english, f"{chinese}人") == Comparison()
        for chinese in in_chinese(number * 10):
            assert compared(english, f"{chinese}人").conflicts


@pytest.mark.parametrize(
    ("target", "found"),
    [("每斤8角。", set()), ("每斤7角。", {"money-value"}), ("8角形", {"money-value"})],
)
def test_a_jiao_is_money_behind_a_figure(target, found):
    assert ids("A jin of it cost 8 jiao.", target) & {"money-value"} == found

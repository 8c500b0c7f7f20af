"""A folder of 200 generated texts: 80 stories in two languages, 10 that only look so, 20 alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from archive.alignment.pairs import PairText
from archive.text.language import CHINESE, ENGLISH

_CITIES = [
    *[("Zhanjiang", "湛江"), ("Maoming", "茂名"), ("Beihai", "北海"), ("Ningbo", "宁波")],
    *[("Wuxi", "无锡"), ("Lanzhou", "兰州"), ("Dalian", "大连"), ("Quanzhou", "泉州")],
    *[
        ("Atlantic City", "大西洋城"),
        ("Long Beach", "长滩"),
        ("Hamburg", "汉堡"),
        ("Busan", "釜山"),
    ],
]
_PEOPLE = [
    *[("Liu Xiaohua", "刘小华"), ("Chen Guoqiang", "陈国强"), ("Wang Meiling", "王美玲")],
    *[("Zhao Jianjun", "赵建军"), ("Lin Haiyan", "林海燕"), ("Robert Hayes", "罗伯特·海斯")],
    *[("Sun Weidong", "孙卫东"), ("Maria Lopez", "玛丽亚·洛佩斯"), ("He Zhiming", "何志明")],
]
_THINGS = [
    *[("a container terminal", "集装箱码头"), ("a seafood market", "海鲜市场")],
    *[
        ("a steel plant", "钢铁厂"),
        ("a ferry line", "轮渡航线"),
        ("a fishing museum", "渔业博物馆"),
    ],
    *[("a solar power station", "光伏电站"), ("a children's hospital", "儿童医院")],
    *[("a railway bridge", "铁路大桥"), ("a sugar refinery", "糖厂"), ("a night school", "夜校")],
]
# The same twelve sentences in both languages.
_ENGLISH = """
{city} opened {thing} on {day}, after {n0} months of work.
It cost {n1} million yuan and covers {n2} square meters.
About {n3} people will work there, said {person}, who leads the project.
In the first half of the year, {n4} tons of goods passed through the city.
That is {p} percent more than a year earlier.
Residents had waited for it for a long time.
“We came before dawn to see it,” said {other}, a teacher.
The city signed {n5} agreements with {partner} last spring.
A second stage will follow in {year}.
Visitors can take bus No {n6} from the station.
Experts from {partner} gave advice on safety.
The old buildings nearby are kept as they were.
"""
_CHINESE = """
{city}于{day}启用{thing}，工程历时{n0}个月。
该项目投资{n1}00万元，占地{n2}平方米。
项目负责人{person}说，约有{n3}人将在那里工作。
上半年，经该市运输的货物达{n4}吨。
同比增长{p}%。
当地居民期盼已久。
教师{other}说：“我们天没亮就来看了。”
去年春天，该市与{partner}签署了{n5}项协议。
二期工程将于{year}年动工。
参观者可从车站乘坐{n6}路公交车。
来自{partner}的专家就安全问题提供了建议。
附近的老建筑保持原貌。
"""
_SENTENCES = list(zip(_ENGLISH.split("\n")[1:-1], _CHINESE.split("\n")[1:-1], strict=True))
# English and Chinese name of the file of a story that has a number, a day and a word.
_HABITS = [
    ("{word}-{n}.en.txt", "{word}-{n}.zh.txt"),
    ("{word}{n}_英文.txt", "{word}{n}_中文.txt"),
    ("en/{n}{word}.txt", "zh/{n}{word}.txt"),
    ("{day}-p{n}-en.txt", "{day}-p{n}-cn.txt"),
    ("EN_{n}_{word}.txt", "CN_{n}_{word}.txt"),
    ("{word} {n} (English).docx", "{word} {n}（中文版）.docx"),
    ("A{n}e.txt", "A{n}c.txt"),
    ("{word}{n}.txt", "{word}{n}-译文.doc"),
    ("scan{first:04d}.txt", "scan{second:04d}.txt"),
    ("{word} news item {n}.txt", "{zh}消息之{k}.txt"),
]
_WORDS = ["port", "bridge", "harbor", "market", "school", "storm", "ferry", "steel"]
_HAN = ["港口", "大桥", "海港", "市场", "学校", "风暴", "轮渡", "钢铁"]


@dataclass
class Folder:
    """The texts, and the keys of those that are one story."""

    texts: list[PairText]
    pairs: set[tuple[int, int]]


def make_folder(seed: int) -> Folder:
    """The same folder for the same seed."""
    random = Random(seed)
    texts: list[PairText] = []
    pairs = set()
    for number in range(80):
        names = _names(number, random)
        story = _story(random)
        # Half of the files say a day; few say a page.
        day = _day(random) if number % 2 else None
        pairs.add((len(texts), len(texts) + 1))
        for language, name in zip((ENGLISH, CHINESE), names, strict=True):
            texts.append(_text(len(texts), language, name, story, day, random))
    for number in range(10):
        english, chinese = _names(100 + number, random)
        day = _day(random)
        texts.append(_text(len(texts), ENGLISH, english, _story(random), day, random))
        texts.append(_text(len(texts), CHINESE, chinese, _story(random), day, random))
    for number in range(20):
        language, name = (ENGLISH, "alone") if number % 2 else (CHINESE, "单篇")
        one = _text(len(texts), language, f"{name} {number * 7}", _story(random), None, random)
        texts.append(one)
    random.shuffle(texts)
    return Folder(texts, pairs)


def _names(number: int, random: Random) -> tuple[str, str]:
    english, chinese = _HABITS[number % len(_HABITS)]
    place = random.randrange(len(_WORDS))
    values = {
        "n": number + 11,
        "word": _WORDS[place],
        "zh": _HAN[place],
        "day": _day(random),
        "first": number * 2,
        "second": number * 2 + 1,
        "k": random.randrange(1000),
    }
    return english.format(**values), chinese.format(**values)


def _day(random: Random) -> date:
    return date(2015, 9, 1) + timedelta(days=random.randrange(40))


def _story(random: Random) -> dict[str, tuple[str, str]]:
    city, partner = random.sample(_CITIES, 2)
    person, other = random.sample(_PEOPLE, 2)
    day = random.randrange(1, 29)
    numbers = [random.randrange(12, 40), random.randrange(3, 99), random.randrange(1000, 90000)]
    numbers += [random.randrange(40, 900), random.randrange(10_000, 900_000)]
    numbers += [random.randrange(2, 30), random.randrange(10, 60)]
    values = {f"n{place}": (f"{one:,}", str(one)) for place, one in enumerate(numbers)}
    values |= {"city": city, "partner": partner, "person": person, "other": other}
    values |= {"thing": random.choice(_THINGS), "day": (f"Sept {day}", f"9月{day}日")}
    percent, year = f"{random.randrange(11, 300) / 10}", str(random.randrange(2016, 2019))
    values |= {"p": (percent, percent), "year": (year, year)}
    values["kept"] = (",".join(map(str, sorted(random.sample(range(12), 8)))), "")
    return values


def _text(
    key: int,
    language: str,
    name: str,
    story: dict[str, tuple[str, str]],
    day: date | None,
    random: Random,
) -> PairText:
    """The story told in one language; now and then a sentence is left out."""
    side = int(language == CHINESE)
    words = {slot: pair[side] for slot, pair in story.items()}
    kept = [int(one) for one in story["kept"][0].split(",")]
    if random.random() < 0.3:
        kept.remove(random.choice(kept))
    lines = [_SENTENCES[one][side].format(**words) for one in kept]
    return PairText(key, language, "\n".join(lines), name, day)

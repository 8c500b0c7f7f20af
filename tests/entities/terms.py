"""Terms as plain values for the tests of names."""

from archive.entities.glossary.terms import Form, Glossary, Term
from archive.text.language import CHINESE, ENGLISH, detect


def term(number: int, kind: str, en: str, zh: str, *others: str, **fields: object) -> Term:
    """A term; others are aliases in the language they look like, "!" before forbidden ones."""
    canonical = [Form(text, lang) for text, lang in ((en, ENGLISH), (zh, CHINESE)) if text]
    more = [
        Form(text.lstrip("!"), detect(text), "alias", forbidden=text.startswith("!"))
        for text in others
    ]
    key = (en or zh).lower().replace(" ", "-")
    return Term(number, key, kind, (*canonical, *more), **fields)


ZHANJIANG = term(1, "place", "Zhanjiang", "湛江", "湛江市", "广州湾", "Tsamkong", "!Chankiang")
LONG_BEACH = term(2, "place", "Long Beach", "长滩", country="US")
PORT = term(3, "place", "Port of Long Beach", "长滩港", country="US")
SISTER_CITY = term(4, "topic", "Sister city", "友好城市", "sister cities")
BELT_AND_ROAD = term(5, "topic", "Belt and Road Initiative", "“一带一路”倡议", "一带一路", "BRI")
WANG = term(6, "person", "Wang Zhongbing", "王中丙")
LIU = term(7, "person", "Liu Xiaohua", "刘小华")
PUCKETT = term(8, "person", "Charles Puckett", "查尔斯·帕克特")
PORTLAND_OR = term(9, "place", "Portland", "波特兰", country="US")
PORTLAND_ME = term(10, "place", "Portland", "波特兰", country="US")
ZHONGSHAN = term(11, "place", "Zhongshan", "中山", country="CN")
UNIVERSITY = term(12, "organisation", "Sun Yat-sen University", "中山大学")
SHANGHAI = term(13, "place", "Shanghai", "上海", country="CN")
CHEN = term(14, "person", "Chen Lanbin", "陈兰彬")
XI = term(15, "person", "Xi Jinping", "习近平", "Xi")
SAO_PAULO = term(16, "place", "São Paulo", "圣保罗", country="BR")

TERMS = (
    *(ZHANJIANG, LONG_BEACH, PORT, SISTER_CITY, BELT_AND_ROAD, WANG, LIU, PUCKETT, PORTLAND_OR),
    *(PORTLAND_ME, ZHONGSHAN, UNIVERSITY, SHANGHAI, CHEN, XI, SAO_PAULO),
)
GLOSSARY = Glossary(TERMS)

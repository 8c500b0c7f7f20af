"""Two stories that are one in two languages, imported apart."""

from datetime import date

from archive.models import ArticlePage, StoryPair
from archive.text.language import CHINESE, ENGLISH
from tests.factories import DAY, make_article, make_body

ENGLISH_TEXT = [
    "Zhanjiang opened a new port terminal on Tuesday at a cost of 3.2 billion yuan.",
    "It can handle 1.5 million containers a year, the city said.",
    "Fishermen from Naozhou watched the first ship come in.",
]
CHINESE_TEXT = [
    "湛江周二启用新港口码头，耗资32亿元。",
    "市政府称，该码头年吞吐量可达150万标准箱。",
    "硇洲的渔民目睹了第一艘船进港。",
]


def make_two(*, live: bool = True, day: date = DAY) -> tuple[ArticlePage, ArticlePage]:
    """The story in English, and in Chinese a day later."""
    english = make_article("New terminal", body=make_body(*ENGLISH_TEXT), live=live, day=day)
    chinese = make_article(
        "新码头启用",
        body=make_body(*CHINESE_TEXT),
        live=live,
        language=CHINESE,
        day=day.replace(day=day.day + 1),
    )
    if not live:
        for story in (english, chinese):
            story.save_revision()
    return english, chinese


def make_pair(*, live: bool = True) -> StoryPair:
    one, two = make_two(live=live)
    return StoryPair.objects.create(one=one, two=two, confidence=0.97, reasons=["figures"])


__all__ = ["CHINESE", "ENGLISH", "make_pair", "make_two"]

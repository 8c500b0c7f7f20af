"""Figures, days and terms are one, however a story prints them and a reader types them."""

from datetime import date

import pytest
from django.http import QueryDict

from archive.search.actions import index_stories
from archive.site.search.views import corrected_search
from archive.text.language import detect
from tests.factories import make_article, make_body

pytestmark = pytest.mark.django_db

# What stories print; what is typed beside that.
SAME: dict[str, tuple[list[str], list[str]]] = {
    "money": (
        [
            "The port takes one billion dollars.",
            "It is $1 billion.",
            "US$1bn",
            "十亿美元的投资",
            "10亿美元",
        ],
        [
            "十亿美元",
            "10亿美元",
            "one billion dollars",
            "$1 billion",
            "US$1bn",
            "1 billion US dollars",
        ],
    ),
    "anniversary": (
        [
            "The 30th anniversary came.",
            "On their thirtieth anniversary",
            "结好三十周年",
            "30周年庆典",
        ],
        [
            "三十周年",
            "30周年",
            "30th anniversary",
            "thirtieth anniversary",
        ],
    ),
    "years": (
        [
            "for 35 years",
            "after thirty-five years",
            "三十五年来",
        ],
        [
            "35 years",
            "35年",
            "三十五年",
        ],
    ),
    "distance": (
        [
            "13,400 km away",
            "13400公里",
            "1.34万公里",
        ],
        [
            "13 400 km",
            "13,400 kilometres",
            "13400公里",
        ],
    ),
    "share": (
        [
            "grew 20 percent",
            "20 per cent more",
            "增长百分之二十",
        ],
        [
            "20%",
            "20 percent",
            "百分之二十",
        ],
    ),
    "two countries": (
        [
            "US-China trade",
            "Sino-US talks",
            "Sino-American ties",
            "China–US links",
            "中美关系",
        ],
        [
            "US-China",
            "Sino-US",
            "Sino-American",
            "中美",
            "U.S.-China",
            "美中",
        ],
    ),
    "sister cities": (
        [
            "a sister city",
            "twin towns",
            "友好城市",
            "姐妹城市",
            "姊妹市",
        ],
        [
            "姊妹市",
            "友好城市",
            "姐妹城市",
            "twin town",
            "sister cities",
            "twin city",
        ],
    ),
    "sister ports": (
        [
            "a sister port",
            "friendship ports",
            "友好港",
            "姐妹港口",
            "姊妹港",
        ],
        [
            "姐妹港",
            "sister ports",
            "友好港口",
            "姊妹港",
            "friendly port",
        ],
    ),
    "a day": (
        [
            "On September 22, 2015 they met.",
            "the 22nd of September 2015",
            "22 Sept 2015",
            "2015年9月22日",
        ],
        [
            "09/22/2015",
            "22/9/2015",
            "2015-09-22",
            "2015年9月22日",
            "二〇一五年九月二十二日",
            "Sept 22 2015",
            "the 22nd of September 2015",
            "22 September 2015",
        ],
    ),
}


@pytest.mark.parametrize("group", SAME)
def test_what_means_the_same_is_found_by_each_of_its_writings(group: str) -> None:
    printed, typed = SAME[group]
    stories = [
        make_article(
            f"Story {number}",
            body=make_body(text),
            day=date(1999, 1, 1),
            language=detect(text),
        ).pk
        for number, text in enumerate([*printed, "Nothing of that: 7 of them, 七个。"])
    ]
    index_stories(stories)
    for query in typed:
        asked = QueryDict(mutable=True)
        asked["q"] = query
        _asked, answer, _correction = corrected_search(asked, "en")
        assert {one.article_id for one in answer.found} == set(stories[:-1]), query

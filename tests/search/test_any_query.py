"""Ten thousand queries that nobody would think of: each gets its page of results."""

from collections import Counter
from urllib.parse import quote_from_bytes

import pytest
from django.db import connection
from django.http import HttpRequest, QueryDict
from django.test import Client, RequestFactory
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from archive.search.actions import index_stories
from archive.site.search.views import search
from tests.factories import make_entity, make_section, tag, translate
from tests.search.corpus import ENGLISH, WORDS
from tests.search.test_searching import story

QUERIES, SHARES = 10_000, 40
# A fortieth with every change, the others with a release.
SHARE = [0, *(pytest.param(share, marks=pytest.mark.exhaustive) for share in range(1, SHARES))]
# PostgreSQL answers the same view's questions, each with a round to a server.
FEWER = 100
# Pages as HTML, with all around them, take ten times as long.
AS_HTML_EACH = 200

SIGNS = [
    *('"', "“", "”", "「", "」", "«", "»", "'", "-", "−", "–", "+", "*", "^", ":", "：", "(", ")"),
    *("{", "}", "[", "]", "~", "|", "&", "!", "<", ">", "<->", "%", "_", "\\", "/", ";", "--", ","),
    *("OR", "或", "AND", "NOT", "NEAR", "NULL", "\0", "\t", "\n", "\u3000", "\u200b", "\u202e"),
    *("headline:", "标题：", "byline:", "place:", "地点:", "after:", "起：", "before:", "page:"),
    *("-headline:", "-place:", "-after:", "-page:", 'headline:"', "rowid:", "body:", "a:b:c:"),
]
VALUES = [
    *("2015", "2015-06", "2015-02-30", "0000", "9999-12-31", "２０１５", "A3", "1e9", "x\udcff"),
    *("港", "湛江", "廣州灣", "Zhànjiāng", "tsamkong", "𠮷野", "々", "〇", "ﷺ", "İ", "e\u0301"),
    *("é" * 30, "漢" * 70, "w" * 200, "a b " * 40, "🙂", "한국어", "ภาษา", "عربى", "u20bb7"),
]
PARAMETERS = {
    "p": ("0", "2", "-1", "99999", "１", "x"),
    "sort": ("newest", "oldest", "score; --"),
    "year": ("2014", "0", "99999999999999999999", "二〇一四"),
    "section": ("1", "-5", "1.5", "9" * 30),
    "publication": ("1", "a"),
    "language": ("en", "zh-hans", "fr", ""),
    "picture": ("1", "0", "yes"),
    "place": ("1", "999999999", "9" * 25, "湛江"),
    "person": ("1", "%s"),
}
# Else each that finds nothing is also corrected, and asked again.
EXACT = (True, True, False)

# Words, signs of this and other query languages, or any characters.
KNOWN = [*WORDS[::500], *ENGLISH, *SIGNS * 2, *VALUES * 2]
PIECES = st.sampled_from(KNOWN) | st.text(st.characters(), min_size=1, max_size=4)
TEXTS = st.lists(PIECES, min_size=1, max_size=6)
# A filter, an order or a page now and then.
MORE = st.lists(
    st.sampled_from([(name, value) for name, values in PARAMETERS.items() for value in values]),
    max_size=2,
)


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """A query string as a browser or a robot may send it."""
    given = [("q", draw(st.sampled_from(("", " "))).join(draw(TEXTS))), *draw(MORE)]
    if draw(st.sampled_from(EXACT)):
        given.append(("exact", "1"))
    return "&".join(
        f"{name}={quote_from_bytes(value.encode(errors='surrogatepass'))}" for name, value in given
    )


def request_for(address: str) -> HttpRequest:
    return RequestFactory().get("/en/search/", QUERY_STRING=f"{address}&format=json")


@pytest.fixture
def small_archive(db: None) -> None:
    section, city = make_section(), make_entity(aliases={"Tsamkong": "en", "廣州灣": "zh-hans"})
    for headline in ("Harbour opens", "The mayor’s visit"):
        one = story(headline, "Ships and trading partners.", section=section)
        translate(one, headline="港口开放")
        tag(one, city)
        index_stories([one.pk])


@pytest.mark.exhaustive
@pytest.mark.parametrize("share", SHARE)
def test_ten_thousand_queries_get_their_pages(share: int, small_archive: None) -> None:
    number = QUERIES // SHARES if connection.vendor == "sqlite" else FEWER
    client, answered = Client(raise_request_exception=False), Counter[str]()

    @seed(share)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(addresses())
    def ask(address: str) -> None:
        if answered.total() % AS_HTML_EACH:
            status = search(request_for(address)).status_code
            answered["json"] += 1
        else:
            language = ("en", "zh-hans")[answered["html"] % 2]
            status = client.get(f"/{language}/search/", QUERY_STRING=address).status_code
            answered["html"] += 1
        assert status == 200, QueryDict(address)

    ask()
    assert answered.total() >= number
    assert answered["html"] >= number // AS_HTML_EACH

"""Ten thousand queries that nobody would think of: each gets its page of results."""

import random
from urllib.parse import quote_from_bytes

import pytest
from django.http import HttpRequest, QueryDict
from django.test import Client, RequestFactory

from archive.search.actions import index_stories
from archive.search.views import search
from tests.factories import make_entity, make_section, tag, translate
from tests.search.corpus import ENGLISH, WORDS
from tests.search.test_searching import story

QUERIES, SHARES = 10_000, 4
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
EXACT = 0.7


def query_of(rng: random.Random) -> str:
    """One to eight pieces: words, signs of this and other query languages, any characters."""
    parts = []
    for _ in range(rng.choice((1, 1, 2, 2, 3, 4, 8))):
        kind = rng.random()
        if kind < 0.5:
            parts.append(rng.choice((*rng.choices(WORDS, k=2), rng.choice(ENGLISH))))
        elif kind < 0.75:
            parts.append(rng.choice(SIGNS))
        elif kind < 0.9:
            parts.append(rng.choice(VALUES))
        else:
            parts.append("".join(chr(rng.randrange(0x110000)) for _ in range(rng.randrange(1, 5))))
        parts.append(rng.choice(("", "", " ")))
    return "".join(parts)


def address_of(rng: random.Random) -> str:
    """A query string, now and then with filters, as a browser or a robot may send it."""
    text = quote_from_bytes(query_of(rng).encode(errors="surrogatepass"))
    more = [
        f"{name}={quote_from_bytes(rng.choice(values).encode())}"
        for name, values in PARAMETERS.items()
        if rng.random() < 0.08
    ]
    exact = ["exact=1"] if rng.random() < EXACT else []
    return "&".join([f"q={text}", *more, *exact])


def request_for(address: str) -> HttpRequest:
    return RequestFactory().get("/en/search/", QUERY_STRING=f"{address}&format=json")


@pytest.mark.sqlite
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(SHARES))
def test_ten_thousand_queries_get_their_pages(seed: int) -> None:
    section, city = make_section(), make_entity(aliases={"Tsamkong": "en", "廣州灣": "zh-hans"})
    for headline in ("Harbour opens", "The mayor’s visit"):
        one = story(headline, "Ships and trading partners.", section=section)
        translate(one, headline="港口开放")
        tag(one, city)
        index_stories([one.pk])
    rng, client = random.Random(seed), Client(raise_request_exception=False)
    for number in range(QUERIES // SHARES):
        address = address_of(rng)
        if number % AS_HTML_EACH:
            status = search(request_for(address)).status_code
        else:
            language = rng.choice(("en", "zh-hans"))
            status = client.get(f"/{language}/search/", QUERY_STRING=address).status_code
        assert status == 200, QueryDict(address)

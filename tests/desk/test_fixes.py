"""Findings whose right text is known offer it, with its place in the segment's own text."""

import json

import bs4
import pytest

from archive.models import GlossaryTerm, Translation
from tests.desk.helpers import Person, translation_of
from tests.desk.segments import save_one, sidebar
from tests.factories import make_article, make_body

pytestmark = pytest.mark.django_db


def fixes_of(person: Person, translation: Translation, target: str) -> dict[str, list[list[str]]]:
    """By check, what is offered for the first paragraph once it says this."""
    key = translation.article.body_en.raw_data[0]["id"]
    save_one(person, translation, key=key, target=_raw(target))
    page = bs4.BeautifulSoup(sidebar(person, translation, key).content, "html.parser")
    return {one["data-check"]: json.loads(one["data-fix"]) for one in page.select("[data-fix]")}


def _raw(text: str) -> str:
    block = {"key": "a", "type": "unstyled", "depth": 0, "text": text}
    ranges = {"inlineStyleRanges": [], "entityRanges": []}
    return json.dumps({"blocks": [{**block, **ranges}], "entityMap": {}})


@pytest.mark.parametrize(
    ("source", "target", "check", "fixes"),
    [
        (
            "It moved 98 million tons.",
            "共1.2亿吨。",
            "number-value",
            [["1.2亿吨", 0, "9800万吨"]],
        ),
        ("It opened on Monday, May 4.", "5月4日周三开业。", "date-value", [["周三", 0, "周一"]]),
        (
            "The port, open now, grew.",
            "港口,现已开放,有增长。",
            "half-width",
            [[",", 0, "，"], [",", 1, "，"]],
        ),
        ("The port is open.", "港口已开放", "end-mark", [["放", 0, "放。"]]),
        ("The port is open (till May).", "港口已开放（至5月）", "end-mark", [["）", 0, "）。"]]),
        ("(The port is open.)", "（港口已开放）", "end-mark", [["放", 0, "放。"]]),
        ("It is a “gate”.", "它是“门”", "end-mark", [["”", 0, "”。"]]),
        ("“It is open.”", "“已开放”", "end-mark", [["放", 0, "放。"]]),
        ("The port is open.", "港口已开放。（完）", "end-mark", None),
        ("The port is open.", "港口 已开放。", "spacing", [[" ", 0, ""]]),
    ],
)
def test_the_right_text_is_offered(li, source, target, check, fixes):
    translation = translation_of(make_article(body=make_body(source)))
    assert fixes_of(li, translation, target).get(check) == fixes


def test_a_forbidden_form_becomes_the_term(li):
    GlossaryTerm.objects.create(term_en="footprint", term_zh_hans="足迹", forbidden_zh_hans="脚印")
    translation = translation_of(make_article(body=make_body("A footprint beside a footprint.")))
    found = fixes_of(li, translation, "足迹旁的脚印。")
    assert found["term-forbidden"] == [["脚印", 0, "足迹"]]


def test_what_only_a_person_knows_is_not_offered(li):
    translation = translation_of(make_article(body=make_body("Twelve ships came in 2014.")))
    assert fixes_of(li, translation, "2014年有船来，四十艘。") == {}

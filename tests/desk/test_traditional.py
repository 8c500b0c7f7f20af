"""A story in traditional characters at the desk: the memory and the checks know both."""

import pytest

from archive.desk.findings import story_of
from archive.desk.memory.suggestions import memory_section
from archive.desk.memory.views import MemorySearch
from archive.models import ArticlePage, MemoryUnit, Translation
from archive.qa.runner import check_story
from archive.text.language import CHINESE
from tests.contrib.exchange.stories import exported, imported, row_of
from tests.factories import make_article, make_body, translate

pytestmark = pytest.mark.django_db

PRINTED, SIMPLE = "港口去年裝卸貨物三億噸。", "港口去年装卸货物三亿吨。"
ENGLISH_TEXT = "The port handled 300 million tonnes last year."


def make_story(headline: str, text: str, script: str, slug: str) -> ArticlePage:
    fields = {"body": make_body(text), "script": script, "slug": slug}
    return make_article(headline, language=CHINESE, **fields)


def translated(script: str = "hant", text: str = PRINTED, figure: str = "300") -> Translation:
    story = make_story("港務局", text, script, f"story-{script}")
    texts = {story.source("body")[0].id: f"<p>{ENGLISH_TEXT.replace('300', figure)}</p>"}
    return translate(story, headline="Port office", **texts)


def test_the_memory_has_it_in_simplified_characters() -> None:
    translated()
    held = dict(MemoryUnit.objects.values_list("text_zh_hans", "text_en"))
    assert held == {"港务局": "Port office", SIMPLE: ENGLISH_TEXT}


@pytest.mark.parametrize(("script", "text"), [("hans", SIMPLE), ("hant", PRINTED)])
def test_a_text_in_either_characters_is_suggested_what_the_other_has(
    script: str, text: str
) -> None:
    translated(*(("hant", PRINTED) if script == "hans" else ("hans", SIMPLE)))
    other = translate(make_story("新聞", text, script, "other"), publish=False)
    row = row_of(other, other.article.source("body")[0].id)
    found = memory_section(other, row, None)["suggestions"]
    offered = [(one.suggestion.target, one.suggestion.score) for one in found]
    assert offered == [(ENGLISH_TEXT, 100)]


@pytest.mark.parametrize("typed", ["裝卸貨物", "装卸货物"])
def test_the_memory_is_searched_in_either_characters(typed: str) -> None:
    translated()
    assert [unit.text_en for unit in MemorySearch(typed).units] == [ENGLISH_TEXT]


@pytest.mark.parametrize(("figure", "is_wrong"), [("300", False), ("30", True)])
def test_figures_are_checked_as_in_simplified_characters(figure: str, is_wrong: bool) -> None:
    translation = translated(figure=figure)
    found = check_story(story_of(translation.get_latest_revision_as_object()))
    assert {one.check_id for one in found} == ({"number-value"} if is_wrong else set())


def test_a_file_for_translators_names_the_characters_and_comes_back() -> None:
    translation = translated()
    data = exported(translation)
    assert b'source-language="zh-Hant"' in data
    assert PRINTED in data.decode()
    assert len(imported(data)[0].lines) == 2

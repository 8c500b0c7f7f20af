"""What somebody confirms is in the memory at once, marked, and goes when it is changed back."""

import pytest
from django.core.management import call_command

from archive.desk.memory.suggestions import suggest
from archive.desk.memory.units import add_units, make_unit, outdated_memory
from archive.desk.saving import version_of
from archive.desk.segments import rows
from archive.models import MemoryFingerprint, MemoryUnit, Translation
from archive.text.language import ENGLISH
from archive.text.segmentation import RICH, digest
from tests.desk.helpers import Person, again, page_text, translation_of
from tests.desk.rewriting import FIRST, rewrite_at_once, text, translated_story
from tests.desk.segments import save_one, sidebar
from tests.desk.test_save_queries import base_of, cost_of_saving
from tests.desk.test_segment_views import rich
from tests.factories import make_article, make_body, translate

pytestmark = pytest.mark.django_db

EN = "The port handled 114 million tons of cargo last year."
ZH = "去年，该港货物吞吐量为1.14亿吨。"
# A confirmation looks for what the memory has of the story, and writes a unit with its numbers.
CONFIRMED, CONFIRMED_AGAIN = 22 + 3, 14 + 6


@pytest.fixture
def others() -> Translation:
    """Another story with the same paragraph, and one that is like it."""
    body = make_body(EN, EN.replace("114", "98"))
    return translation_of(make_article("Another story", body=body))


def confirm(person: Person, translation: Translation, words: str = ZH, **change: object) -> str:
    change = {"base": base_of(translation), "confirmed": True, **change}
    return str(save_one(person, translation, key="headline", target=words, **change)["kind"])


@pytest.fixture
def here() -> Translation:
    return translation_of(make_article(EN))


def keys_of(translation: Translation) -> list[str]:
    return [block["id"] for block in translation.article.body_en.raw_data]


def test_what_one_confirms_is_offered_to_everybody_and_marked(li, editor, here, others):
    assert confirm(li, here) == "saved"
    (found,) = suggest(EN, ENGLISH)
    assert (found.score, found.target, found.is_unpublished) == (100, ZH, True)
    same, like = (page_text(sidebar(li, others, key)) for key in keys_of(others))
    assert "100%" in same
    assert "Adapted to this source" in like
    assert all("confirmed, not published yet" in text for text in (same, like))
    # The segment itself isn't told what it says.
    assert "confirmed, not published yet" not in page_text(sidebar(li, here))


def test_a_draft_is_not_offered_and_what_is_changed_back_goes(li, here):
    confirm(li, here, confirmed=False)
    assert suggest(EN, ENGLISH) == []
    confirm(li, here)
    assert len(suggest(EN, ENGLISH)) == 1
    confirm(li, here, "改过", confirmed=False)
    assert suggest(EN, ENGLISH) == []
    assert not MemoryFingerprint.objects.exists()


def test_published_text_of_the_same_score_stands_before_it(li, here):
    confirm(li, here)
    add_units([make_unit(ENGLISH, EN, "已发表的译法")])
    found = [(one.target, one.is_unpublished) for one in suggest(EN, ENGLISH)]
    assert found == [("已发表的译法", False), (ZH, True)]
    # The same words count as the published ones.
    add_units([make_unit(ENGLISH, EN, ZH)])
    confirm(li, here, "旧")
    confirm(li, here, ZH)
    assert {one.is_unpublished for one in suggest(EN, ENGLISH)} == {False}


def test_publication_makes_it_published_and_withdrawal_takes_it_out(li, here):
    translate(here.article, publish=False, headline="初稿")
    confirm(li, here)
    again(here).get_latest_revision().publish()
    assert {unit.provenance for unit in MemoryUnit.objects.all()} == {"archive"}
    confirm(li, here, "再改")
    assert [one.is_unpublished for one in suggest(EN, ENGLISH)] == [False, True]
    again(here).unpublish()
    assert suggest(EN, ENGLISH) == []
    confirm(li, here, "撤后又改")
    assert suggest(EN, ENGLISH) == []


@pytest.mark.parametrize("is_shown", [True, False])
def test_words_typed_over_a_correction_are_no_pair_with_the_former_source(li, editor, is_shown):
    article = translated_story()
    translation = translation_of(article)
    former, now = "<p>The first.</p>", "<p>Two are the first.</p>"
    base = version_of(translation.segments.get(key=FIRST))
    rewrite_at_once(editor, article, lambda blocks: [text(blocks[0], now), *blocks[1:]])
    typed = {"key": FIRST, "target": rich("两个"), "base": base, "seen": digest(former, RICH)}
    # A page that was told of it meanwhile has both on the screen.
    shown = {"shown": digest(now, RICH)} if is_shown else {}
    for more in ("", "。"):
        typed["target"] = rich(f"两个{more}")
        typed["base"] = save_one(li, translation, **typed, **shown)["version"]
    draft = again(translation).get_latest_revision_as_object()
    (row,) = (one for one in rows(draft) if one.source.key == FIRST)
    assert row.is_stale
    assert [part.text for part in row.changes if part.kind == "new"] == ["Two are the"]
    again(translation).get_latest_revision().publish()
    units = MemoryUnit.objects.filter(key=FIRST).values_list("text_en", "text_zh_hans")
    assert list(units) == ([] if is_shown else [("The first.", "两个。")])


def test_a_text_is_not_put_together_of_what_is_confirmed_in_its_own_segment(li):
    source = "The port of Zhanjiang handled 114 million tons of cargo last year. It grew."
    translation = translation_of(make_article(body=make_body(source)))
    key = keys_of(translation)[0]
    save_one(li, translation, key=key, target=rich("湛江港去年很忙。它在增长。"), confirmed=True)
    assert "put together" not in page_text(sidebar(li, translation, key))


def test_nothing_unpublished_leaves_the_house(li, here):
    confirm(li, here)
    assert suggest(EN, ENGLISH, with_drafts=False) == []
    add_units([make_unit(ENGLISH, EN, ZH)])
    assert len(suggest(EN, ENGLISH, with_drafts=False)) == 1


def test_the_whole_form_follows_too(li, here):
    confirm(li, here)
    li.edits(here).put("headline", "表单里改的").save()
    assert suggest(EN, ENGLISH) == []


def test_the_check_of_the_memory_knows_it(li, here):
    confirm(li, here)
    assert outdated_memory().stories == set()
    MemoryUnit.objects.update(text_zh_hans="别的", digest_zh_hans="x")
    assert outdated_memory().stories == {here.article_id}
    call_command("check_archive", "memory", "--repair")
    assert [one.target for one in suggest(EN, ENGLISH)] == [ZH]
    assert outdated_memory().fingerprints == 0


def test_confirming_costs_the_same_for_any_story(li):
    first, later = set(), set()
    for length in (3, 40):
        body = make_body(*map(str, range(length)))
        translation = translation_of(make_article(f"Story {length} of the port", body=body))
        first.add(cost_of_saving(li, translation, "先", confirmed=True))
        later.add(cost_of_saving(li, translation, "后", confirmed=True))
    assert (len(first), len(later)) == (1, 1)
    assert max(first) <= CONFIRMED
    assert max(later) <= CONFIRMED_AGAIN

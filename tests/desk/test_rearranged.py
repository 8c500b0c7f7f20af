"""A paragraph that is split, joined or loses an item keeps its published translation."""

import pytest

from archive.models import ArticlePage, Translation
from archive.site.modes import View
from archive.site.rows import body_rows
from archive.text.language import BOTH, CHINESE
from tests.factories import block, make_article, translate

pytestmark = pytest.mark.django_db

A, B, C, NEW, NEWER = (f"00000000-0000-4000-8000-0000000008{n}" for n in range(21, 26))
FIRST, SECOND = "The mayor opened the new port.", "It cost 52 million yuan."
THIRD, LAST = "Trade will grow next year.", "He then left for Beijing."
STALE = "The original of this was changed after it was translated."


def paragraph(text: str, key: str) -> dict:
    return block("paragraph", f"<p>{text}</p>", key)


def items(*texts: str) -> dict:
    entries = [{"type": "item", "value": f"<p>{text}</p>", "id": f"i-{text}"} for text in texts]
    return block("list", {"ordered": False, "items": entries}, A)


def story(*body: dict) -> ArticlePage:
    article = make_article(body=list(body))
    translate(article)
    return ArticlePage.objects.get(pk=article.pk)


def reading(article: ArticlePage, *body: dict, paired: bool = True) -> list[str]:
    """What readers get after the source was published so: "A B|a: its notes" of each row."""
    article.body_en = article._meta.get_field("body_en").to_python(list(body))
    article.save_revision().publish()
    article = ArticlePage.objects.get(pk=article.pk)
    names = {A: "A", B: "B", C: "C", NEW: "N", NEWER: "M"}
    shown = []
    for row in body_rows(article, View(BOTH if paired else CHINESE, CHINESE)):
        sides = [
            " ".join(names[str(one.id)] for one in side.blocks)
            for side in (row.other, row.main)
            if side
        ]
        notes = [note.text for side in (row.other, row.main) if side for note in side.notes]
        shown.append("|".join(sides) + "".join(f": {note}" for note in notes))
    return shown


JOINED = "The translation joins these paragraphs into one."


def test_a_split_paragraph_stands_beside_the_translation_of_the_whole() -> None:
    article = story(paragraph(f"{FIRST} {SECOND}", A), paragraph(LAST, B))
    split = (paragraph(FIRST, A), paragraph(SECOND, NEW), paragraph(LAST, B))
    assert reading(article, *split) == [f"A N|A: {JOINED}: {STALE}", "B|B"]


def test_the_translation_alone_never_calls_the_second_half_untranslated() -> None:
    article = story(paragraph(f"{FIRST} {SECOND}", A), paragraph(LAST, B))
    split = (paragraph(FIRST, A), paragraph(SECOND, NEW), paragraph(LAST, B))
    assert reading(article, *split, paired=False) == [f"A: {STALE}", "B"]


def test_a_paragraph_split_under_new_ids_keeps_its_translation() -> None:
    article = story(paragraph(f"{FIRST} {SECOND}", A), paragraph(LAST, B))
    split = (paragraph(FIRST, NEW), paragraph(SECOND, NEWER), paragraph(LAST, B))
    assert reading(article, *split) == [f"N M|A: {JOINED}: {STALE}", "B|B"]


def test_words_edited_while_a_paragraph_is_split_are_still_known() -> None:
    article = story(paragraph(f"{FIRST} {SECOND}", A))
    split = (paragraph(FIRST, A), paragraph("It cost 54 million yuan.", NEW))
    assert reading(article, *split) == [f"A N|A: {JOINED}: {STALE}"]


def test_a_new_paragraph_is_called_untranslated() -> None:
    article = story(paragraph(f"{FIRST} {SECOND}", A))
    changed = (paragraph(FIRST, A), paragraph(THIRD, NEW))
    assert reading(article, *changed) == [f"A|A: {STALE}", "N|: Not translated yet."]


@pytest.mark.parametrize("kept", [A, B, NEW])
def test_joined_paragraphs_stand_beside_both_translations(kept: str) -> None:
    article = story(paragraph(FIRST, A), paragraph(SECOND, B), paragraph(LAST, C))
    joined = (paragraph(f"{FIRST} {SECOND}", kept), paragraph(LAST, C))
    name = {A: "A", B: "B", NEW: "N"}[kept]
    assert reading(article, *joined) == [f"{name}|A B: {STALE}", "C|C"]


def test_a_deleted_paragraph_is_marked_and_words_of_another_arent_looked_for_in_it() -> None:
    article = story(paragraph(FIRST, A), paragraph(SECOND, B))
    assert reading(article, paragraph(FIRST, A)) == ["A|A", "|B: No longer in the original."]


def test_items_that_came_and_went_are_told_of_their_list() -> None:
    article = story(items(FIRST, SECOND), paragraph(LAST, B))
    gone, missing = (
        "Parts of this are no longer in the original.",
        "Parts of this are not translated yet.",
    )
    assert reading(article, items(FIRST), paragraph(LAST, B)) == [f"A|A: {gone}", "B|B"]
    assert reading(article, items(FIRST, SECOND, THIRD), paragraph(LAST, B)) == [
        f"A|A: {missing}",
        "B|B",
    ]


def test_the_next_translation_ends_all_that_was_said() -> None:
    article = story(items(FIRST, SECOND), paragraph(f"{THIRD} {LAST}", B))
    changed = (items(FIRST), paragraph(THIRD, B), paragraph(LAST, NEW))
    reading(article, *changed)
    assert ArticlePage.objects.get(pk=article.pk).translation_marks
    translate(article)
    assert ArticlePage.objects.get(pk=article.pk).translation_marks == {}
    assert Translation.objects.get(article=article).state == "published"

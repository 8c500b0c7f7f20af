"""In whatever order two people save, publish, revert and unpublish: no word is lost or leaks."""

from collections.abc import Collection
from itertools import pairwise, permutations

import pytest
from django.core.cache import cache
from django.db import transaction

from archive.models import ArticlePage
from archive.text.language import CHINESE, ENGLISH
from tests.desk.helpers import Person, again, source_words, target_words, translation_of
from tests.desk.ledger import Ledger
from tests.factories import make_article, make_body, make_editor, make_translator, translate

pytestmark = pytest.mark.django_db


WRITING = ("e_saves", "e_publishes", "t_saves", "t_publishes")


UNDOING = ("e_reverts", "e_unpublishes", "t_unpublishes", "t_publishes")


EVERYTHING = (
    "e_saves",
    "e_autosaves",
    "e_publishes",
    "e_reverts",
    "e_reverts_a_draft",
    "e_unpublishes",
    "t_saves",
    "t_autosaves",
    "t_publishes",
    "t_reverts",
    "t_unpublishes",
)


# Of the story's language and of the two interfaces', each meets each of the others.
LANGUAGES_OF_ALL = [
    (ENGLISH, ENGLISH, ENGLISH),
    (ENGLISH, CHINESE, CHINESE),
    (CHINESE, ENGLISH, CHINESE),
    (CHINESE, CHINESE, ENGLISH),
]


def orders(ledger: Ledger, steps: tuple[str, ...], length: int, first: str = "") -> int:
    """Take so many of the steps in every order that begins with one; gives how many there are.

    What two orders begin with alike is done once: the database goes back to where they part.
    """
    if not length:
        return 1
    number = 0
    for step in (first,) if first else steps:
        # No block of its own: what waits for a commit is done after each step.
        parting = transaction.savepoint()
        branch = ledger.branch()
        branch.does(step)
        others = tuple(other for other in steps if other != step)
        number += orders(branch, others, length - 1)
        transaction.savepoint_rollback(parting)
        cache.clear()
    return number


def every_pair(steps: tuple[str, ...], met: Collection[tuple[str, ...]] = ()) -> list[str]:
    """A walk in which each step follows each other step, itself included, once.

    Not those that are in one of the tuples `met` with it: they follow each other elsewhere.
    """
    unused = {
        step: [then for then in reversed(steps) if then == step or not _are_in(met, step, then)]
        for step in steps
    }
    walk, path = [steps[0]], list[str]()
    while walk:
        if unused[walk[-1]]:
            walk.append(unused[walk[-1]].pop())
        else:
            path.append(walk.pop())
    return path[::-1]


def _are_in(groups: Collection[tuple[str, ...]], *steps: str) -> bool:
    return any(set(steps) <= set(group) for group in groups)


@pytest.mark.sqlite
@pytest.mark.exhaustive
@pytest.mark.parametrize("first", WRITING)
def test_any_order_of_writing_keeps_both_languages(first: str) -> None:
    assert orders(Ledger(), WRITING, len(WRITING), first) == 3 * 2 * 1


@pytest.mark.sqlite
@pytest.mark.exhaustive
@pytest.mark.parametrize("first", UNDOING)
def test_any_order_of_undoing_keeps_both_languages(first: str) -> None:
    ledger = Ledger()
    ledger.does("t_publishes")
    assert orders(ledger, UNDOING, 3, first) == 3 * 2


@pytest.mark.parametrize(("source", "editor_reads", "translator_reads"), LANGUAGES_OF_ALL)
def test_the_language_of_neither_interface_matters(
    source: str, editor_reads: str, translator_reads: str
) -> None:
    ledger = Ledger(source, editor_reads=editor_reads, translator_reads=translator_reads)
    for step in ("t_saves", "t_publishes", "e_publishes", "e_reverts", "t_unpublishes"):
        ledger.does(step)


@pytest.mark.sqlite
@pytest.mark.exhaustive
def test_each_step_may_follow_each_other() -> None:
    ledger = Ledger(editor_reads=CHINESE)
    # In every order of writing, and of undoing, each of those has followed each other.
    walk = every_pair(EVERYTHING, met=(WRITING, UNDOING))
    met = len(set(permutations(WRITING, 2)) | set(permutations(UNDOING, 2)))
    assert len(set(pairwise(walk))) == len(walk) - 1 == len(EVERYTHING) ** 2 - met
    for step in walk:
        ledger.does(step)


@pytest.mark.exhaustive
def test_each_may_in_a_story_written_in_chinese() -> None:
    ledger = Ledger(CHINESE, translator_reads=CHINESE)
    walk = every_pair((*WRITING, "e_reverts", "t_unpublishes"))
    assert len(set(pairwise(walk))) == len(walk) - 1 == 6**2
    for step in walk:
        ledger.does(step)


@pytest.fixture
def editor() -> Person:
    return Person(make_editor(), CHINESE)


@pytest.fixture
def draft() -> ArticlePage:
    return make_article("Written in English?", live=False)


def switch(editor: Person, article: ArticlePage) -> None:
    form = editor.edits(article)
    form.type(source_language=CHINESE, headline_zh_hans="其实是中文")
    form.put_blocks("body_zh_hans", make_body("中文正文"))
    form.save()


def test_a_draft_may_turn_out_to_be_chinese(editor: Person, draft: ArticlePage) -> None:
    switch(editor, draft)
    editor.edits(again(draft)).publish()
    article = again(draft)
    assert article.source_language == CHINESE
    assert "中文正文" in source_words(article)
    assert article.in_language("en").is_missing
    assert article.in_language("en").headline == "其实是中文"


def test_what_stood_in_the_other_language_is_in_the_history(
    editor: Person, draft: ArticlePage
) -> None:
    switch(editor, draft)
    assert not target_words(draft)
    history = [str(revision.content) for revision in again(draft).revisions.all()]
    assert any("Written in English?" in content for content in history)


def test_the_translation_then_goes_into_the_other_language(
    editor: Person, draft: ArticlePage
) -> None:
    switch(editor, draft)
    translation = translation_of(again(draft))
    assert translation.language == "en"
    translator = Person(make_translator())
    translator.edits(translation).fill("Rendered").publish()
    assert "Rendered之0" in target_words(draft)
    assert "其实是中文" in source_words(draft)


@pytest.mark.parametrize("publish", [True, False])
def test_the_language_of_a_story_in_translation_is_settled(
    editor: Person, draft: ArticlePage, publish: bool
) -> None:
    translate(draft, headline="已译", publish=publish)
    form = editor.edits(again(draft))
    assert "source_language" not in form.data
    assert "headline_zh_hans" not in form.data
    form.type(headline_en="Edited").publish()
    assert ("已译" in target_words(draft)) == publish


def test_a_switch_while_somebody_translates_is_refused(editor: Person, draft: ArticlePage) -> None:
    form = editor.edits(draft).type(source_language=CHINESE, headline_zh_hans="抢先")
    form.put_blocks("body_zh_hans", make_body("抢先"))
    translate(draft, headline="已译")
    form.refused()
    assert again(draft).source_language == "en"
    assert "已译" in target_words(draft)
    assert "Written in English?" in source_words(draft)


def test_no_crafted_post_steals_the_translated_columns(editor: Person, draft: ArticlePage) -> None:
    translate(draft, headline="已译")
    form = editor.edits(again(draft))
    form.sneaks(source_language=CHINESE, headline_zh_hans="偷改")
    form.press("publish")
    assert again(draft).source_language == "en"
    assert "偷改" not in target_words(draft)
    assert "已译" in target_words(draft)


def test_a_translation_opened_before_the_switch_cannot_write_the_source(
    editor: Person, draft: ArticlePage
) -> None:
    stale = translation_of(draft)
    switch(editor, draft)
    translator = Person(make_translator())
    response = translator.client.get(stale.get_edit_url(), follow=True)
    assert response.status_code == 404
    assert "其实是中文" in source_words(draft)

"""The story that everything is measured by: its ninth paragraph is changed by an editor."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from archive.desk.editor.forms import STILL_RIGHT, field_name
from archive.desk.segments import rows
from archive.models import ArticlePage
from tests.desk.helpers import Person, again, target_words, translation_of
from tests.desk.rewriting import rewrite, stale, text
from tests.factories import make_editor, make_translator
from tests.seed_story import make_seed_story

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(scope="module")
def seed_story(make_once: Callable[..., ArticlePage]) -> ArticlePage:
    return make_once(make_seed_story)


@pytest.fixture
def article(seed_story: ArticlePage) -> ArticlePage:
    return again(seed_story)


def ninth(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    return [block for block in blocks if block["type"] == "paragraph"][8]


def change_the_ninth(editor: Person, article: ArticlePage, old: str, new: str) -> str:
    """Publishes the change; gives the paragraph's key."""
    keys = []

    def change(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        chosen = ninth(blocks)
        keys.append(chosen["id"])
        assert old in chosen["value"]
        return [text(b, b["value"].replace(old, new)) if b is chosen else b for b in blocks]

    rewrite(editor, article, change)
    return keys[0]


def a_word_of(article: ArticlePage) -> str:
    blocks = list(article.body_en.raw_data)
    return re.findall(r"\b[a-z]{6,}\b", re.sub(r"<[^>]+>", "", ninth(blocks)["value"]))[0]


def test_one_changed_paragraph_is_one_stale_segment_until_it_is_called_right(
    article: ArticlePage,
) -> None:
    editor, translator = Person(make_editor()), Person(make_translator())
    before, word = target_words(article), a_word_of(article)
    assert stale(article) == []
    rewrite(editor, article, lambda blocks: blocks)
    assert stale(article) == [], "saving without a change of text marks nothing"

    key = change_the_ninth(editor, article, word, f"{word} indeed")
    assert stale(article) == [key]
    assert again(article).translation_state == "source_changed"
    changes = next(r for r in rows(translation_of(article)) if r.source.key == key).changes
    changed = [(c.kind, c.text.strip()) for c in changes if c.kind != "same"]
    assert changed == [("new", "indeed")]

    form = translator.edits(translation_of(article))
    shown = form.response.content.decode()
    assert re.search(f"{word} ?<ins> ?indeed ?</ins>", shown)
    assert shown.count(f'name="{field_name(STILL_RIGHT, key)}"') == 1
    form.still_right(key).publish()
    assert stale(article) == []
    assert again(article).translation_state == "published"
    assert target_words(article) == before


def test_or_until_the_editor_calls_it_minor(article: ArticlePage) -> None:
    editor, before = Person(make_editor()), target_words(article)
    key = change_the_ninth(editor, article, (word := a_word_of(article)), f"{word}, indeed,")
    url = f"/admin/translation/of/{article.pk}/changes/"
    shown = editor.client.get(url).content.decode()
    assert f"{word}<ins>, indeed,</ins>" in shown
    [digest] = re.findall(rf'name="seen-{key}" value="(\w+)"', shown)
    editor.client.post(url, {f"seen-{key}": digest, f"decision-{key}": "minor"})
    assert stale(article) == []
    assert again(article).translation_state == "published"
    assert target_words(article) == before

"""Two blocks under one id: a saved body has none, and a page makes the best of those it meets."""

import json

import pytest

from archive.contrib.intake.body import carry_over
from archive.models import ArticlePage
from archive.stories.body import stored, with_own_ids
from archive.text.language import ENGLISH, columns
from tests.factories import block, make_article, translate
from tests.site.reading import opened

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_such_blocks_keep_their_pairs_and_get_ids_of_their_own_on_the_page() -> None:
    body = [block("paragraph", f"<p>{text}</p>") for text in ("One.", "Two.", "Three.")]
    story = make_article(body=body)
    translate(story)
    story.refresh_from_db()
    # As a program may have written it, past everything that checks.
    for name in columns("body"):
        blocks = [{**one, "id": "twice"} for one in stored(getattr(story, name))]
        ArticlePage.objects.filter(pk=story.pk).update(**{name: json.dumps(blocks)})
    page = opened(story, ENGLISH, "?view=both")
    ids = [str(one["id"]) for one in page.select(".pair .block[id]")]
    assert ids == ["twice", "twice-2", "twice-3"]
    assert len(page.select(".pair .side-other .block-paragraph")) == 3


def test_a_saved_body_has_each_id_once() -> None:
    body = [block("paragraph", "<p>One.</p>", "x"), block("paragraph", "<p>Two.</p>", "x")]
    ids = [one["id"] for one in stored(make_article(body=body).body_en)]
    assert ids[0] == "x"
    assert len(set(ids)) == 2


def test_an_import_takes_no_id_twice() -> None:
    old = [block("paragraph", "<p>One.</p>", "x"), block("paragraph", "<p>Two.</p>", "x")]
    new = [block("paragraph", f"<p>{text}</p>") for text in ("Two.", "One.", "Three.")]
    kept = with_own_ids(carry_over(old, new))
    assert [one["value"] for one in kept] == [one["value"] for one in new]
    assert kept[0]["id"] == "x"
    assert len({one["id"] for one in kept}) == 3

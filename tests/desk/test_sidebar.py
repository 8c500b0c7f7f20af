"""What the server says beside a segment: rooms that help, each for itself."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import hooks

from archive.desk.editor import sidebar
from archive.desk.editor.forms import STILL_RIGHT, field_name
from archive.desk.editor.sidebar import DeskSection
from archive.desk.segments import rows
from tests.desk.helpers import Person, page_text, translation_of
from tests.desk.rewriting import SECOND, rewrite_at_once, text, translated_story
from tests.desk.segments import save_one
from tests.desk.segments import sidebar as open_sidebar
from tests.factories import make_article, make_body, make_editor, make_translator

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_a_room_that_fails_says_so_and_stops_no_other(translation, li, monkeypatch) -> None:
    def broken(*_: Any) -> dict[str, Any]:
        raise RuntimeError("no engine")

    comments = next(one for one in sidebar.SECTIONS if one.name == "comments")
    ill = DeskSection("machine", 1, "archive/admin/sidebar/memory.html", broken)
    monkeypatch.setattr(sidebar, "SECTIONS", (ill, comments))
    shown = page_text(open_sidebar(li, translation))
    assert "isn’t available right now" in shown
    assert 'data-section="comments"' in shown


def test_a_room_with_nothing_to_say_isnt_shown(translation, li, monkeypatch) -> None:
    silent = DeskSection("silent", 1, "none.html", lambda translation, row, user: {})
    monkeypatch.setattr(sidebar, "SECTIONS", (silent,))
    assert 'data-section="silent"' not in page_text(open_sidebar(li, translation))


def test_an_apps_section_stands_where_its_order_says(translation, li) -> None:
    def context(translation: Any, row: Any, user: Any) -> dict[str, Any]:
        return {"words": f"{row.source.key} for {user.username}"}

    section = DeskSection("own", 650, "archive/admin/sidebar/concordance.html", context)
    with hooks.register_temporarily("register_archive_desk_section", lambda: section):
        names = [one.name for one in sidebar.every_section()]
        shown = page_text(open_sidebar(li, translation))
    assert names[names.index("own") - 1 : names.index("own") + 2] == ["quality", "own", "comments"]
    assert "headline for li" in shown


def test_the_sidebar_says_what_is_stored_so_that_an_old_page_can_follow(translation, li) -> None:
    version = save_one(Person(make_translator("wang")), translation, key="headline", target="新")
    shown = page_text(open_sidebar(li, translation))
    assert version["version"] in shown
    assert "新" in shown


def test_a_page_of_before_a_correction_gets_the_source_and_what_changed_in_it(li) -> None:
    article = translated_story()
    translation = translation_of(article)
    (old,) = [row.source.digest for row in rows(translation) if row.source.key == SECOND]
    url = reverse("archive_translation:sidebar", args=[translation.pk])
    assert "data-desk-source-now" not in page_text(li.client.get(url, {"key": SECOND, "seen": old}))
    editor = Person(make_editor())
    rewrite_at_once(
        editor, article, lambda b: [b[0], text(b[1], "<p>The second, mended.</p>"), b[2]]
    )
    shown = page_text(li.client.get(url, {"key": SECOND, "seen": old}))
    assert "<p>The second, mended.</p>" in shown
    assert f'name="{field_name(STILL_RIGHT, SECOND)}"' in shown
    assert 'data-state="stale"' in shown
    assert "data-desk-source-now" not in page_text(li.client.get(url, {"key": SECOND}))


def test_the_sidebar_is_for_translators_and_for_segments_that_exist(translation, li) -> None:
    assert open_sidebar(li, translation, "nowhere").status_code == 410
    assert open_sidebar(Person(make_editor()), translation).status_code == 403


def test_the_sidebar_costs_the_same_for_a_long_story(li) -> None:
    costs = []
    for length in (2, 40):
        article = make_article(f"Story {length}", body=make_body(*map(str, range(length))))
        translation = translation_of(article)
        li.edits(translation).fill("译").save()
        open_sidebar(li, translation)
        with CaptureQueriesContext(connection) as captured:
            assert open_sidebar(li, translation).status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]

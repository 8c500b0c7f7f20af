"""Rows with a column for each language, and trees of pages in two, become stories.

Images serve as the site's rows here, since they have columns; publications as its pages.
"""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from archive.models import ArticlePage
from archive.stories.body import raw
from tests.factories import make_home, make_image, make_publication

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

FIELDS = 'headline = "alt_text"\nbody = "caption"\ndate = "created_at"\n'


def make_row(english: tuple[str, str] = ("", ""), chinese: tuple[str, str] = ("", "")) -> None:
    """Headline and text in each language."""
    names = ("alt_text_en", "caption_en", "alt_text_zh_hans", "caption_zh_hans")
    make_image(**dict(zip(names, (*english, *chinese), strict=True)))


def move(command: str, folder: Path, fields: str = FIELDS, **options: Any) -> tuple[str, str]:
    """What `archive_from_<command>` says of these rows as stories, and how it ends."""
    path, out = folder / "fields.toml", io.StringIO()
    path.write_text(fields, encoding="utf-8")
    given = {"model": "archive.ArchiveImage", "map": path, "publication": "Moved Paper"}
    try:
        call_command(f"archive_from_{command}", stdout=out, stderr=out, **{**given, **options})
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


@pytest.fixture(autouse=True)
def home() -> None:
    make_home()


def test_columns_of_both_languages_become_one_story(tmp_path: Path) -> None:
    make_row(("Port opens", "One.\nTwo."), ("港口启用", "一。\n二。"))
    out, error = move("modeltranslation", tmp_path)
    story = ArticlePage.objects.get()
    assert "1 story: 1 taken over" in out
    assert error == ""
    assert story.languages() == ["en", "zh-hans"]
    assert [one["value"] for one in raw(story.body_zh_hans)] == ["<p>一。</p>", "<p>二。</p>"]
    assert "1 unchanged" in move("modeltranslation", tmp_path)[0]


def test_the_source_language_is_the_one_that_is_named_or_filled_in(tmp_path: Path) -> None:
    make_row(("Port opens", "One."), ("港口启用", "一。"))
    make_row(chinese=("只有中文", "一。"))
    move("modeltranslation", tmp_path, source_language="zh-hans")
    assert {one.source_language for one in ArticlePage.objects.all()} == {"zh-hans"}


def test_pages_of_two_locales_become_one_story(tmp_path: Path) -> None:
    chinese = Locale.objects.get_or_create(language_code="zh-hans")[0]
    page = make_publication()
    page.intro_en = "One."
    page.save_revision().publish()
    other = page.copy_for_translation(chinese, copy_parents=True)
    other.name_en, other.intro_en, other.slug = "港口启用", "一。", "qi-yong"
    other.save_revision().publish()
    fields = 'headline = "name_en"\nbody = "intro_en"'
    out, _error = move("localize", tmp_path, fields, model="archive.PublicationPage")
    story = ArticlePage.objects.get()
    assert "1 story: 1 taken over" in out
    assert story.headline_zh_hans == "港口启用"
    assert Redirect.objects.filter(old_path="/en/china-daily").exists()


def test_guessed_fields_are_printed(tmp_path: Path) -> None:
    make_row(("Port opens", "One."))
    fields = 'body = "caption"\ndate = "created_at"'
    out, _error = move("modeltranslation", tmp_path, fields, dry_run=True)
    assert "  headline = title\n  standfirst = –\n  body = caption\n" in out
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ("headline = 1", "headline: give a field's name"),
        ('titel = "name"', "titel: give a field's name"),
        ('headline = "nmae"', "archive.ArchiveImage has no field nmae"),
        ("headline", "is no TOML or JSON"),
        ('headline = "alt_text"', "no field with a usual name for body"),
    ],
)
def test_a_wrong_map_is_refused_with_the_reason(tmp_path: Path, fields: str, reason: str) -> None:
    _out, error = move("modeltranslation", tmp_path, fields)
    assert reason in error


@pytest.mark.parametrize(
    ("model", "reason"),
    [("news.Nothing", "There is no model"), ("archive.ArticlePage", "the archive's own")],
)
def test_a_wrong_model_is_refused(tmp_path: Path, model: str, reason: str) -> None:
    assert reason in move("modeltranslation", tmp_path, model=model)[1]

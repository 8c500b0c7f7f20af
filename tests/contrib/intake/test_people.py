"""Authors and places behind the printed bylines."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from archive.contrib.intake.apply import signed
from archive.contrib.intake.records import CONTRIBUTOR, ParsedByline
from archive.models import Author
from archive.stories.bylines import byline_parts
from archive.stories.lookup import author_named, find_place
from archive.text.language import LANGUAGES, column
from tests.contrib.intake.importing import import_text, latest, the_story
from tests.contrib.intake.texts import CHINESE, ENGLISH
from tests.factories import make_entity, make_home

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "again", "language", "own"),
    [
        ("Li Na", "LI NA", "en", "en"),
        ("李娜", "李娜", "zh-hans", "zh-hans"),
        ("Li Na", "Li Na", "zh-hans", "en"),
        ("李娜", "李娜", "en", "zh-hans"),
    ],
)
def test_an_author_is_made_once_in_the_names_own_characters(
    name: str, again: str, language: str, own: str
) -> None:
    first = author_named(name, language)
    assert author_named(again, language) == first
    assert {one: getattr(first, column("name", one)) for one in LANGUAGES} == {
        one: name if one == own else None for one in LANGUAGES
    }


@pytest.mark.parametrize(
    ("text", "byline", "translated"),
    [
        (CHINESE.replace("王伟 李娜", "周晓雯"), "本报记者 周晓雯", "By 周晓雯"),
        (ENGLISH.replace("By Wang Wei", "By 周晓雯"), "By 周晓雯", ""),
    ],
)
def test_a_byline_stands_as_it_is_printed(
    tmp_path: Path, text: str, byline: str, translated: str
) -> None:
    make_home()
    said = import_text(tmp_path, text)
    story = latest(the_story())
    assert story.printed_byline == byline
    (author,) = [one.author for one in story.bylines.all()]
    assert (author.name_zh_hans, author.name_en) == ("周晓雯", None)
    # Nobody makes an English spelling up; who has imported it is asked for it.
    assert ("say in the list of authors" in said) == text.startswith("Port")
    with override(story.source_language):
        assert byline_parts(story.bylines.all(), story.text) == [byline]
    with override(story.target_language):
        text_there = replace(story.text, language=story.target_language)
        words = strip_tags(byline_parts(story.bylines.all(), text_there)[0])
    assert words == (translated or "记者 周晓雯")


def test_an_author_is_found_by_the_name_in_the_other_language() -> None:
    author = Author.objects.create(
        **{column("name", "en"): "Li Na", column("name", "zh-hans"): "李娜"}
    )
    assert author_named("李娜", "zh-hans") == author_named("Li Na", "en") == author


@pytest.mark.parametrize(
    ("printed", "language"),
    [
        ("Zhanjiang", "en"),
        ("ZHANJIANG", "en"),
        ("Zhanjiang, Guangdong", "en"),
        ("Tsamkong", "en"),
        ("湛江", "zh-hans"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(printed: str, language: str) -> None:
    place = make_entity("zhanjiang", aliases={"Tsamkong": "en"})
    assert find_place(printed, language) == place


def test_a_place_in_doubt_is_not_guessed() -> None:
    make_entity("portland-or", en="Portland", zh="波特兰")
    make_entity("portland-me", en="Portland", zh="波特兰")
    assert find_place("Portland", "en") is None


def test_an_author_stands_once_in_a_role() -> None:
    make_home()
    place = make_entity("zhanjiang")
    printed = (ParsedByline("Li Na"), ParsedByline("Li Na", place="Zhanjiang"))
    bylines, unplaced = signed((*printed, ParsedByline("Li Na", CONTRIBUTOR)), "en")
    found = [(one.author.name_en, one.role, one.place) for one in bylines]
    assert found == [("Li Na", "reporter", place), ("Li Na", "contributor", None)]
    assert unplaced == []


def test_what_the_archive_can_not_hold_is_left_to_the_editor() -> None:
    make_home()
    bylines, unplaced = signed(
        (ParsedByline("Li Na", place="Atlantis"), ParsedByline("Zhao Lei", CONTRIBUTOR)), "en"
    )
    assert unplaced == ["Li Na: Atlantis"]
    assert [byline.place for byline in bylines] == [None, None]

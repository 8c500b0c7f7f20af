"""Authors and places behind the printed bylines."""

import pytest

from archive.contrib.intake.apply import signed
from archive.contrib.intake.records import CONTRIBUTOR, ParsedByline
from archive.models import Author
from archive.stories.lookup import author_named, find_place
from archive.text.language import column
from tests.factories import make_entity, make_home

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "again", "language"),
    [("Li Na", "LI NA", "en"), ("李娜", "李娜", "zh-hans"), ("Li Na", "Li Na", "zh-hans")],
)
def test_an_author_is_made_once(name: str, again: str, language: str) -> None:
    first = author_named(name, language)
    assert author_named(again, language) == first
    assert getattr(first, column("name", language)) == name


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

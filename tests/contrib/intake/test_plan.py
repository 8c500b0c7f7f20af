"""Where a story belongs, and whether it is there already."""

from dataclasses import replace
from datetime import date

import pytest

from archive.contrib.intake.plan import ImportVerdict, import_keys, make_plan, place
from archive.contrib.intake.records import ParsedArticle, ParsedBlock
from archive.text.mastheads import split_publication
from tests.factories import make_article

DAY = date(2015, 9, 22)
STORY = ParsedArticle(
    "story.txt", "en", "Port opens", publication="China Daily", published=DAY, page="17"
)


@pytest.mark.parametrize(
    ("printed", "language", "name", "edition"),
    [
        ("China Daily", "en", "China Daily", ""),
        ("China Daily USA", "en", "China Daily", "USA"),
        ("China Daily European Weekly", "en", "China Daily", "European Weekly"),
        ("European Weekly", "en", "China Daily", "European Weekly"),
        ("People’s Daily", "en", "People's Daily", ""),
        ("人民日报海外版", "zh-hans", "People's Daily", "海外版"),
        ("中国日报", "zh-hans", "China Daily", ""),
        ("Zhanjiang Post", "en", "Zhanjiang Post", ""),
    ],
)
def test_a_printed_name_is_a_paper_and_an_edition(
    printed: str, language: str, name: str, edition: str
) -> None:
    paper = split_publication(printed, language)
    assert (paper.names["en"], paper.edition) == (name, edition)


def test_a_name_that_is_not_known_stays_in_its_language() -> None:
    assert split_publication("湛江日报", "zh-hans").names == {"zh-hans": "湛江日报"}


def test_a_date_in_the_files_name_serves_without_a_citation() -> None:
    undated = replace(STORY, published=None, source="zhanjiang-2015-09-22.txt")
    assert (place(undated).day, place(undated).day_is_from_name) == (DAY, True)


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"publication": None}, ["publication"]),
        ({"published": None}, ["print_date"]),
        ({"published": None, "source": "2015-13-45.txt"}, ["print_date"]),
        ({"headline": ""}, ["headline"]),
        ({"blocks": ()}, ["body"]),
    ],
)
@pytest.mark.django_db
def test_a_story_without_a_place_is_planned_and_what_it_lacks_said(
    changes: dict[str, str | None], lacks: list[str]
) -> None:
    told = replace(STORY, blocks=(ParsedBlock("paragraph", "One."),))
    plan = make_plan(replace(told, **changes))
    assert (plan.verdict, plan.lacks) == (ImportVerdict.CREATE, lacks)


def test_unfiled_stories_of_one_headline_are_one_story_only_in_one_file() -> None:
    letters = replace(STORY, headline="Letters", published=None)
    (again, other) = (import_keys(replace(letters, source=name), None) for name in ("a", "b"))
    assert import_keys(replace(letters, source="a"), None) == again
    assert not set(again) & set(other)


def test_a_story_is_found_by_the_key_that_it_had_before_its_date_was_known() -> None:
    undated = import_keys(replace(STORY, published=None), None)[0]
    assert undated in import_keys(STORY, DAY)


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"source": "other.txt"}, True),
        ({"standfirst": "Other words"}, True),
        ({"headline": "PORT OPENS"}, True),
        ({"headline": "Port closes"}, False),
        ({"page": "18"}, False),
        ({"publication": "China Daily USA"}, False),
        ({"headline": "湛江港开通新航线"}, False),
    ],
)
def test_publication_date_page_and_headline_make_a_story(
    changes: dict[str, str], same: bool
) -> None:
    keys = [import_keys(story, DAY)[0] for story in (replace(STORY, **changes), STORY)]
    assert (keys[0] == keys[1]) is same


def test_long_and_wordless_headlines_have_keys_that_fit() -> None:
    long = replace(STORY, headline="湛江" * 120, publication="x" * 100)
    longer = replace(long, headline="湛江" * 120 + "港")
    wordless = replace(STORY, headline="？！")
    keys = [import_keys(article, DAY)[0] for article in (long, longer, wordless)]
    assert len(set(keys)) == 3
    assert max(map(len, keys)) <= 255


@pytest.mark.django_db
def test_an_unknown_story_is_created() -> None:
    plan = make_plan(STORY)
    assert (plan.verdict, plan.page) == (ImportVerdict.CREATE, None)


@pytest.mark.django_db
def test_a_story_that_an_editor_typed_in_is_kept() -> None:
    typed = make_article("Port opens", day=DAY)
    plan = make_plan(STORY)
    assert (plan.verdict, plan.page) == (ImportVerdict.KEEP, typed)
    assert make_plan(STORY, force=True).verdict is ImportVerdict.UPDATE

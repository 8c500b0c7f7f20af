"""The demo's story files hold together; its known passwords get onto no server by mistake."""

import csv
import datetime
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

Story = dict[str, Any]


DEMO = Path(__file__).resolve().parents[1] / "newsroom" / "demo"


LANGUAGES = ("en", "zh-hans")


SEED = "zhanjiang-2015-09-22"


SECTIONS = {"city-diplomacy", "ports-and-trade", "culture-and-education"}


TYPES = {"paragraph", "subhead", "pull_quote", "list", "fact_box", "table", "correction"}


MENTION = re.compile(r"\[\[([a-z0-9-]+)\|([^\[\]|]+)\]\]")


HAN = r"[\u4e00-\u9fff]"


REAL_PAPERS = re.compile(
    r"China Daily|People's Daily|Xinhua|Global Times|Boston Globe|New York Times|CGTN"
    r"|中国日报|人民日报|新华社|环球时报|纽约时报"
)


OWN_CREDIT_LINES = re.compile(
    r"\((China Daily|Xinhua)|provided to China Daily"
    r"|中国日报(讯|记者|供图)|新华社\S{0,12}电|本报(讯|记者)"
)


def rows(name: str) -> dict[str, dict[str, str]]:
    with (DEMO / "data" / name).open(encoding="utf-8", newline="") as lines:
        return {row["key"]: row for row in csv.DictReader(lines)}


PLACES = rows("cities.csv")


CITIES = {key for key, row in PLACES.items() if row["kind"] == "city"}


ENTITIES = {**PLACES, **rows("people_orgs.csv")}


STORIES: dict[str, Story] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((DEMO / "stories").glob("*.toml"))
}


SAMPLES = {slug: story for slug, story in STORIES.items() if slug != SEED}


PICTURED = {slug: story for slug, story in SAMPLES.items() if "picture" in story}


CHINESE = {slug: story for slug, story in STORIES.items() if "zh-hans" in story["headline"]}


each_story = pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)


each_sample = pytest.mark.parametrize("story", SAMPLES.values(), ids=SAMPLES)


def strings(value: Any) -> list[str]:
    """All strings of a block value: a string, or lists and tables of them."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value
    return [text for part in parts for text in strings(part)]


def mentions(value: Any) -> list[str]:
    return [match[1] for text in strings(value) for match in MENTION.finditer(text)]


def body(story: Story, language: str) -> list[str]:
    """The blocks' texts as a reader sees them, mentions reduced to their words."""
    texts = [text for block in story["blocks"] for text in strings(block.get(language, ""))]
    return [MENTION.sub(r"\2", text) for text in texts]


def all_text(story: Story, language: str) -> list[str]:
    parts = [story["headline"], story["standfirst"]]
    picture = story.get("picture", {})
    parts += [picture[name] for name in ("caption", "alt", "credit") if name in picture]
    return [part[language] for part in parts if language in part] + body(story, language)


def languages(story: Story) -> tuple[str, ...]:
    """The languages in which the file itself gives the story."""
    return tuple(language for language in LANGUAGES if language in story["headline"])


def tags(story: Story) -> list[str]:
    return story["entities_about"] + story["entities_mentioned"]


def years(text: str) -> set[int]:
    return {int(year) for year in re.findall(r"(?<!\d)(?:18|19|20)\d\d(?!\d)", text)}


@each_story
def test_a_story_is_placed_in_its_issue(story: Story) -> None:
    assert STORIES.get(story["slug"]) is story
    assert type(story["print_date"]) is datetime.date
    assert 1980 <= story["print_date"].year <= 2024
    assert re.fullmatch(r"[A-Z]?\d{1,2}", story["print_page"])
    assert story["section"] in SECTIONS
    assert story["source_language"] in LANGUAGES


@each_sample
def test_a_sample_says_that_it_is_one(story: Story) -> None:
    assert story["is_sample"] is True
    assert story["publication"] == "sister-cities-sampler"
    assert story["authors"] == ["archive-project"]
    assert story["source_language"] in languages(story)


@each_sample
def test_no_sample_passes_for_a_real_newspapers_story(story: Story) -> None:
    for language in languages(story):
        labels = [story["headline"][language], story["standfirst"][language]]
        labels += story.get("picture", {}).get("credit", {}).values()
        quotes = [block[language] for block in story["blocks"] if block["type"] == "pull_quote"]
        labels += [quote.get("attribution", "") for quote in quotes]
        assert not [label for label in labels if REAL_PAPERS.search(label)]
        assert not [text for text in body(story, language) if OWN_CREDIT_LINES.search(text)]


@each_story
def test_every_block_carries_each_language_of_its_story(story: Story) -> None:
    for block in story["blocks"]:
        assert block["type"] in TYPES
        assert set(block) & set(LANGUAGES) == set(languages(story))
        texts = [text for language in languages(story) for text in strings(block[language])]
        assert all(text.strip() for text in texts)
        assert isinstance(block.get("date"), datetime.date) == (block["type"] == "correction")
        assert isinstance(block.get("ordered"), bool) == (block["type"] == "list")


def shape(value: Any) -> Any:
    """What has to be the same in both languages: the keys, items, or rows and cells."""
    if isinstance(value, dict):
        return sorted(value)
    return [shape(part) for part in value] if isinstance(value, list) else "text"


SHAPES = {"pull_quote": ["quote"], "fact_box": ["text", "title"]}


@each_story
def test_both_languages_of_a_block_have_one_shape(story: Story) -> None:
    for block in story["blocks"]:
        shapes = [shape(block[language]) for language in languages(story)]
        assert shapes == shapes[:1] * len(shapes)
        if block["type"] == "table":
            assert len({len(row) for row in shapes[0]}) == 1
        elif block["type"] != "list":
            assert shapes[0] == SHAPES.get(block["type"], "text")


@each_story
def test_both_languages_of_a_block_mention_the_same_entities(story: Story) -> None:
    for block in story["blocks"]:
        keys = [sorted(mentions(block[language])) for language in languages(story)]
        assert keys == keys[:1] * len(keys)


@each_sample
def test_both_languages_of_a_block_name_the_same_years(story: Story) -> None:
    for block in story["blocks"]:
        named = [years(" ".join(strings(block[language]))) for language in languages(story)]
        assert named == named[:1] * len(named)


@each_sample
def test_a_sample_knows_nothing_later_than_its_own_date(story: Story) -> None:
    text = " ".join(body(story, story["source_language"]))
    assert max(years(text)) <= story["print_date"].year


@each_story
def test_entities_are_tagged_once_and_known(story: Story) -> None:
    assert story["entities_about"]
    assert len(set(tags(story))) == len(tags(story))
    assert set(tags(story)) <= set(ENTITIES)


@each_story
def test_a_mention_is_marked_once_and_tagged(story: Story) -> None:
    for language in languages(story):
        found = [key for block in story["blocks"] for key in mentions(block[language])]
        assert len(set(found)) == len(found)
        assert set(found) <= set(tags(story))
        assert not [text for text in all_text(story, language) if "[[" in text or "]]" in text]


@each_sample
def test_every_entity_of_a_sample_is_mentioned_in_its_text(story: Story) -> None:
    found = {key for block in story["blocks"] for key in mentions(block[story["source_language"]])}
    assert set(tags(story)) == found


@each_story
def test_related_stories_exist_and_point_back(story: Story) -> None:
    related = story["related"]
    assert 2 <= len(set(related)) == len(related) <= 4
    assert story["slug"] not in related
    assert [slug for slug in related if story["slug"] not in STORIES[slug]["related"]] == []


@each_sample
def test_a_sample_has_the_length_of_a_newspaper_story(story: Story) -> None:
    if "en" in languages(story):
        assert 100 <= len(" ".join(body(story, "en")).split()) <= 400
    if "zh-hans" in languages(story):
        assert 150 <= len(re.findall(HAN, "".join(body(story, "zh-hans")))) <= 700


@pytest.mark.parametrize("story", PICTURED.values(), ids=PICTURED)
def test_a_map_stands_in_the_text_and_has_cities_to_show(story: Story) -> None:
    assert 0 < story["picture"]["after"] <= len(story["blocks"])
    assert CITIES & set(tags(story))


def test_the_samples_cover_each_way_of_being_bilingual() -> None:
    kinds = Counter((s["source_language"], len(languages(s))) for s in SAMPLES.values())
    assert len(SAMPLES) >= 15
    assert kinds["en", 2] >= 11
    assert (kinds["en", 1], kinds["zh-hans", 2], kinds["zh-hans", 1]) == (2, 2, 0)


def test_the_samples_link_many_cities() -> None:
    assert len(CITIES & {key for story in SAMPLES.values() for key in tags(story)}) >= 24


def test_the_samples_show_every_block_type_and_some_pictures() -> None:
    assert {block["type"] for story in SAMPLES.values() for block in story["blocks"]} == TYPES
    assert len(PICTURED) >= 8


@pytest.mark.parametrize("date", [datetime.date(2015, 10, 24), datetime.date(2024, 9, 28)])
def test_some_issues_have_several_pages(date: datetime.date) -> None:
    pages = {story["print_page"] for story in SAMPLES.values() if story["print_date"] == date}
    assert pages == {"1", "4", "B8"}


def test_latitudes_in_print_are_those_of_the_data() -> None:
    story = STORIES["sister-cities-on-the-same-parallel"]
    table = next(block["en"] for block in story["blocks"] if block["type"] == "table")
    cities = [PLACES[key] for key in CITIES]
    latitude = {city["name_en"].partition(",")[0]: float(city["lat"]) for city in cities}
    for pair, chinese, american, difference in table[1:]:
        north, south = (latitude[name] for name in pair.split(" and "))
        expected = [f"{north:.2f}", f"{south:.2f}", f"{abs(north - south):.2f}"]
        assert [chinese, american, difference] == expected


def test_the_seed_is_a_chinese_version_of_the_printed_story() -> None:
    seed = STORIES[SEED]
    assert (seed["publication"], seed["authors"], seed["is_sample"]) == ("china-daily", [], False)
    assert languages(seed) == ("zh-hans",)
    types = ["paragraph"] * 9 + ["subhead"] + ["paragraph"] * 6
    assert [block["type"] for block in seed["blocks"]] == types


def test_the_seeds_english_mentions_are_in_the_printed_text() -> None:
    seed = STORIES[SEED]
    printed = (DEMO / "data" / f"{SEED}.txt").read_text(encoding="utf-8")
    chinese = [key for block in seed["blocks"] for key in mentions(block["zh-hans"])]
    assert [words for words in seed["mentions_en"] if words not in printed] == []
    assert sorted(seed["mentions_en"].values()) == sorted(chinese)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("(1644-1911)", "（1644—1911年）"),
        ("$1 billion", "10亿美元"),
        ("114 countries", "114个国家和地区"),
        ("first Chinese envoy to the US", "首任驻美公使"),
        ('"Footprint City"', "“足迹城市”"),
        ("100 years ago", "100多年前"),
    ],
)
def test_figures_and_titles_of_the_seed_survive_translation(english: str, chinese: str) -> None:
    printed = (DEMO / "data" / f"{SEED}.txt").read_text(encoding="utf-8")
    assert english in printed
    assert chinese in "".join(body(STORIES[SEED], "zh-hans"))


def test_the_data_is_credited() -> None:
    credit = (DEMO / "data" / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert "Contains data from GeoNames (https://www.geonames.org/), CC BY 4.0" in credit
    assert "made with Natural Earth" in credit


@pytest.mark.django_db
def test_the_demo_is_refused_where_debug_is_off() -> None:
    with CaptureQueriesContext(connection) as queries, pytest.raises(CommandError) as refused:
        call_command("setup_demo")
    assert "--known-passwords" in str(refused.value)
    assert not queries.captured_queries
    assert not User.objects.exists()

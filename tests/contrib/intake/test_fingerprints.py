"""Texts that are much the same are found, whatever their headline, paper or characters."""

import time
from typing import Any

import pytest

from archive.contrib.intake.batches.decisions import reject
from archive.contrib.intake.batches.duplicates import find_like
from archive.contrib.intake.batches.undo import undo_batch
from archive.contrib.intake.models import ImportItem, ItemFingerprint
from archive.contrib.intake.pasted import LayoutReader
from archive.likeness.fingerprints import follow_stories, likeness, sample_of
from archive.likeness.models import TextFingerprint
from archive.models import ArticlePage, StoryPair
from tests.contrib.intake.batches.values import ANOTHER, accept, make_batch, make_item
from tests.contrib.intake.texts import CHINESE, ENGLISH
from tests.factories import make_article, make_body, make_home, make_user

TEXT = (
    "A new route opened on Monday between the two ports, the harbour office said. "
    "It is faster than the old one by a week, and it carries fruit, steel and machines. "
    "The port plans to add two berths next year, when the northern pier is finished. "
    "Ships from nine countries called there in August, more than in any month before."
)
OTHER = (
    "The council voted on Tuesday to keep the library open at weekends. Readers had "
    "collected four thousand names. The budget for books stays as it was last spring."
)


def like(one: str, two: str, language: str = "en") -> float:
    return likeness(sample_of(one, language), sample_of(two, language))


def test_the_same_text_is_wholly_alike_and_another_is_not() -> None:
    assert like(TEXT, TEXT) == 1
    assert like(TEXT, OTHER) < 0.05
    assert like(TEXT, "") == 0


@pytest.mark.parametrize(
    "changed",
    [
        TEXT.upper(),
        TEXT.replace(" ", "\n"),
        "ZHANJIANG, Sept. 22 (Xinhua) -- " + TEXT,
        TEXT.replace("the harbour office said", "officials said on Monday"),
        TEXT.rsplit(". ", 1)[0] + ".",
    ],
    ids=["capitals", "lines", "dateline", "reworded", "cut"],
)
def test_what_papers_do_to_a_wire_story_leaves_it_alike(changed: str) -> None:
    assert like(TEXT, changed) > 0.5


def test_traditional_and_simplified_characters_are_alike() -> None:
    simplified = "湛江港周一开通一条新航线，航程缩短一周。港口计划明年新增两个泊位。"
    traditional = "湛江港周一開通一條新航線，航程縮短一周。港口計劃明年新增兩個泊位。"
    assert like(simplified, traditional, "zh-hans") > 0.9


def test_a_long_text_is_sampled_in_time_that_grows_with_it() -> None:
    began = time.process_time()
    sample_of("word " * 40_000 + "字" * 40_000, "en")
    assert time.process_time() - began < 2


@pytest.mark.django_db
def test_a_story_of_the_archive_under_another_headline_is_found() -> None:
    make_home()
    story = make_article("Two harbours closer", body=make_body(*TEXT.split(". ")), live=False)
    story.save_revision()
    item = make_item(f"Ships go faster\n{TEXT}\n(China Daily 09/24/2015 page2)")
    assert (item.state, item.duplicate_of) == (ImportItem.State.DUPLICATE, story)
    assert item.likeness > 0.5


@pytest.mark.django_db
def test_two_items_of_a_batch_are_found_and_either_can_be_dropped() -> None:
    make_home()
    batch = make_batch(ENGLISH, ENGLISH.replace("Port opens new route", "Ships go faster"))
    first, second = batch.items.order_by("pk")
    assert (first.state != ImportItem.State.DUPLICATE, second.twin) == (True, first)
    assert reject(second, None).state == ImportItem.State.REJECTED


@pytest.mark.django_db
def test_what_is_like_a_duplicate_is_linked_to_the_story_of_the_archive() -> None:
    make_home()
    story = accept(make_item(), None).item.page
    again = ENGLISH.replace("next year", "within a year")
    reprint = again.replace("Port opens", "Ships").replace("China Daily 09", "Zhanjiang Post 09")
    first, second = make_batch(again, reprint).items.order_by("pk")
    reject(first, None)
    second.refresh_from_db()
    assert (second.duplicate_of, second.twin) == (story, None)
    assert accept(second, None, as_version=True).item.page.version_of == story


@pytest.mark.django_db
def test_what_was_left_out_has_no_duplicates() -> None:
    make_home()
    texts = [ENGLISH, *(ENGLISH.replace("Port opens", name) for name in ("Ships", "Boats"))]
    first, second, third = make_batch(*texts).items.order_by("pk")
    assert {second.twin, third.twin} == {first}
    reject(first, None)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state != ImportItem.State.DUPLICATE, second.twin) == (True, None)
    assert third.twin == second


@pytest.mark.django_db
def test_a_duplicate_is_kept_too_or_linked_as_a_version() -> None:
    make_home()
    texts = [ENGLISH, *(ENGLISH.replace("Port opens", name) for name in ("Ships", "Boats"))]
    first, second, third = make_batch(*texts).items.order_by("pk")
    original = accept(first, None).item.page
    version = accept(ImportItem.objects.get(pk=second.pk), None, as_version=True).item.page
    kept = accept(third, None).item.page
    assert (version.version_of, kept.version_of) == (original, None)
    assert version.get_latest_revision_as_object().version_of == original
    # The person's answer is kept: they are two stories.
    pair = StoryPair.objects.get(state=StoryPair.State.REFUSED)
    assert {pair.one, pair.two} == {original, kept}
    # It is nothing that keeps the import from being taken back.
    undo_batch(third.batch, None)
    assert not ArticlePage.objects.exists()


@pytest.mark.django_db
def test_a_text_that_is_pasted_into_a_form_says_where_it_is_already() -> None:
    make_home()
    make_article("Port opens", body=make_body(TEXT)).save_revision()
    boss = make_user("boss", is_superuser=True)
    told = {
        text: [one for one in _warnings(text, boss) if "In the archive already" in one]
        for text in (TEXT, OTHER)
    }
    said = "In the archive already: “Port opens” has about 100 % of this text."
    assert told == {TEXT: [said], OTHER: []}
    # A draft of another paper is nobody else's business.
    ArticlePage.objects.update(live=False)
    assert not _warnings(TEXT, make_user("guest"))


def _warnings(text: str, user: Any) -> tuple[str, ...]:
    return LayoutReader().read_story("", text, filled=(), user=user).warnings


@pytest.mark.django_db
def test_samples_follow_new_versions_and_only_these() -> None:
    make_home()
    story = make_article("Port opens", body=make_body(TEXT), live=False)
    story.save_revision()
    while follow_stories(50):
        pass
    assert find_like(sample_of(TEXT, "en"), batch=0, before=None)[0].article == story.pk
    draft = story.get_latest_revision_as_object()
    draft.body_en = ArticlePage._meta.get_field("body_en").to_python(make_body(OTHER))
    draft.save_revision()
    assert follow_stories(50) == 1
    assert follow_stories(50) == 0
    assert not find_like(sample_of(TEXT, "en"), batch=0, before=None)
    assert find_like(sample_of(OTHER, "en"), batch=0, before=None)


@pytest.mark.django_db
def test_stories_that_share_nothing_are_no_duplicates() -> None:
    make_home()
    batch = make_batch(ENGLISH, ANOTHER, CHINESE)
    assert not batch.items.filter(state=ImportItem.State.DUPLICATE).exists()
    assert ItemFingerprint.objects.filter(item__batch=batch).exists()


@pytest.mark.exhaustive
@pytest.mark.django_db
def test_ten_thousand_stories_are_searched_in_a_moment() -> None:
    make_home()
    story = make_article("Port opens", live=False)
    rows = [
        TextFingerprint(number=(number * 2654435761) % 2**31, article=story)
        for number in range(480_000)
    ]
    TextFingerprint.objects.bulk_create(rows, batch_size=5000)
    began = time.process_time()
    for _time in range(20):
        find_like(sample_of(TEXT, "en"), batch=0, before=None)
    assert (time.process_time() - began) / 20 < 0.1

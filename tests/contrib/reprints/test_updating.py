"""Reprints follow what is published, changed, taken back and deleted, at a bounded cost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.contrib.reprints.candidates import COMMON, MOST_ACROSS, MOST_WITHIN, candidates
from archive.contrib.reprints.models import StoryReuse
from archive.contrib.reprints.updates import paragraphs_of, text_of, update_stories
from archive.desk.pairs.actions import refuse_stories
from archive.likeness.models import TextFingerprint
from archive.models import ArticlePage, StoryPair
from archive.text.language import CHINESE, column
from tests.contrib.related.rows import Row, make_entities, make_rows
from tests.contrib.reprints.labelled import publish
from tests.factories import make_body, make_home, make_publication, translate

pytestmark = pytest.mark.django_db


def kinds() -> dict[tuple[str, str], str]:
    rows = StoryReuse.objects.exclude(state="refused").values_list(
        "earlier__slug", "later__slug", "kind"
    )
    return {(earlier, later): kind for earlier, later, kind in rows}


def rewrite(story: ArticlePage, *paragraphs: str) -> None:
    story = ArticlePage.objects.get(pk=story.pk)
    name = column("body", story.source_language)
    stream: Any = story._meta.get_field(name)
    setattr(story, name, stream.to_python(make_body(*paragraphs)))
    story.save_revision().publish()


@pytest.fixture
def wire() -> ArticlePage:
    return publish("crane")


@pytest.fixture
def cut(wire: ArticlePage) -> ArticlePage:
    return publish("crane-cut", "harbour-post")


def test_a_story_that_another_paper_cut_is_found_with_its_shares(cut: ArticlePage) -> None:
    row = StoryReuse.objects.get()
    assert (row.earlier.slug, row.later.slug, row.kind) == ("crane", "crane-cut", "shortened")
    assert row.later_share == 1
    assert 0.5 < row.share < 0.7
    assert row.days == 1


def test_it_makes_no_difference_which_of_the_two_comes_first() -> None:
    publish("crane-cut")
    publish("crane", "harbour-post")
    assert kinds() == {("crane", "crane-cut"): "shortened"}


@pytest.mark.parametrize(
    ("one", "two", "kind"),
    [
        ("crane", "crane-british", "identical"),
        ("visa", "visa-identical", "identical"),
        ("typhoon", "typhoon-extended", "extended"),
        ("solar", "solar-traditional", "shortened"),
        ("panda", "panda-rewritten", "rewritten"),
        ("library", "library-en", "translation"),
        ("visa", "visa-zh-short", "translation"),
    ],
)
def test_what_became_of_the_text_is_told(one: str, two: str, kind: str) -> None:
    publish(one)
    publish(two, "harbour-post")
    assert kinds() == {(one, two): kind}


def test_a_translation_that_the_archive_has_leads_to_one_that_was_printed() -> None:
    """Without figures or names, by the words of the desk's translation alone."""
    story = publish("clinic-en", day=date(2012, 11, 12))
    figures = TextFingerprint.objects.filter(kind=TextFingerprint.Kind.FIGURE)
    printed = publish("clinic", "harbour-post")
    StoryReuse.objects.all().delete()
    segments = {block["id"]: block["value"] for block in printed.source("body").raw_data}
    own = [block["id"] for block in story.source("body").raw_data]
    texts = dict(zip(own, segments.values(), strict=False))
    translate(story, headline=printed.title, **texts)
    figures.delete()
    found = candidates({one.pk: text_of(one) for one in (story, printed)})
    assert printed.pk in found[story.pk]
    assert story.pk in found[printed.pk]


def test_a_story_that_gets_another_text_is_a_reprint_no_more(cut: ArticlePage) -> None:
    rewrite(cut, *["The council keeps the library open at weekends, after a long debate."] * 6)
    assert kinds() == {}


def test_a_story_that_readers_lose_is_no_reprint_until_it_is_back(cut: ArticlePage) -> None:
    cut.unpublish()
    assert kinds() == {}
    ArticlePage.objects.get(pk=cut.pk).get_latest_revision().publish()
    assert len(kinds()) == 1


def test_a_deleted_story_leaves_nothing(wire: ArticlePage, cut: ArticlePage) -> None:
    ArticlePage.objects.get(pk=wire.pk).delete()
    assert not StoryReuse.objects.exists()
    assert not TextFingerprint.objects.filter(article=wire.pk).exists()


def test_what_an_editor_has_refused_stays_refused(cut: ArticlePage) -> None:
    StoryReuse.objects.update(state="refused")
    cut.get_latest_revision().publish()
    call_command("check_archive", "reprints", repair=True, verbosity=0)
    assert kinds() == {}
    assert StoryReuse.objects.get().state == "refused"


def test_what_an_editor_has_confirmed_stays_whatever_becomes_of_the_text(cut: ArticlePage) -> None:
    StoryReuse.objects.update(state="confirmed")
    rewrite(cut, *["The council keeps the library open at weekends, after a long debate."] * 6)
    row = StoryReuse.objects.get()
    assert (row.state, row.share) == ("confirmed", 0)


def test_what_an_import_was_told_counts(wire: ArticlePage) -> None:
    publish("typhoon", "harbour-post", version_of=wire)
    assert list(kinds()) == [("crane", "typhoon")]


def test_a_pair_that_was_refused_at_the_desk_is_no_translation() -> None:
    one, two = publish("library-en", live=False), publish("library", "harbour-post")
    StoryPair.objects.create(one=one, two=two, state=StoryPair.State.REFUSED)
    one.save_revision().publish()
    assert kinds() == {}


def test_two_stories_that_somebody_parts_are_no_reprint_any_more(
    wire: ArticlePage, cut: ArticlePage
) -> None:
    assert kinds()
    refuse_stories(wire, cut, None)
    assert kinds() == {}
    call_command("check_archive", "reprints", repair=True, verbosity=0)
    assert kinds() == {}


def test_a_paper_that_says_much_the_same_a_week_later_prints_another_story(
    wire: ArticlePage,
) -> None:
    later = publish("crane-cut", day=wire.print_date + timedelta(days=7))
    assert kinds() == {}
    # The whole text is printed again.
    rewrite(later, *paragraphs_of(wire.source("body")))
    assert kinds() == {("crane", "crane-cut"): "identical"}


def test_a_few_words_are_compared_with_nothing() -> None:
    for paper in ("one", "two"):
        publish("crane", paper, body=make_body("Rain in the delta.", "Winds from the south."))
    assert kinds() == {}


def test_the_command_finds_the_same_again(cut: ArticlePage) -> None:
    publish("crane-zh", "third")
    found = kinds()
    assert len(found) == 3
    StoryReuse.objects.all().delete()
    TextFingerprint.objects.all().delete()
    call_command("check_archive", "reprints", repair=True, verbosity=0)
    assert kinds() == found


def make_crowd(total: int, story: ArticlePage, place: int) -> None:
    """Live stories that share the story's place, and some or all its words and figures."""
    first = 100_000
    rows = [
        Row(first + at, date(2000, 1, 1) + timedelta(at % 4000), {place: True})
        for at in range(total)
    ]
    make_rows(rows, make_publication("crowd"))
    keys = [row.pk for row in rows]
    ArticlePage.objects.filter(pk__in=keys[::2]).update(source_language=CHINESE)
    numbers = list(TextFingerprint.objects.filter(article=story).values_list("number", "kind"))
    # A number that few others have, one that too many have, and figures of the other language.
    TextFingerprint.objects.bulk_create(
        [
            TextFingerprint(number=number, kind=kind, article_id=key)
            for place_of, (number, kind) in enumerate(numbers)
            for key in (keys if place_of % 4 == 0 else keys[place_of : place_of + COMMON - 9])
        ],
        batch_size=2000,
    )


@pytest.mark.parametrize("total", [60, 5000])
def test_a_change_costs_as_much_among_thousands_of_stories(total: int) -> None:
    make_home()
    story = publish("crane")
    place = make_entities(["zhanjiang"])["zhanjiang"]
    story.entity_tags.create(entity_id=place, role="about")
    make_crowd(total, story, place)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = candidates({story.pk: text_of(story)})[story.pk]
    assert len(asked) <= 4
    assert MOST_WITHIN <= len(found) <= MOST_WITHIN + MOST_ACROSS
    with CaptureQueriesContext(connection) as asked:
        update_stories([story.pk])
    assert len(asked) <= 20

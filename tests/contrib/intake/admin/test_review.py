"""The review of one story: what a person sees, changes and decides."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from archive.contrib.intake.admin import story_forms
from archive.contrib.intake.admin.labels import KINDS
from archive.contrib.intake.admin.source_view import source_rows
from archive.contrib.intake.batches.changes import change_fields
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.models import ImportItem, SourceProfile
from archive.contrib.intake.record_json import stored
from archive.models import ArticlePage
from tests.contrib.intake.admin.screens import address, batch_of, importer_client, posted
from tests.contrib.intake.batches.values import ANOTHER
from tests.contrib.intake.importing import edit, import_text
from tests.contrib.intake.texts import CHINESE, ENGLISH, SEED, parse
from tests.contrib.intake.translations import values as translated
from tests.factories import make_user

pytestmark = pytest.mark.django_db
State = ImportItem.State
PART = {"Accept": "text/html-part"}


@pytest.fixture
def client() -> Client:
    return importer_client()


@pytest.fixture
def item(client: Client) -> ImportItem:
    return batch_of(client, ENGLISH).items.get()


def _span(words: str, text: str = ENGLISH) -> dict[str, int]:
    start = text.index(words)
    return {"start": start, "end": start + len(words)}


def test_the_source_shows_what_was_found_in_it(client: Client, item: ImportItem) -> None:
    page = client.get(address("item", item.batch, item)).content.decode()
    assert 'data-kind="subhead">Room for growth</span>' in page
    assert 'value="China Daily"' in page
    assert 'value="2015-09-22"' in page


def test_a_field_that_is_corrected_is_sure(client: Client, item: ImportItem) -> None:
    posted(client, item, do="save", story__headline="Port opens")
    item.refresh_from_db()
    assert item.record["headline"] == "Port opens"
    assert item.record["fields"]["headline"]["confidence"] == 1
    assert [one["field"] for one in item.corrected] == ["headline"]


def test_the_first_picture_is_offered_as_the_lead_picture(client: Client, item: ImportItem) -> None:
    page = client.get(address("item", item.batch, item)).content.decode()
    assert ("story-leads_with_picture" in page) is bool(item.record["captions"])
    with_caption = batch_of(client, SEED.read_text(encoding="utf-8")).items.get()
    posted(client, with_caption, do="accept", story__leads_with_picture="on")
    with_caption.refresh_from_db()
    story = ArticlePage.objects.get(pk=with_caption.page_id).get_latest_revision_as_object()
    kinds = [block.block_type for block in story.source("body")]
    assert kinds[0] == "image"
    assert kinds.count("image") == 1
    assert kinds[1] == "paragraph"


def test_what_is_filled_in_is_no_longer_warned_of(client: Client) -> None:
    item = batch_of(client, "Port opens\nOne sentence is here.\n").items.get()
    assert {"No publication found.", "No print date found."} <= set(item.record["warnings"])
    posted(client, item, do="save", story__publication="Gulf Post")
    item.refresh_from_db()
    assert "No publication found." not in item.record["warnings"]
    assert "No print date found." in item.record["warnings"]


def test_what_is_still_unplaced_is_counted_anew(client: Client) -> None:
    names = "The dead\nAlan Pike, 22\nOlaf Lund, 57\nShare | Print\n"
    item = batch_of(client, f"{ANOTHER}\n{names}").items.get()
    page = client.get(address("item", item.batch, item))
    assert "3 parts of the source were not placed." in page.text
    forms = page.context["forms"]
    told = [[one.initial["text"] for one in group] for group in (forms.waiting, forms.left_out)]
    assert told == [["The dead", "Alan Pike, 22", "Olaf Lund, 57"], ["Share | Print"]]
    posted(client, item, do="save", unplaced__0__text="")
    again = client.get(address("item", item.batch, item))
    assert "2 parts of the source were not placed." in again.text
    client.post(posted(client, item, do="publish").url)
    assert not ArticlePage.objects.get().live


def test_a_form_that_nobody_changed_changes_nothing(client: Client, item: ImportItem) -> None:
    before = item.record
    posted(client, item, do="save")
    item.refresh_from_db()
    assert (item.record, item.corrected) == (before, [])


TWINS = [
    "China Daily\n7 June 2014, page 2\n\nNight choir of the docks\n\nBy Ling Weijun\n\n"
    "The choir of the fire brigade was silent for 28 minutes on Friday, and six had colds.\n\n"
    f"The conductor, Zeng Bo, said that he {words}.\n"
    for words in ("had dreamt of it", "slept well and saw nothing of it until Monday at eight")
]


@pytest.mark.parametrize("values", [{}, {"bylines__0__place": "Boston"}])
def test_both_of_two_texts_of_one_headline_are_kept(client: Client, values: dict[str, str]) -> None:
    one, other = batch_of(client, *TWINS).items.order_by("pk")
    posted(client, one, do="accept")
    posted(client, other, do="accept", **values)
    other.refresh_from_db()
    stories = ArticlePage.objects.order_by("pk")
    assert (stories.count(), other.page) == (2, stories[1])
    texts = [str(story.get_latest_revision_as_object().body_en) for story in stories]
    assert ["had dreamt" in text for text in texts] == [True, False]


def test_the_very_same_text_can_only_be_dropped(client: Client) -> None:
    one, other = batch_of(client, TWINS[0], f"{TWINS[0]}\n").items.order_by("pk")
    posted(client, one, do="accept")
    where = address("item", other.batch, other)
    assert "Keep both" in client.get(where).content.decode()
    posted(client, other, do="accept")
    screen = client.get(where).content.decode()
    assert "the very same text is in the archive by now" in screen
    assert "Keep both" not in screen
    assert ArticlePage.objects.count() == 1


def test_what_is_typed_replaces_no_story_that_was_not_shown(client: Client) -> None:
    posted(client, batch_of(client, TWINS[0]).items.get(), do="accept")
    story = ArticlePage.objects.get()
    item = batch_of(client, ANOTHER).items.get()
    named = {
        "story__headline": "Night choir of the docks",
        "story__published": "2014-06-07",
        "story__page": "2",
    }
    answer = posted(client, item, do="accept", **named)
    assert "is a new version of “Night choir of the docks”" in answer.content.decode()
    item.refresh_from_db()
    assert (item.state in ImportItem.OPEN, item.corrected) == (True, [])
    posted(client, item, do="save", **named)
    posted(client, item, do="accept")
    item.refresh_from_db()
    assert item.page == story


def test_what_is_too_long_for_a_form_stays_when_the_rest_is_corrected(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_forms, "MOST_PARTS", 2)
    item = batch_of(client, ENGLISH).items.get()
    texts = [block["text"] for block in item.record["blocks"]]
    page = client.get(address("item", item.batch, item)).text
    assert f"{len(texts) - 2} paragraphs more aren’t shown here" in page
    posted(client, item, do="save", blocks__0__text="A new first paragraph.")
    item.refresh_from_db()
    assert [one["text"] for one in item.record["blocks"]] == ["A new first paragraph.", *texts[1:]]


def test_lines_change_their_kind_and_emptied_ones_go(client: Client, item: ImportItem) -> None:
    kinds = [block["type"] for block in item.record["blocks"]]
    at = kinds.index("subhead")
    changes = {f"blocks__{at}__type": "paragraph", "blocks__0__text": ""}
    posted(client, item, do="save", **changes)
    item.refresh_from_db()
    texts = [block["text"] for block in item.record["blocks"]]
    assert len(texts) == len(kinds) - 1
    assert "Room for growth" in texts
    assert "subhead" not in [block["type"] for block in item.record["blocks"]]


SIGNED = """Ferry horn silenced after complaint
By Anna Field and Tom Reed
The Coastal Courier, 21 June 2016, Page 7
ZHANJIANG — The six o'clock horn has been silent since Monday.
Officials say that it will not return before the autumn.
"""


def test_a_byline_that_was_read_is_corrected(client: Client) -> None:
    item = batch_of(client, SIGNED).items.get()
    assert [one["name"] for one in item.record["bylines"]] == ["Anna Field", "Tom Reed"]
    named = {"bylines__0__name": "Anna Field-Ross", "bylines__0__place": "Leizhou"}
    posted(client, item, do="save", **named, bylines__1__role="photographer")
    item.refresh_from_db()
    first, second = item.record["bylines"]
    assert first == {"name": "Anna Field-Ross", "role": "reporter", "place": "Leizhou"}
    assert (second["name"], second["role"]) == ("Tom Reed", "photographer")
    posted(client, item, do="save", bylines__0__name="")
    item.refresh_from_db()
    assert item.record["bylines"] == [second]


def test_a_line_that_goes_elsewhere_has_the_words_of_its_form(
    client: Client, item: ImportItem
) -> None:
    changes = {"blocks__0__text": "The port, mended.", "blocks__0__type": "caption"}
    posted(client, item, do="save", **changes)
    item.refresh_from_db()
    assert "The port, mended." in [one["text"] for one in item.record["captions"]]


def test_a_key_puts_words_into_a_field_and_keeps_what_was_typed(
    client: Client, item: ImportItem
) -> None:
    page = client.get(address("item", item.batch, item))
    data = {"do": "retype", "kind": "quote", **_span("Room for growth")}
    answer = client.post(address("item", item.batch, item), data, headers=PART)
    assert 'data-kind="quote">Room for growth</span>' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert page.context["version"] != answer.context["version"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"kind": "quote"}, "select some words first"),
        ({"kind": "quote", "start": 3, "end": 3}, "select some words first"),
        ({"kind": "poem", "start": 0, "end": 4}, "poem"),
    ],
)
def test_a_key_that_means_nothing_says_so(
    client: Client, item: ImportItem, data: dict[str, Any], reason: str
) -> None:
    answer = client.post(address("item", item.batch, item), {"do": "retype", **data}, headers=PART)
    assert answer.status_code == 422
    assert reason in answer.json()["error"]


def test_a_story_changed_by_somebody_else_is_not_overwritten(
    client: Client, item: ImportItem
) -> None:
    found = posted(client, item, do="save", version="old", story__headline="Mine")
    assert found.status_code == 422
    assert "Mine" in found.content.decode()
    item.refresh_from_db()
    assert item.record["headline"] == "Port opens new route"


def test_a_second_save_replaces_another_persons_words_only_with_a_tick(
    client: Client, item: ImportItem
) -> None:
    opened = client.get(address("item", item.batch, item)).context["version"]
    change_fields(item, make_user("wang", is_superuser=True), {"headline": "Theirs"})
    found = posted(client, item, do="save", version=opened, story__headline="Mine")
    newer = found.context["newer"]
    assert newer.author == "wang"
    assert [(one.old, one.new) for one in newer.fields] == [("Theirs", "Mine")]
    assert "<del>Theirs</del>" in found.text
    assert "wang has changed this story meanwhile" in found.text
    # What the refused page sends again is refused again, also after another mistake.
    wrong = posted(client, item, do="save", version=opened, story__published="yesterday")
    for version in (found.context["version"], wrong.context["version"]):
        again = posted(client, item, do="save", version=version, story__headline="Mine")
        assert again.status_code == 422
    item.refresh_from_db()
    assert item.record["headline"] == "Theirs"
    ticked = {"version": found.context["version"], "replace_version": newer.version}
    # Not a third version that the page didn't show.
    change_fields(item, None, {"headline": "A third"})
    assert posted(client, item, do="save", **ticked, story__headline="Mine").status_code == 422
    change_fields(item, None, {"headline": "Theirs"})
    assert posted(client, item, do="save", **ticked, story__headline="Mine").status_code == 302
    item.refresh_from_db()
    assert item.record["headline"] == "Mine"


def test_another_window_of_ones_own_is_called_that(client: Client, item: ImportItem) -> None:
    opened = client.get(address("item", item.batch, item)).context["version"]
    change_fields(item, client.user, {"headline": "In the other window"})
    found = posted(client, item, do="save", version=opened, story__headline="Mine")
    assert "You have changed this story meanwhile in another window" in found.text
    assert "Saved by" not in found.text


def test_lists_are_compared_line_by_line(client: Client, item: ImportItem) -> None:
    opened = client.get(address("item", item.batch, item)).context["version"]
    blocks = [dict(one) for one in item.record["blocks"]]
    blocks[0]["text"] = "Their first paragraph."
    change_fields(item, None, {"blocks": blocks})
    found = posted(client, item, do="save", version=opened, blocks__0__text="My first.")
    [field] = found.context["newer"].fields
    assert str(field.label) == "Text"
    assert field.old.startswith("Their first paragraph. · Paragraph\n")
    assert field.new.startswith("My first. · Paragraph\n")


def test_a_wrong_value_is_refused_and_kept(client: Client, item: ImportItem) -> None:
    found = posted(client, item, do="accept", story__published="yesterday")
    assert found.status_code == 422
    assert "yesterday" in found.content.decode()
    assert not ArticlePage.objects.exists()


def test_accepting_saves_first_and_leads_to_the_next_story(client: Client) -> None:
    batch = batch_of(client, ENGLISH, ANOTHER)
    first, second = client.get(address("batch", batch)).context["rows"]
    found = posted(client, first.item, do="accept", story__headline="A better one")
    assert found.url == address("item", batch, second.item)
    assert ArticlePage.objects.get().headline_en == "A better one"


def test_the_last_decision_leads_back_to_the_list(client: Client, item: ImportItem) -> None:
    assert posted(client, item, do="reject").url == address("batch", item.batch)


CORRECTIONS = {"dateline": "As corrected", "headline": "As corrected", "published": "2015-09-21"}
SHORT = "Port opens\nOne sentence is here.\n"


@pytest.mark.parametrize("text", [ENGLISH, SHORT])
@pytest.mark.parametrize("field", CORRECTIONS)
def test_a_file_that_was_corrected_and_comes_again_can_only_be_dropped(
    client: Client, field: str, text: str
) -> None:
    corrected = {f"story__{field}": CORRECTIONS[field], "story__publication": "China Daily"}
    posted(client, batch_of(client, text).items.get(), do="accept", **corrected)
    again = batch_of(client, text).items.get()
    story = ArticlePage.objects.get()
    assert (again.state, again.page_id) == (State.DUPLICATE, story.pk)
    page = client.get(address("item", again.batch, again)).text
    assert 'value="accept"' not in page
    assert posted(client, again, do="save").status_code == 302
    again.refresh_from_db()
    assert again.state == State.DUPLICATE
    posted(client, again, do="accept")
    assert ArticlePage.objects.get().latest_revision == story.latest_revision


@pytest.mark.parametrize("field", CORRECTIONS)
@pytest.mark.parametrize("text", [ENGLISH, SHORT])
def test_a_file_that_was_corrected_is_known_to_the_command(
    client: Client, tmp_path: Path, field: str, text: str
) -> None:
    corrected = {f"story__{field}": CORRECTIONS[field], "story__publication": "China Daily"}
    posted(client, batch_of(client, text).items.get(), do="accept", **corrected)
    assert "unchanged: 1" in import_text(tmp_path, text, "1.txt")
    assert ArticlePage.objects.get().revisions.count() == 1


def test_undated_texts_of_the_same_words_are_two_stories_once_they_have_their_dates(
    client: Client,
) -> None:
    for number, item in enumerate(batch_of(client, SHORT, SHORT).items.order_by("pk"), 1):
        dated = {"story__publication": "China Daily", "story__published": f"2015-09-0{number}"}
        posted(client, item, do="accept", **dated)
    assert ArticlePage.objects.count() == 2


def test_what_is_corrected_in_a_newer_version_replaces_the_corrected_story(
    client: Client, item: ImportItem
) -> None:
    posted(client, item, do="accept", story__headline="As corrected")
    again = batch_of(client, ENGLISH).items.get()
    posted(client, again, do="save", story__headline="As corrected again")
    posted(client, again, do="accept")
    assert (
        ArticlePage.objects.get().get_latest_revision_as_object().headline == "As corrected again"
    )


def test_a_draft_above_a_published_story_is_told_as_one(client: Client, item: ImportItem) -> None:
    posted(client, item, do="publish")
    again = batch_of(client, ENGLISH.replace("two berths", "three berths")).items.get()
    page = client.get(posted(client, again, do="accept").url)
    assert ArticlePage.objects.get().live
    told = [str(one) for one in page.context["messages"]]
    assert any("readers keep the one that is published" in one for one in told)
    assert not any("is in the archive as a draft" in one for one in told)


def test_a_story_that_is_there_already_is_shown_before_and_after(
    client: Client, item: ImportItem
) -> None:
    posted(client, item, do="accept")
    edit(ArticlePage.objects.get(), dateline_en="HARBOUR")
    again = batch_of(client, ENGLISH.replace("two berths", "three berths")).items.get()
    before = client.get(address("item", again.batch, again)).context["before"]
    changed = {str(one.label): one.changes for one in before if one.is_changed}
    assert {part.text for part in changed["Text"] if part.kind != "same"} >= {"two", "three"}


@pytest.mark.parametrize(
    ("verb", "stories", "linked"), [("accept", 2, 0), ("version", 2, 1), ("reject", 1, 0)]
)
def test_a_duplicate_is_kept_linked_or_dropped(
    client: Client, item: ImportItem, verb: str, stories: int, linked: int
) -> None:
    posted(client, item, do="accept")
    text = ENGLISH.replace("Port opens new route", "A faster way by sea")
    # A file of that name would be another version of the story.
    again = batch_of(client, ANOTHER, text).items.get(source="2.txt")
    assert again.state == State.DUPLICATE
    page = client.get(address("item", again.batch, again))
    assert "Link as versions" in page.content.decode()
    assert "Once kept, it can’t be decided anew here" in page.text
    assert page.context["like"]
    posted(client, again, do=verb)
    assert ArticlePage.objects.count() == stories
    assert ArticlePage.objects.exclude(version_of=None).count() == linked


def test_a_translation_that_comes_again_is_shown_beside_itself_and_dropped(
    client: Client,
) -> None:
    texts = (translated.ENGLISH, translated.CHINESE)
    posted(client, batch_of(client, *texts).items.first(), do="accept")
    again = batch_of(client, *texts).items.get(record__language="zh-hans")
    page = client.get(address("item", again.batch, again))
    text = {str(one.label): one for one in page.context["like"]}["Text"]
    assert "".join(part.text for part in text.changes if part.kind == "same").startswith("周一")
    assert "This text is in the archive already" in page.text
    assert "Keep both" not in page.text
    assert "Once kept" not in page.text
    posted(client, again, do="reject")
    assert ArticlePage.objects.count() == 1


def test_corrections_become_a_profile_that_the_person_has_seen(
    client: Client, item: ImportItem
) -> None:
    posted(client, item, do="save", story__publication="Gulf Post")
    page = client.get(address("item_profile", item.batch, item)).content.decode()
    assert "Publication is always “Gulf Post”" in page
    assert not SourceProfile.objects.exists()
    data = {"rules": ["0"], "name": "Gulf", "file_pattern": "gulf-*"}
    client.post(address("item_profile", item.batch, item), data)
    profile = SourceProfile.objects.get()
    assert profile.rules == [{"field": "publication", "value": "Gulf Post"}]
    assert profile.created_by == client.user


def test_the_rest_of_an_import_is_read_again_by_a_new_profile(client: Client) -> None:
    batch = batch_of(client, ENGLISH, ANOTHER)
    first = batch.items.get(source="1.txt")
    posted(client, first, do="save", story__publication="Gulf Post")
    data = {"rules": ["0"], "name": "Gulf", "file_pattern": "*.txt", "again": "on"}
    page = client.post(address("item_profile", batch, first), data, follow=True)
    assert "1 file is read again by it" in page.content.decode()
    read_slice(batch)
    assert {one.record["publication"] for one in batch.items.all()} == {"Gulf Post"}


def test_a_profile_that_fits_no_file_is_refused(client: Client, item: ImportItem) -> None:
    posted(client, item, do="save", story__publication="Gulf Post")
    data = {"rules": ["0"], "name": "Gulf"}
    found = client.post(address("item_profile", item.batch, item), data)
    assert "Say which files this profile is for." in found.content.decode()


def test_a_review_costs_the_same_for_any_length(
    client: Client, item: ImportItem, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(address("item", item.batch, item))
    with django_assert_max_num_queries(14):
        client.get(address("item", item.batch, item))


def test_a_story_of_another_batch_is_not_found(client: Client, item: ImportItem) -> None:
    other = batch_of(client, ANOTHER)
    assert client.get(address("item", other, item), follow=True).status_code == 404


def test_spans_in_each_other_show_the_shorter_and_lines_keep_their_places() -> None:
    text = "𠀀a b\r\nc d\u2028e"
    record = {
        "blocks": [{"type": "list"}],
        "fields": {"blocks": {"span": [0, 9]}, "dateline": {"span": [3, 4]}},
    }
    rows = source_rows(record, text)
    assert [(row.number, row.start) for row in rows] == [(1, 0), (2, 6), (3, 10)]
    assert [(one.start, one.text, one.kind) for one in rows[0].stretches] == [
        (0, "𠀀a ", "list_item"),
        (3, "b", "dateline"),
    ]


def test_no_two_kinds_have_the_same_key() -> None:
    assert len({kind.key for kind in KINDS}) == len(KINDS)


def test_a_citation_shows_which_of_its_words_are_the_day_and_the_page() -> None:
    for text, said in (
        (ENGLISH, {"published": "09/22/2015", "page": "page17"}),
        (CHINESE, {"published": "2015年09月22日", "page": "第17版"}),
    ):
        rows = source_rows(stored(parse(text)), text)
        parts = [(one.kind, one.text) for row in rows for one in row.stretches]
        assert {kind: words for kind, words in parts if kind in said} == said
        assert "publication" in dict(parts)

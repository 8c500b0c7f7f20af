"""Two versions of a story by paragraph, and a paragraph of the older one restored."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from lxml.html import document_fromstring

from archive.models import ArticlePage
from archive.stories.body import raw
from archive.stories.versions.actions import version_of
from archive.stories.versions.comparison import (
    StoryVersion,
    VersionError,
    VersionRow,
    compare_versions,
    restored,
)
from archive.text.language import CHINESE, ENGLISH, column
from tests.desk.form_data import body_fields, controls
from tests.desk.helpers import Person, again, translation_of
from tests.factories import (
    block,
    make_article,
    make_body,
    make_editor,
    make_entity,
    make_image,
    make_translator,
)


def version(*blocks: tuple[str, str], headline: str = "Port") -> StoryVersion:
    body = [block("paragraph", f"<p>{text}</p>", key) for key, text in blocks]
    return StoryVersion({"headline": headline}, body)


ONE, TWO, THREE = ("a", "One."), ("b", "Two."), ("c", "Three.")


@pytest.mark.parametrize(
    ("old", "new", "states"),
    [
        ((ONE, TWO), (ONE, TWO), {}),
        ((ONE, TWO), (ONE, ("b", "Second.")), {"b": "changed"}),
        ((ONE, TWO, THREE), (ONE, THREE), {"b": "gone"}),
        ((ONE, THREE), (ONE, TWO, THREE), {"b": "new"}),
        ((ONE, TWO, THREE), (TWO, THREE, ONE), {"a": "moved"}),
        ((ONE, TWO), (ONE, ("b", "<b>Two.</b>")), {"b": "changed"}),
    ],
)
def test_paragraphs_are_told_apart_by_their_ids(old: Any, new: Any, states: Any) -> None:
    rows = compare_versions(version(*old), version(*new))
    assert {row.key: row.state for row in rows if row.state != "same"} == states


@pytest.mark.parametrize("kind", ["paragraph", "list", "fact_box", "correction"])
def test_what_the_editors_form_writes_in_its_own_way_is_the_same(kind: str) -> None:
    def body(text: str) -> list[Any]:
        item = {"type": "item", "value": text, "id": "i"}
        value = {
            "paragraph": text,
            "list": {"ordered": False, "items": [item]},
            "fact_box": {"title": "Facts", "text": text},
            "correction": {"text": text, "date": "2015-09-22"},
        }[kind]
        return [block(kind, value, "a")]

    before = '<p>It\'s <a id="3" linktype="entity">Zhanjiang</a><br>port</p>'
    after = (
        '<p data-block-key="k1x9q">It&#x27;s <a linktype="entity" id="3">Zhanjiang</a><br/>port</p>'
    )
    rows = compare_versions(StoryVersion({}, body(before)), StoryVersion({}, body(after)))
    assert [row.state for row in rows] == ["same"]
    other = body(after.replace('id="3"', 'id="4"'))
    assert compare_versions(StoryVersion({}, body(before)), StoryVersion({}, other))[
        0
    ].is_markup_only


CARGO = {"table_caption": "Cargo", "data": [["Port", "Tons"], ["Xuwen", "1,240"], ["All", None]]}


def compared_blocks(kind: str, old: Any, new: Any) -> VersionRow:
    one, two = (StoryVersion({}, [block(kind, value, "a")]) for value in (old, new))
    [row] = compare_versions(one, two)
    return row


def test_every_cell_of_a_table_is_compared() -> None:
    now = {**CARGO, "data": [["Port", "Tons"], ["Xuwen", "1,950"], ["All", ""]]}
    row = compared_blocks("table", CARGO, now)
    assert row.old == "Cargo\nPort | Tons\nXuwen | 1,240\nAll |"
    changes = [(part.kind, part.text) for part in row.parts if part.kind != "same"]
    assert changes == [("gone", "1,240"), ("new", "1,950")]
    assert not row.is_markup_only
    with_header = compared_blocks("table", CARGO, {**CARGO, "table_header_choice": "row"})
    assert with_header.is_markup_only


LINK = '<p><a href="https://a.example/">Port</a></p>'
ITEMS = [{"type": "item", "value": "<p>Cod</p>", "id": "i"}]
NOTE = {"text": "<p>It was 1988.</p>", "date": "2015-09-22", "words": "Ten ships"}
SHOT = {"image": 3, "caption": "Port", "alt_text": "A ship", "credit": "Li Na"}


@pytest.mark.parametrize(
    ("kind", "old", "changed", "shown"),
    [
        ("embed", {"url": "https://a.example/"}, {"url": "https://b.example/"}, "https://a.ex"),
        ("correction", NOTE, {"date": "2015-09-23"}, "2015-09-22"),
        ("correction", NOTE, {"words": "Two ships"}, "Ten ships"),
        ("list", {"ordered": True, "items": ITEMS}, {"ordered": False}, "1. Cod"),
        ("image", SHOT, {"alt_text": "Two ships"}, "A ship"),
        ("fact_box", {"title": "Port", "text": LINK}, {"text": "<p>Port</p>"}, "https://a.ex"),
    ],
)
def test_whatever_else_a_block_says_is_shown(kind: str, old: Any, changed: Any, shown: str) -> None:
    row = compared_blocks(kind, old, {**old, **changed})
    assert shown in "".join(part.text for part in row.parts if part.kind != "same") + row.old
    assert shown not in row.new
    assert row.state == "changed"


def test_an_address_is_told_where_only_that_differs() -> None:
    row = compared_blocks("paragraph", LINK, LINK.replace("a.example", "b.example"))
    assert (row.old, row.new) == ("Port\n→ https://a.example/", "Port\n→ https://b.example/")
    assert row.is_markup_only
    assert compared_blocks("paragraph", LINK, LINK).old == "Port"


def test_another_picture_is_told_and_both_are_shown() -> None:
    row = compared_blocks("image", SHOT, {**SHOT, "image": 4})
    assert row.pictures == ((3,), (4,))
    assert not row.is_markup_only
    assert compared_blocks("image", SHOT, {**SHOT, "caption": "Pier"}).pictures == ((3,),)


@pytest.mark.django_db
def test_saving_a_story_untouched_changes_no_paragraph() -> None:
    boss, story = make_editor(), make_article(body=make_body("One's.", "Two."))
    client = Client()
    client.force_login(boss)
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    [form] = document_fromstring(client.get(url).content).xpath("//form[@data-edit-form]")
    body = body_fields("body_en", raw(story.body_en))
    answer = client.post(url, {**controls(form), "body_zh_hans-count": "0", **body})
    assert answer.status_code == 302
    new, old = story.revisions.order_by("-pk")[:2]
    assert "data-block-key" in new.content["body_en"]
    rows = compare_versions(version_of(old.as_object()), version_of(new.as_object()))
    assert {row.state for row in rows} == {"same"}


def test_what_is_gone_stands_where_it_stood() -> None:
    rows = compare_versions(version(ONE, TWO, THREE), version(ONE, THREE, headline="Harbour"))
    assert [(row.key, row.state) for row in rows] == [
        ("headline", "changed"),
        ("a", "same"),
        ("b", "gone"),
        ("c", "same"),
    ]


@pytest.mark.parametrize(
    ("now", "key", "then"),
    [
        ((ONE, ("b", "Second."), THREE), "b", (ONE, TWO, THREE)),
        ((ONE, THREE), "b", (ONE, TWO, THREE)),
        ((THREE, TWO), "a", (ONE, THREE, TWO)),
        ((ONE, TWO, ("d", "Four.")), "d", (ONE, TWO)),
    ],
)
def test_a_paragraph_comes_back_where_it_was(now: Any, key: str, then: Any) -> None:
    found = restored(version(*now).body, version(ONE, TWO, THREE).body, key)
    wanted = [(one, f"<p>{text}</p>") for one, text in then]
    assert [(one["id"], one["value"]) for one in found] == wanted


def test_what_neither_version_has_is_not_restored() -> None:
    with pytest.raises(VersionError):
        restored(version(ONE).body, version(TWO).body, "z")


def corrected(language: str = ENGLISH) -> ArticlePage:
    """A live story with a newer draft: a word changed, a paragraph gone, a headline too."""
    article = make_article("Port opens", body=make_body("Ten ships.", "Gone."), language=language)
    draft = article.get_latest_revision_as_object()
    name = column("body", language)
    body = raw(getattr(draft, name))[:1]
    body[0] = {**body[0], "value": "<p>Eleven ships.</p>"}
    setattr(draft, name, draft._meta.get_field(name).to_python(body))
    setattr(draft, column("headline", language), "Port opens at last")
    draft.save_revision(user=make_editor("author"))
    return again(article)


def compared(client: Client, article: ArticlePage, *versions: str) -> BeautifulSoup:
    path = reverse("wagtailadmin_pages:revisions_compare", args=[article.pk, *versions])
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def post(client: Client, soup: BeautifulSoup, key: str) -> BeautifulSoup:
    """Press the button of a paragraph; gives the page that one lands on."""
    form = soup.select_one(f'[id="version-{key}"] form')
    assert form is not None
    data = {field["name"]: field["value"] for field in form.select("input[name]")}
    response = client.post(form["action"], data, follow=True)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


@pytest.mark.django_db
@pytest.mark.parametrize("language", [ENGLISH, pytest.param(CHINESE, marks=pytest.mark.exhaustive)])
def test_an_editor_compares_and_restores_one_paragraph(language: str) -> None:
    client, article = Client(), corrected(language)
    client.force_login(make_editor())
    soup = compared(client, article, "live", "latest")
    first, second = raw(article.source("body"))
    row = soup.select_one(f'[id="version-{first["id"]}"]')
    assert row is not None
    assert [one.get_text() for one in row.select("del, ins")] == ["Ten", "Eleven"]
    assert len(soup.select('[data-state="changed"], [data-state="gone"]')) == 3
    # A version is named once where the other has nothing.
    removed = soup.select_one(f'[id="version-{second["id"]}"]')
    assert removed is not None
    assert len(removed.select(".archive-versions__which")) == 1
    post(client, soup, second["id"])
    draft = again(article).get_latest_revision_as_object()
    texts = [one["value"] for one in raw(draft.source("body"))]
    assert ["Eleven" in texts[0], "Gone." in texts[1]] == [True, True]
    assert draft.source("headline") == "Port opens at last"
    assert again(article).source("headline") == "Port opens"
    history = client.get(reverse("wagtailadmin_pages:history", args=[article.pk]))
    assert "Restored a paragraph" in history.content.decode()


@pytest.mark.django_db
@pytest.mark.sqlite
def test_what_a_link_leads_to_is_told_by_its_name() -> None:
    client, article, city = Client(), make_article(body=make_body("Port")), make_entity()
    client.force_login(make_editor())
    links = f'<a linktype="entity" id="{city.pk}">Po</a><a linktype="page" id="{article.pk}">rt</a>'
    draft = article.get_latest_revision_as_object()
    body = [{**raw(article.source("body"))[0], "value": f"<p>{links}</p>"}]
    draft.body_en = draft._meta.get_field("body_en").to_python(body)
    draft.save_revision()
    [row] = compared(client, article, "live", "latest").select("[data-state=changed]")
    assert f"→ {city}→ {article.title}" in row.get_text()
    assert "links, emphasis or settings changed" in row.get_text()


@pytest.mark.django_db
@pytest.mark.sqlite
def test_the_last_paragraph_restored_leaves_no_draft() -> None:
    client, article = Client(), corrected()
    client.force_login(make_editor())
    soup = compared(client, article, "live", "latest")
    for key in ("headline", *(one["id"] for one in raw(article.source("body")))):
        assert again(article).has_unpublished_changes
        soup = post(client, soup, key)
    assert "the story is as readers have it" in soup.get_text()
    assert not again(article).has_unpublished_changes


@pytest.mark.django_db
@pytest.mark.sqlite
def test_the_published_version_brought_back_is_no_draft() -> None:
    editor, translator = Person(make_editor()), Person(make_translator())
    article = make_article("Port opens", body=make_body("Ten ships."))
    editor.edits(article).publish()
    translation = translation_of(article)
    translator.edits(translation).fill("字").publish()
    for person, thing, change in (
        (editor, article, lambda form: form.type(headline_en="Port")),
        (translator, translation, lambda form: form.put("headline", "港")),
    ):
        published = again(thing).live_revision
        change(person.edits(thing)).save()
        other = again(thing).latest_revision
        person.reverts(thing, published).save()
        assert not again(thing).has_unpublished_changes
        person.reverts(thing, other).save()
        assert again(thing).has_unpublished_changes


@pytest.mark.django_db
@pytest.mark.sqlite
def test_versions_are_named_by_a_date_as_people_write_it() -> None:
    client, article = Client(), corrected()
    client.force_login(make_editor())
    soup = compared(client, article, str(article.live_revision_id), "latest")
    head = soup.select_one(".archive-versions__head")
    assert head is not None
    saved = localtime(article.live_revision.created_at)
    assert head.get_text("|") == f"{date_format(saved, 'DATETIME_FORMAT')}|Latest"


@pytest.mark.django_db
@pytest.mark.sqlite
def test_a_stale_screen_restores_nothing() -> None:
    client, article = Client(), corrected()
    client.force_login(make_editor())
    soup = compared(client, article, "live", "latest")
    newest = again(article).get_latest_revision_as_object().save_revision()
    shown = post(client, soup, "headline")
    assert "Nothing was restored" in shown.get_text()
    assert again(article).latest_revision_id == newest.pk


@pytest.mark.django_db
@pytest.mark.sqlite
def test_only_who_may_change_the_story_now_restores() -> None:
    client, article = Client(), corrected()
    client.force_login(make_editor())
    live = article.live_revision_id
    assert not compared(client, article, str(live), "live").select("form[action*=story-versions]")
    ArticlePage.objects.filter(pk=article.pk).update(locked=True)
    assert not compared(client, article, "live", "latest").select("form[action*=story-versions]")
    path = reverse("archive_versions:restore", args=[article.pk, live])
    latest = article.latest_revision_id
    client.post(path, {"key": "headline"})
    assert again(article).latest_revision_id == latest
    assert client.get(path).status_code == 405


@pytest.mark.django_db
@pytest.mark.sqlite
def test_pictures_and_other_fields_are_compared_too(django_assert_max_num_queries: Any) -> None:
    client = Client()
    client.force_login(make_editor())
    images = [make_image(name=f"{n}.jpg", credit="A", rights="B", title=f"Ship {n}") for n in "xyz"]
    value = {"caption": "", "alt_text": "", "credit": ""}
    body = [block("image", {"image": one.pk, **value}) for one in images]
    article = make_article(body=body)
    draft = article.get_latest_revision_as_object()
    draft.print_page = "9"
    draft.save_revision()
    soup = compared(client, article, "live", "latest")
    assert len(soup.select(".archive-versions__pictures img")) == 3
    assert "Page:" in soup.get_text()
    assert not soup.select("[data-state=changed]")
    with django_assert_max_num_queries(45):
        compared(client, article, "live", "latest")

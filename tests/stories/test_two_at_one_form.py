"""Two people at one form of a name, a tie, an author or a picture: what both typed stays."""

import pytest
from django.urls import reverse
from lxml import html

from archive.models import Author, GlossaryTerm, Tie
from archive.text.language import CHINESE, ENGLISH, column, columns
from tests.desk.form_data import controls
from tests.factories import make_entity, make_image, make_tie

pytestmark = pytest.mark.django_db

NAME, ZH = column("name", ENGLISH), column("name", CHINESE)


def opened(client, row):
    image = row._meta.model_name == "archiveimage"
    name = "wagtailimages:edit" if image else row.snippet_viewset.get_url_name("edit")
    address = reverse(name, args=[row.pk])
    page = html.fromstring(client.get(address).content)
    return address, controls(next(one for one in page.iter("form") if one.get("method") == "POST"))


def make_a_tie():
    return make_tie(make_entity(), make_entity("sydney", "Sydney", "悉尼"))


def make_term():
    return GlossaryTerm.objects.create(**dict.fromkeys(columns("term"), "Port"))


ROWS = {
    "name": (make_entity, "pinyin", "wikidata_id", "Q1"),
    "tie": (
        make_a_tie,
        column("description", ENGLISH),
        column("description", CHINESE),
        "两市",
    ),
    "author": (lambda: Author.objects.create(**{NAME: "Tom Reed"}), NAME, ZH, "里德"),
    "term": (make_term, "note", column("definition", CHINESE), "码头"),
    "picture": (make_image, "title", column("caption", CHINESE), "港口"),
}


@pytest.mark.parametrize("kind", ROWS)
def test_what_a_colleague_saved_in_another_field_stays(admin_client, kind):
    make, mine, theirs, text = ROWS[kind]
    row = make()
    address, form = opened(admin_client, row)
    assert admin_client.post(address, {**form, theirs: text}).status_code == 302
    assert admin_client.post(address, {**form, mine: "Mine"}).status_code == 302
    row.refresh_from_db()
    assert (getattr(row, mine), getattr(row, theirs)) == ("Mine", text)


@pytest.mark.parametrize("kind", ROWS)
def test_a_field_that_both_typed_into_is_refused_once_with_both_texts(admin_client, kind):
    make, field, *_rest = ROWS[kind]
    row = make()
    address, form = opened(admin_client, row)
    admin_client.post(address, {**form, field: "Theirs"})
    refused = admin_client.post(address, {**form, field: "Mine"})
    shown = refused.content.decode()
    assert "Meanwhile another text was saved: “Theirs”" in shown
    page = html.fromstring(shown)
    again = controls(next(one for one in page.iter("form") if one.get("method") == "POST"))
    assert again[field] == "Mine"
    row.refresh_from_db()
    assert getattr(row, field) == "Theirs"
    assert admin_client.post(address, again).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "Mine"


def test_a_row_of_a_form_keeps_what_a_colleague_saved(admin_client):
    tie: Tie = make_a_tie()
    english, chinese = (f"evidence-0-{name}" for name in columns("sentence"))
    address, form = opened(admin_client, tie)
    admin_client.post(address, {**form, english: "They signed again."})
    assert admin_client.post(address, {**form, chinese: "两市又签约。"}).status_code == 302
    piece = tie.evidence.get()
    sentences = [getattr(piece, name) for name in columns("sentence")]
    assert sentences == ["They signed again.", "两市又签约。"]


@pytest.mark.parametrize("kind", ["name", "author"])
def test_what_was_typed_into_a_merged_row_stays_on_the_screen(admin_client, kind):
    make, field, *_rest = ROWS[kind]
    row = make()
    kept = make_entity("kept", "Kept", "留") if kind == "name" else Author.objects.create()
    address, form = opened(admin_client, row)
    type(row)._base_manager.filter(pk=row.pk).update(merged_into=kept)
    refused = admin_client.post(address, {**form, field: "Typed"})
    page = refused.content.decode()
    assert "A colleague has merged this into" in page
    assert f'<a href="{opened(admin_client, kept)[0]}" target="_blank">' in page
    assert "Typed" in page
    assert admin_client.get(address).status_code in (200, 302)

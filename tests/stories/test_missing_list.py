"""What is still missing before publication: a list in the form that leads to the fields."""

import json
from contextlib import nullcontext

import bs4
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from archive.models import ArchiveImage, ArticlePage, Author
from tests.desk.helpers import Person, again
from tests.factories import (
    block,
    make_article,
    make_body,
    make_editor,
    make_image,
    make_publication,
    make_section,
)
from tests.photos import files

pytestmark = pytest.mark.django_db


def listed(client: Client, story) -> str:
    return client.get(reverse("archive_stories:missing", args=[story.pk])).content.decode()


def test_each_fault_of_the_newest_draft_leads_to_its_field(admin_client: Client) -> None:
    image = make_image(title="The port", credit="", rights="")
    value = {"image": image.pk, "caption": "", "alt_text": "", "credit": ""}
    story = make_article("Ships", live=False, body=[block("image", value)])
    story.headline_en, story.print_date = "", None
    story.save_revision()
    shown = listed(admin_client, story)
    assert "Before publication: 3 things are missing" in shown
    for name in ("headline_en", "print_date", "body_en"):
        assert f'data-missing-field="{name}"' in shown
    assert "The picture “The port” has no" in shown
    assert f'data-missing-block="{story.body_en[0].id}"' in shown


def test_an_old_version_has_its_own_list(admin_client: Client) -> None:
    story = make_article("Ships", live=False)
    headline, story.headline_en = story.headline_en, ""
    old = story.save_revision()
    story.headline_en = headline
    story.save_revision()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[story.pk, old.pk])
    page = bs4.BeautifulSoup(admin_client.get(address).content, "html.parser")
    asked = admin_client.get(page.select_one("[data-missing]")["data-url"]).content.decode()
    assert 'data-missing-field="headline_en"' in asked
    assert 'data-missing-field="headline_en"' not in listed(admin_client, story)


def test_a_complete_story_lacks_nothing(admin_client: Client, django_assert_max_num_queries):
    story = make_article("Ships", live=False)
    with django_assert_max_num_queries(12):
        shown = listed(admin_client, story)
    assert "Nothing is missing" in shown


def test_a_section_of_another_paper_is_listed(admin_client: Client) -> None:
    story = make_article("Ships", live=False)
    story.section = make_section("ports", make_publication("post"))
    story.save_revision(clean=False)
    assert 'data-missing-field="section"' in listed(admin_client, story)


def test_a_new_story_knows_its_day_and_paper(admin_client: Client) -> None:
    place = make_article("Ships").get_parent()
    address = reverse("wagtailadmin_pages:add", args=["archive", "articlepage", place.pk])
    page = admin_client.get(address).content.decode()
    assert 'data-missing-field="headline_en"' in page
    assert 'data-missing-field="publication"' not in page
    assert 'data-missing-field="print_date"' not in page


def test_a_dropped_picture_that_is_there_already_is_taken_from_there(admin_client: Client) -> None:
    address = reverse("archive_stories:picture")
    for _time in range(2):
        data = files.jpeg()
        file = SimpleUploadedFile("port.jpg", data, "image/jpeg")
        answer = admin_client.post(address, {"image-chooser-upload-file": file})
        assert int(answer.json()["result"]["id"]) == ArchiveImage.objects.get().pk


def test_a_file_that_is_no_picture_is_refused_with_words(admin_client: Client) -> None:
    file = SimpleUploadedFile("port.jpg", b"no picture", "image/jpeg")
    answer = admin_client.post(
        reverse("archive_stories:picture"), {"image-chooser-upload-file": file}
    )
    assert answer.status_code == 400
    assert json.loads(answer.content)["error"]


def test_a_refused_autosave_lists_what_holds_it_up(admin_client: Client) -> None:
    place = make_article("Ships").get_parent()
    address = reverse("wagtailadmin_pages:add", args=["archive", "articlepage", place.pk])
    posted = {"source_language": "en", "headline_en": "Ships", "print_date": "2026-13-45"}
    posted |= {"body_en-count": "0", "body_zh_hans-count": "0"}
    for rows in ("bylines", "entity_tags", "related_links", "comments"):
        posted |= {f"{rows}-TOTAL_FORMS": "0", f"{rows}-INITIAL_FORMS": "0"}
    answer = admin_client.post(address, posted, headers={"accept": "application/json"})
    said = answer.json()
    assert (answer.status_code, said["error_code"]) == (400, "validation_error")
    assert "Not saved" in said["html"]
    assert 'data-missing-field="print_date"' in said["html"]
    # The list below is of what else is missing, and says so.
    assert "Before publication: 2 more things are missing" in said["html"]
    assert "Nothing is missing" not in said["html"]


def test_a_refused_publication_says_why_and_nothing_of_saving() -> None:
    editor = Person(make_editor())
    image = make_image(title="The port", credit="Li Ming", rights="")
    value = {"image": image.pk, "caption": "", "alt_text": "Cranes", "credit": ""}
    story = make_article("Ships", live=False, body=[block("image", value)])
    said = bs4.BeautifulSoup(editor.edits(story).refused("publish"), "html.parser")
    told = " ".join(said.select_one("[data-missing]").text.split())
    assert told.startswith("Before publication: 1 thing is missing The picture “The port” has no")
    assert said.select_one(f'[data-missing-block="{story.body_en[0].id}"]')
    said = bs4.BeautifulSoup(
        editor.edits(story).type(headline_en="").refused("publish"), "html.parser"
    )
    assert "Not published or submitted" in said.select_one(".archive-missing__held").text


@pytest.mark.parametrize(("second", "is_told"), [("reporter", True), ("photographer", False)])
def test_an_author_who_signs_twice_in_a_role_is_told_at_the_row(
    admin_client: Client, second: str, is_told: bool
) -> None:
    author = Author.objects.create(name_en="Priya Nair")
    place = make_article("Ships").get_parent()
    address = reverse("wagtailadmin_pages:add", args=["archive", "articlepage", place.pk])
    posted = {"source_language": "en", "headline_en": "Boats"}
    posted |= {"body_en-count": "0", "body_zh_hans-count": "0"}
    for rows in ("bylines", "entity_tags", "related_links", "comments"):
        posted |= {f"{rows}-TOTAL_FORMS": "0", f"{rows}-INITIAL_FORMS": "0"}
    posted["bylines-TOTAL_FORMS"] = "2"
    for at, role in enumerate(("reporter", second)):
        posted |= {f"bylines-{at}-author": author.pk, f"bylines-{at}-role": role}
        posted |= {f"bylines-{at}-id": "", f"bylines-{at}-ORDER": at + 1}
    said = admin_client.post(address, posted, headers={"accept": "application/json"}).json()
    assert ("signs the story in this role already" in str(said)) is is_told
    assert ArticlePage.objects.filter(title="Boats").exists() is not is_told


IMAGE = {"image": None, "caption": "", "alt_text": "", "credit": ""}
BLANK = '<p data-block-key="a"></p>'
TABLE = {"data": [["a", "b"]], "table_header_choice": ""}
# Each block half filled in, and how many things it lacks.
HALF_FILLED = [
    ("pull_quote", {"quote": " ", "attribution": "A sailor"}, 1),
    ("list", {"ordered": False, "items": [{"type": "item", "value": BLANK, "id": "i"}]}, 1),
    ("image", {**IMAGE, "caption": "A lost picture"}, 0),
    ("gallery", {"title": "Port", "pictures": []}, 0),
    ("embed", {"url": "", "caption": "A film"}, 1),
    ("fact_box", {"title": "", "text": "<p>Facts.</p>"}, 1),
    ("fact_box", {"title": "Facts", "text": BLANK}, 1),
    ("fact_box", {"title": "", "text": BLANK}, 2),
    ("table", TABLE, 1),
    ("correction", {"date": None, "text": "<p>It was two.</p>", "words": ""}, 0),
    ("correction", {"date": "2015-09-22", "text": BLANK, "words": ""}, 1),
    ("correction", {"date": "2015-09-22", "text": "<p>Two.</p>", "words": "not there"}, 1),
    ("subhead", "", 0),
    ("paragraph", BLANK, 0),
]


@pytest.mark.parametrize(("kind", "value", "lacking"), HALF_FILLED)
def test_what_publication_refuses_of_a_block_is_in_the_list(kind, value, lacking) -> None:
    editor = Person(make_editor())
    story = make_article("Ships", live=False, body=[*make_body("Text"), block(kind, value)])
    shown = listed(editor.client, story)
    assert shown.count(f'data-missing-block="{story.body_en[1].id}"') == lacking
    assert ("Nothing is missing" in shown) is (not lacking)
    form = editor.edits(story)
    if lacking:
        form.refused("publish")
    else:
        form.save("publish")
    assert again(story).live is (not lacking)
    with pytest.raises(ValidationError) if lacking else nullcontext():
        again(story).save_revision().publish()

"""What isn't fit for readers stays a draft, on every way that leads to them."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import TaskState

from archive.models import ArticlePage
from archive.stories.publish_guard import PublicationRefusedError, body_faults
from tests.desk.helpers import Person, again, edit_url, page_text, source_words, target_words
from tests.factories import block as make_block
from tests.factories import make_article, make_body, make_editor, make_image, translate

pytestmark = pytest.mark.django_db

CREDITED = {"credit": "Li Ming", "rights": "© China Daily"}


@pytest.fixture
def editor() -> Person:
    return Person(make_editor())


def picture(image: Any, **fields: str) -> dict[str, Any]:
    return {"image": image.pk, "caption": "", "alt_text": "", "credit": "", **fields}


def illustrated(block: dict[str, Any], *, live: bool) -> ArticlePage:
    """A story whose newest draft has the block; live ones without it."""
    article = make_article(
        live=live, body=make_body("Text") if live else [*make_body("Text"), block]
    )
    if live:
        form = Person(make_editor("illustrator")).edits(article)
        form.put_blocks("body_en", [*form.blocks["body_en"], block]).save()
    return article


def test_a_picture_block_has_a_picture_or_a_caption() -> None:
    lost = make_block("image", {"image": None, "caption": "", "alt_text": "Noodles"})
    kept = make_block("image", {"image": None, "caption": "Noodles, 1987.", "alt_text": ""})
    pictures = {"title": "", "pictures": [{"type": "item", "value": lost["value"]}]}
    for block in (lost, make_block("gallery", pictures)):
        story = illustrated(block, live=False)
        with pytest.raises(PublicationRefusedError, match="neither a picture nor a caption"):
            story.save_revision().publish()
    illustrated(kept, live=False).save_revision().publish()


@pytest.mark.parametrize(
    ("kind", "body", "is_refused"),
    [
        ("interview", [make_block("subhead", "Why boats?")], True),
        ("interview", [make_block("subhead", "Why boats?"), *make_body("Why not?")], False),
        ("news", [make_block("subhead", "Boats")], False),
    ],
)
def test_an_interviews_last_question_has_its_answer(kind, body, is_refused: bool) -> None:
    story = make_article("Boats", live=False, kind=kind, body=[*make_body("She smiles."), *body])
    revision = story.save_revision()
    if is_refused:
        with pytest.raises(PublicationRefusedError, match="no answer: “Why boats"):
            revision.publish()
    else:
        revision.publish()
    assert ArticlePage.objects.get().live != is_refused


def lacking(missing: str) -> dict[str, Any]:
    return make_block("image", picture(make_image(**{**CREDITED, missing: ""})))


def in_gallery(missing: str) -> dict[str, Any]:
    good, bad = make_image(**CREDITED), make_image(**{**CREDITED, missing: ""})
    items = [
        {"type": "item", "id": f"g{n}", "value": picture(i)} for n, i in enumerate((good, bad))
    ]
    return make_block("gallery", {"title": "Port", "pictures": items})


# Of these four, each meets each of the others.
@pytest.mark.parametrize("missing", ["credit", "rights", "alt_text_en"])
@pytest.mark.parametrize(
    ("kind", "live", "action"),
    [
        (lacking, True, "publish"),
        (lacking, False, "submit"),
        (in_gallery, True, "submit"),
        (in_gallery, False, "publish"),
    ],
)
def test_a_picture_without_credit_rights_or_alt_text_stays_a_draft(
    editor: Person, kind: Any, missing: str, live: bool, action: str
) -> None:
    article = illustrated(kind(missing), live=live)
    form = editor.edits(article).type(headline_en="Typed just now")
    shown = form.refused(action)
    assert "The picture “The port” has no" in shown
    assert "Typed just now" in shown
    assert "Typed just now" not in source_words(article)
    assert again(article).live == live
    form.save()
    assert "Typed just now" in str(again(article).latest_revision.content)


def test_what_a_picture_lacks_is_said_at_the_picture(editor: Person) -> None:
    form = editor.edits(illustrated(lacking("credit"), live=False))
    form.refused("publish")
    (error,) = form.response.context["form"].errors["body_en"].as_data()
    assert "has no credit" in str(error.block_errors[1].block_errors["image"])
    form = editor.edits(illustrated(in_gallery("rights"), live=False))
    form.refused("publish")
    (error,) = form.response.context["form"].errors["body_en"].as_data()
    listed = error.block_errors[1].block_errors["pictures"]
    assert "no copyright notice" in str(listed.block_errors[1].block_errors["image"])


def test_the_credit_that_a_story_prints_will_do(editor: Person) -> None:
    image = make_image(rights="© China Daily")
    article = illustrated(make_block("image", picture(image, credit="Reader's photo")), live=False)
    editor.edits(article).publish()
    assert again(article).live


@pytest.mark.parametrize(
    ("field", "value"), [("print_date", ""), ("publication", ""), ("headline_en", " ")]
)
@pytest.mark.parametrize("live", [True, False], ids=["live", "draft"])
def test_a_story_lacks_nothing_that_readers_need(
    editor: Person, field: str, value: str, live: bool
) -> None:
    article = make_article(live=live)
    before = source_words(article)
    form = editor.edits(article).type(**{field: value})
    form.refused("publish")
    assert again(article).live == live
    assert source_words(article) == before


def test_a_story_without_text_stays_a_draft(editor: Person) -> None:
    article = make_article(body=[], live=False)
    assert "needs a text" in editor.edits(article).refused("publish")


@pytest.mark.parametrize("asked_by_script", [True, False])
def test_an_approval_of_what_became_unfit_says_so(editor: Person, asked_by_script: bool) -> None:
    image = make_image(**CREDITED)
    article = illustrated(make_block("image", picture(image)), live=False)
    translate(article, headline="已译")
    editor.user.groups.add(Group.objects.get(name="Moderators"))
    editor.edits(again(article)).save("submit")
    image.rights = ""
    image.save()
    task = TaskState.objects.get(status="in_progress")
    url = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", task.pk])
    headers = {"X-Requested-With": "XMLHttpRequest"} if asked_by_script else {}
    response = editor.client.post(url, {"comment": ""}, headers=headers)
    assert response.status_code == (200 if asked_by_script else 302)
    assert "no copyright notice" in page_text(editor.client.get("/admin/"))
    assert not again(article).live
    assert again(article).workflow_in_progress
    assert "已译" in target_words(article)


def test_publishing_many_at_once_says_which_one_is_unfit(editor: Person) -> None:
    ready = make_article("Ready", live=False)
    article = illustrated(lacking("rights"), live=False)
    url = reverse("wagtail_bulk_action", args=["archive", "articlepage", "publish"])
    query = f"id={ready.pk}&id={article.pk}"
    response = editor.client.post(f"{url}?{query}", {"include_descendants": ""})
    assert response.status_code == 302
    page = BeautifulSoup(editor.client.get("/admin/").content, "html.parser")
    said = page.select_one(".messages .error")
    assert "Nothing was published or submitted" in said.text
    assert said.a["href"] == edit_url(article)
    assert said.a.text == article.title
    assert "no copyright notice" in said.li.text
    assert not again(article).live
    assert not again(ready).live


def test_a_refusal_is_told_in_the_language_of_the_interface() -> None:
    article, person = illustrated(lacking("rights"), live=False), Person(make_editor(), "zh-hans")
    url = reverse("wagtail_bulk_action", args=["archive", "articlepage", "publish"])
    person.client.post(f"{url}?id={article.pk}", {"include_descendants": ""})
    page = BeautifulSoup(person.client.get("/admin/").content, "html.parser")
    said = page.select_one(".messages .error").text
    assert "Nothing was published" not in said
    assert "没有发布或提交任何内容" in said


def test_each_fault_that_refuses_a_publication_has_a_line(editor: Person) -> None:
    article = illustrated(lacking("rights"), live=False)
    ArticlePage.objects.filter(pk=article.pk).update(headline_en=" ")
    again(article).save_revision(clean=False)
    url = reverse("wagtail_bulk_action", args=["archive", "articlepage", "publish"])
    editor.client.post(f"{url}?id={article.pk}", {"include_descendants": ""})
    page = BeautifulSoup(editor.client.get("/admin/").content, "html.parser")
    assert [one.text for one in page.select(".messages .error li")] == [
        "A published story needs a headline.",
        "The picture “The port” has no copyright notice. Add what is missing to the picture, "
        "then publish.",
    ]


@pytest.mark.parametrize(
    ("missing", "is_in_block"), [("rights", False), ("credit", True), ("alt_text_en", True)]
)
def test_what_the_story_may_say_of_a_picture_need_not_be_in_the_picture(
    missing: str, is_in_block: bool
) -> None:
    article = illustrated(lacking(missing), live=False)
    [(told, _block)] = body_faults(article.body_en, "en")
    assert ("Write it into the story" in told) is is_in_block


def test_a_message_never_sends_its_reader_to_another_site(editor: Person) -> None:
    article = illustrated(lacking("rights"), live=False)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    headers = {"referer": "https://evil.example/"}
    response = editor.client.post(f"{url}?id={article.pk}", {}, headers=headers)
    assert response.url == reverse("wagtailadmin_home")

"""Translators write the texts of pictures in their languages, and nothing else of a picture."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import ModelLogEntry

from archive.desk.groups import TRANSLATORS, make_group, plan_groups
from archive.models import ArchiveImage
from archive.text.language import CHINESE, ENGLISH, column, other
from tests.desk.helpers import Person, again, edit_url, page_text, translation_of
from tests.factories import block, make_article, make_image, make_user

pytestmark = pytest.mark.django_db

INTO = {CHINESE: "Archive translators into Chinese", ENGLISH: "Archive translators into English"}
TEXTS = {
    "caption_en": "The port of Zhanjiang",
    "caption_zh_hans": "湛江港",
    "alt_text_en": "Cranes over ships",
    "alt_text_zh_hans": "吊车与船",
}


@pytest.fixture
def image() -> ArchiveImage:
    return make_image(credit="Li Ming", rights="© China Daily", **TEXTS)


def translator(language: str, name: str = "translator") -> Person:
    call_command("make_groups", with_names=True, per_language=True, verbosity=0)
    return Person(make_user(name, Group.objects.get(name=INTO[language])))


def editor() -> Person:
    call_command("make_groups", verbosity=0)
    return Person(make_user("editor", Group.objects.get(name="Archive editors")))


def url_of(image: ArchiveImage) -> str:
    return reverse("archive_translation:picture_texts", args=[image.pk])


def opened(person: Person, image: ArchiveImage) -> dict[str, Any]:
    """What the browser would send from the form as it was opened."""
    form = person.client.get(url_of(image)).context["form"]
    return {name: form[name].value() for name in form.fields}


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_a_translator_writes_the_texts_in_the_language_that_is_theirs(
    image: ArchiveImage, language: str
) -> None:
    person = translator(language)
    own, others = column("caption", language), column("caption", other(language))
    data = {**opened(person, image), own: "New words", others: "Not theirs", "credit": "Nobody"}
    response = person.client.post(url_of(image), data)
    assert response.url == reverse("archive_translation:other_texts")
    saved = again(image)
    assert (getattr(saved, own), getattr(saved, others)) == ("New words", TEXTS[others])
    assert saved.credit == "Li Ming"
    assert ModelLogEntry.objects.get(action="wagtail.edit").user == person.user


def test_the_form_shows_the_other_languages_words_and_the_credit(image: ArchiveImage) -> None:
    shown = page_text(translator(CHINESE).client.get(url_of(image)))
    assert TEXTS["caption_en"] in shown
    assert "Li Ming" in shown
    assert 'name="caption_en"' not in shown


def test_an_editor_writes_both_languages(image: ArchiveImage) -> None:
    person = editor()
    typed = {"alt_text_en": "A", "caption_zh_hans": ""}
    person.client.post(url_of(image), {**opened(person, image), **typed})
    saved = again(image)
    assert (saved.alt_text_en, saved.caption_zh_hans) == ("A", "")


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
@pytest.mark.parametrize("name", ["edit", "delete"])
def test_a_translator_neither_deletes_nor_recredits_a_picture(
    image: ArchiveImage, language: str, name: str
) -> None:
    person = translator(language)
    address = reverse(f"wagtailimages:{name}", args=[image.pk])
    for response in (person.client.get(address), person.client.post(address, {"credit": "Me"})):
        assert (response.status_code, response.url) == (302, reverse("wagtailadmin_home"))
    assert again(image).credit == "Li Ming"


def test_nobody_else_reaches_the_form(image: ArchiveImage) -> None:
    call_command("make_groups", verbosity=0)
    plain = Person(make_user("plain", Group.objects.get(name=TRANSLATORS)))
    assert plain.client.get(url_of(image)).status_code == 302
    assert plain.client.post(url_of(image), {"caption_en": "X"}).status_code == 302
    assert again(image).caption_en == TEXTS["caption_en"]


def test_a_colleagues_text_is_not_overwritten_unseen(image: ArchiveImage) -> None:
    person = translator(CHINESE)
    mine = {**opened(person, image), "caption_zh_hans": "我的"}
    ArchiveImage.objects.filter(pk=image.pk).update(caption_zh_hans="同事的")
    response = person.client.post(url_of(image), mine)
    assert again(image).caption_zh_hans == "同事的"
    shown = page_text(response)
    assert "Meanwhile another text was saved: “同事的”" in shown
    assert response.context["form"]["caption_zh_hans"].value() == "我的"
    form = response.context["form"]
    person.client.post(url_of(image), {name: form[name].value() for name in form.fields})
    assert again(image).caption_zh_hans == "我的"


def test_a_text_that_was_not_touched_keeps_what_a_colleague_made_of_it(image: ArchiveImage) -> None:
    person = translator(CHINESE)
    mine = {**opened(person, image), "alt_text_zh_hans": "起重机"}
    ArchiveImage.objects.filter(pk=image.pk).update(caption_zh_hans="同事的\n两行")
    person.client.post(url_of(image), mine)
    saved = again(image)
    assert (saved.caption_zh_hans, saved.alt_text_zh_hans) == ("同事的\n两行", "起重机")


def test_a_refused_form_keeps_what_was_typed(image: ArchiveImage) -> None:
    person = translator(CHINESE)
    typed = {"caption_zh_hans": "新", "alt_text_zh_hans": "长" * 501}
    response = person.client.post(url_of(image), {**opened(person, image), **typed})
    form = response.context["form"]
    assert {name: form[name].value() for name in typed} == typed
    assert again(image).caption_zh_hans == TEXTS["caption_zh_hans"]


def test_the_list_of_other_texts_leads_to_the_form_and_back() -> None:
    image = make_image(caption_en="The port")
    listed = reverse("archive_translation:other_texts") + "?kind=caption"
    person = translator(CHINESE)
    link = f"{url_of(image)}?{urlencode({'next': listed})}"
    assert link.replace("&", "&amp;") in person.client.get(listed).content.decode()
    saved = person.client.post(link, {"caption_zh_hans": "港口", "next": listed})
    assert saved.url == listed
    # In the other language there is nothing for them to do.
    assert url_of(image) not in translator(ENGLISH, "other").client.get(listed).content.decode()


def test_a_segment_of_a_picture_leads_to_the_form(image: ArchiveImage) -> None:
    body = [block("image", {"image": image.pk, "caption": "The port today"})]
    translation = make_article(body=body).translations.get()
    person = translator(CHINESE)
    person.user.groups.add(make_group(plan_groups()[1])[0])
    back = urlencode({"next": edit_url(translation)})
    page = person.client.get(edit_url(translation)).content.decode()
    assert f'href="{url_of(image)}?{back}"' in page


def test_the_desk_says_where_a_picture_has_no_description_in_the_language() -> None:
    image = make_image(credit="Li Ming", rights="© China Daily", alt_text_zh_hans="")
    picture = {"image": image.pk, "caption": "The port", "alt_text": "", "credit": ""}
    article = make_article(body=[block("image", picture)])
    person, words = translator(CHINESE), "no alternative text in this language yet"
    person.user.groups.add(make_group(plan_groups()[1])[0])
    assert words in page_text(person.client.get(edit_url(translation_of(article))))
    ArchiveImage.objects.filter(pk=image.pk).update(alt_text_zh_hans="吊车与船")
    assert words not in page_text(person.client.get(edit_url(translation_of(article))))

"""Captions, names, ties, sections: what readers see and nobody has translated."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from archive.desk.queue.other_texts import counts
from archive.models import Author, Office
from archive.text.language import CHINESE, ENGLISH
from tests.desk.helpers import Person, page_text
from tests.factories import (
    block,
    make_article,
    make_entity,
    make_image,
    make_publication,
    make_section,
    make_tie,
    make_translator,
    tag,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return Person(make_translator())


def listed(person: Person, **params: str) -> list[Any]:
    response = person.client.get(reverse("archive_translation:other_texts"), params)
    assert response.status_code == 200
    return list(response.context["object_list"])


def kinds(person: Person, **params: str) -> set[tuple[str, str]]:
    return {(text.source.kind, text.language) for text in listed(person, **params)}


def make_one_of_each() -> None:
    make_image(caption_en="The port", alt_text_zh_hans="港口")
    place = make_entity("hope", "Hope", "", description_zh_hans="港口城市。", region_en="BC")
    person = make_entity("wang", "Wang", "王", kind="person")
    Office.objects.create(person=person, title_en="Mayor", as_of="2015")
    make_tie(place, make_entity(), description_en="Signed in 2005.")
    Author.objects.create(name_zh_hans="李明", about_en="Reporter.")
    section = make_section()
    section.intro_en = "All of it."
    section.save()
    publication = make_publication()
    publication.name_zh_hans, publication.intro_zh_hans = "", "报纸"
    publication.save()


EACH = {
    ("caption", CHINESE),
    ("alt_text", ENGLISH),
    ("name", CHINESE),
    ("description", ENGLISH),
    ("region", CHINESE),
    ("office", CHINESE),
    ("tie", CHINESE),
    ("evidence", CHINESE),
    ("author", ENGLISH),
    ("author_about", CHINESE),
    ("section_intro", CHINESE),
    ("publication", CHINESE),
    ("publication_intro", ENGLISH),
}


def test_lists_all_that_lacks_a_language(person: Person) -> None:
    make_one_of_each()
    assert kinds(person) == EACH
    assert {key for key, number in counts().items() if number} == EACH


def test_texts_are_counted_as_texts(person: Person) -> None:
    for name in ("李明", "王红"):
        Author.objects.create(name_zh_hans=name)
    shown = page_text(person.client.get(reverse("archive_translation:other_texts")))
    assert "2 texts" in shown
    assert "2 images" not in shown


def test_what_is_in_both_languages_or_in_none_is_not_listed(person: Person) -> None:
    make_entity()
    make_image(caption_en="The port", caption_zh_hans="港口")
    make_section()
    assert listed(person) == []


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"kind": "caption"}, {("caption", CHINESE)}),
        ({"language": ENGLISH}, {key for key in EACH if key[1] == ENGLISH}),
        ({"kind": "caption", "language": ENGLISH}, set()),
        ({"kind": "no such kind", "language": "fr"}, EACH),
    ],
)
def test_filters_by_kind_and_language(
    person: Person, params: dict[str, str], found: set[tuple[str, str]]
) -> None:
    make_one_of_each()
    assert kinds(person, **params) == found


def test_tabs_count_under_the_other_filter(person: Person) -> None:
    make_one_of_each()
    url = reverse("archive_translation:other_texts")
    context = person.client.get(url, {"language": ENGLISH}).context
    tabs = {str(tab.label): tab.count for tab in context["tabs"]}
    assert (tabs["All"], tabs["Alternative texts"]) == (4, 1)
    assert "Captions" not in tabs
    assert [tab.count for tab in context["shortcuts"]] == [4, 9]


def test_what_readers_meet_comes_first_and_says_where(person: Person) -> None:
    hidden, shown = (make_image(caption_en=name) for name in ("Hidden", "Shown"))
    picture = {"image": shown.pk, "caption": "", "alt_text": "Ships", "credit": "Li"}
    shown.credit = shown.rights = "Li"
    shown.save()
    make_article("Harbour", body=[block("image", picture)])
    drafted = {"image": hidden.pk, "caption": "", "alt_text": "", "credit": "Li"}
    make_article("Draft", body=[block("image", drafted)], live=False)
    first, second = listed(person, kind="caption")
    assert (first.words, first.uses, str(first.story)) == ("Shown", 1, "Harbour")
    assert (second.words, second.uses, second.story) == ("Hidden", 0, None)
    assert "Harbour" in page_text(person.client.get(reverse("archive_translation:other_texts")))


def test_a_name_in_more_live_stories_comes_first(person: Person) -> None:
    rare, frequent, unused = (make_entity(key, key, "") for key in ("rare", "frequent", "unused"))
    for number in range(3):
        article = make_article(f"Story {number}")
        tag(article, frequent)
    tag(article, rare)
    found = listed(person, kind="name")
    assert [(str(text.thing), text.uses) for text in found] == [
        ("frequent", 3),
        ("rare", 1),
        ("unused", 0),
    ]
    assert found[0].others == 2
    assert unused.pk == found[2].thing.pk


def test_links_only_where_the_person_may_edit() -> None:
    make_entity("hope", "Hope", "")
    person = Person(make_translator())
    assert [text.edit_url for text in listed(person)] == [""]
    permission = Permission.objects.get(codename="change_entity")
    person.user.user_permissions.add(permission)
    (text,) = listed(Person(type(person.user).objects.get(pk=person.user.pk)))
    assert "/entity/edit/" in text.edit_url


def test_offices_and_evidence_are_filled_in_where_they_belong() -> None:
    make_one_of_each()
    admin = make_translator("boss")
    admin.is_superuser = True
    admin.save()
    urls = {text.source.kind: text.edit_url for text in listed(Person(admin))}
    assert "/entity/edit/" in urls["office"]
    assert "/tie/edit/" in urls["evidence"]
    assert all(urls.values())


def test_costs_the_same_for_any_number(django_assert_max_num_queries: Any) -> None:
    admin = make_translator("boss")
    admin.is_superuser = True
    admin.save()
    person = Person(admin)
    for number in range(8):
        uploader = make_translator(f"uploader-{number}")
        make_image(caption_en=f"Port {number}", uploaded_by_user=uploader)
        tag(make_article(f"Story {number}"), make_entity(f"place-{number}", f"P{number}", ""))
    make_one_of_each()
    listed(person)
    with django_assert_max_num_queries(40):
        assert len(listed(person)) == 16 + len(EACH)

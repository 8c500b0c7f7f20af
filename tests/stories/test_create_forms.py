"""Every form that makes something saves with the least that it asks for, and no script runs."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from archive.contrib.dossiers.models import DossierPage
from archive.entities.same_names import CONFIRMED
from archive.models import (
    ArticlePage,
    Author,
    Entity,
    InformationPage,
    PublicationPage,
    SectionPage,
)
from archive.stories.models import HomePage, IssuePage, YearPage
from tests.factories import (
    make_article,
    make_entity,
    make_publication,
    make_section,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
# What a person types into a field of each kind.
TYPED = {"text": "湛江港", "date": "2015-09-23", "number": "3", "url": "https://example.com/"}
PAGES = [
    (HomePage, PublicationPage),
    (HomePage, InformationPage),
    (HomePage, DossierPage),
    (PublicationPage, SectionPage),
    (PublicationPage, YearPage),
    (YearPage, IssuePage),
    (IssuePage, ArticlePage),
    (PublicationPage, ArticlePage),
]
SNIPPETS = [model for model in get_snippet_models() if model._meta.app_label == "archive"]


@pytest.fixture
def story() -> ArticlePage:
    make_entity()
    make_entity("chicago", "Chicago", "芝加哥", country="US")
    return make_article()


@pytest.fixture
def boss(client: Client) -> Client:
    client.force_login(make_user("boss", is_superuser=True))
    return client


@pytest.mark.parametrize(("parent", "kind"), PAGES)
def test_a_new_page_saves(parent: type[Page], kind: type[Page], boss: Client, story: Any) -> None:
    place = parent.objects.get()
    path = reverse(
        "wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, place.pk]
    )
    saves(boss, path, {"title": "2016"} if kind is YearPage else {})
    made = kind.objects.latest("pk")
    assert made.slug.isascii()
    assert made.get_parent().pk == place.pk or kind is ArticlePage


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        ({"name_en": "Ports & ships", "name_zh_hans": "港口"}, "ports-ships"),
        ({"name_zh_hans": "湛江港"}, "zhanjiang-gang"),
        ({"name_en": "Two harbours"}, "two-harbours"),
    ],
)
@pytest.mark.parametrize(("parent", "kind"), [one for one in PAGES if hasattr(one[1], "name_en")])
def test_its_slug_is_made_of_its_name_and_is_free(
    names: dict[str, str], slug: str, parent: type[Page], kind: Any, boss: Client, story: Any
) -> None:
    place = parent.objects.get()
    path = reverse(
        "wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, place.pk]
    )
    values = {**values_of(boss, path), **names}
    assert boss.post(path, values).status_code == 302
    # A person says that it is another one of the same name.
    values[CONFIRMED] = str(kind.objects.latest("pk").pk)
    assert boss.post(path, values).status_code == 302
    made = kind.objects.child_of(place).order_by("-pk")[:2]
    assert [page.slug for page in made] == [f"{slug}-2", slug]


NAMED = [
    (HomePage, PublicationPage),
    (PublicationPage, SectionPage),
    (None, Author),
    (None, Entity),
]


@pytest.mark.parametrize(("parent", "kind"), NAMED)
def test_a_second_one_of_the_same_names_is_made_only_if_a_person_says_so(
    parent: type[Page] | None, kind: Any, boss: Client, story: Any
) -> None:
    path = _address(parent, kind)
    names = {"name_en": "Port Office", "name_zh_hans": "港务局"}
    values = {**values_of(boss, path), **names, "kind": "organisation"}
    assert boss.post(path, values).status_code == 302
    first = kind.objects.latest("pk")
    # As a person types it the second time; a name in one language says nothing else.
    for changed in ({"name_en": " port office"}, {"name_zh_hans": ""}):
        asked = boss.post(path, {**values, **changed})
        assert "is there already under the same name" in faults(asked.content)["name_en"]
        assert edit_form(asked.content).xpath(f".//*[@name='{CONFIRMED}']/@value") == [
            str(first.pk)
        ]
    assert kind.objects.latest("pk") == first
    another = {**values, "name_zh_hans": "海事局"}
    assert boss.post(path, another).status_code == 302
    assert boss.post(path, {**values, CONFIRMED: str(first.pk)}).status_code == 302


def test_a_section_of_another_paper_may_have_the_name(boss: Client, story: Any) -> None:
    make_section()
    other = make_publication("times", en="Times", zh="泰晤士报")
    path = reverse("wagtailadmin_pages:add", args=["archive", "sectionpage", other.pk])
    names = {"name_en": "World", "name_zh_hans": "国际"}
    assert boss.post(path, {**values_of(boss, path), **names}).status_code == 302


def test_what_is_renamed_into_another_one_is_asked_about(boss: Client, story: Any) -> None:
    PublicationPage.objects.get()
    other = make_publication("times", en="Times", zh="泰晤士报")
    path = reverse("wagtailadmin_pages:edit", args=[other.pk])
    values = values_of(boss, path)
    assert boss.post(path, {**values, "name_en": "The Times"}).status_code == 302
    asked = boss.post(path, {**values, "name_en": "China Daily", "name_zh_hans": "中国日报"})
    assert "is there already" in faults(asked.content)["name_en"]


def _address(parent: type[Page] | None, kind: Any) -> str:
    if parent is None:
        return reverse(kind.snippet_viewset.get_url_name("add"))
    place = parent.objects.get().pk
    return reverse("wagtailadmin_pages:add", args=["archive", kind._meta.model_name, place])


def test_a_page_without_a_name_says_so_at_the_name(boss: Client, story: Any) -> None:
    path = reverse("wagtailadmin_pages:add", args=["archive_dossiers", "dossierpage", home().pk])
    response = boss.post(path, values_of(boss, path))
    assert faults(response.content) == {"name_en": "Give the name in at least one language."}


@pytest.mark.parametrize("model", SNIPPETS)
def test_a_new_snippet_saves(model: Any, boss: Client, story: Any) -> None:
    path = reverse(model.snippet_viewset.get_url_name("add"))
    if boss.get(path).status_code == 200:
        before = model.objects.count()
        saves(boss, path, {})
        assert model.objects.count() == before + 1


def home() -> Page:
    return HomePage.objects.get()


def saves(client: Client, path: str, given: dict[str, str]) -> None:
    """Fill in what is marked, and then what the refusal names: each fault names a field."""
    values = values_of(client, path) | required(client.get(path).content) | given
    response = client.post(path, values)
    if response.status_code == 200:
        named = faults(response.content)
        assert named, f"{path} is refused, and no field is named"
        form = edit_form(response.content)
        assert "" not in named, f"{path}: {named}"
        for name in named:
            values[name] = typed(form, name)
        response = client.post(path, values)
    assert response.status_code == 302, faults(response.content)


def edit_form(content: bytes) -> Any:
    return html.fromstring(content).xpath("//form[@data-edit-form or @id='w-editor-form']")[0]


def values_of(client: Client, path: str) -> dict[str, Any]:
    """What a browser without scripts sends of the form as it stands."""
    form = edit_form(client.get(path).content)
    values: dict[str, Any] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    for one in form.xpath(".//*[@data-block]"):
        values[f"{one.get('id')}-count"] = ["0"]
    return values


def required(content: bytes) -> dict[str, str]:
    """The fields with a mark, filled in."""
    form = edit_form(content)
    labels = form.xpath(".//label[.//*[contains(@class, 'w-required-mark')]]/@for")
    names = form.xpath(" | ".join(f".//*[@id={label!r}]/@name" for label in labels) or "./@no")
    return {name: typed(form, name) for name in names if "__prefix__" not in name}


def typed(form: Any, name: str) -> str:
    [field] = form.xpath(f".//*[@name={name!r}]")[:1]
    if field.tag == "select":
        return str(next(filter(None, field.xpath("./option/@value"))))
    if field.get("type") == "hidden" and "id_" + name + "-chooser" in html.tostring(form).decode():
        number = 1 if name.endswith(("a", "article")) else 2
        return str(number)
    kind = "date" if "date" in name else field.get("type", "text")
    return TYPED.get(kind, TYPED["text"])


def faults(content: bytes) -> dict[str, str]:
    """Each fault's words, by the field beside which they stand; "" for none."""
    found = {}
    form = edit_form(content)
    for one in form.xpath(".//*[contains(@class, 'error-message')]"):
        words = " ".join(one.text_content().split())
        field = one.xpath("ancestor::*[@data-field]//*[@name]/@name")
        if words:
            found[str(field[0]) if field else ""] = words
    return found

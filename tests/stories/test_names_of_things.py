"""Whatever the archive keeps can be called by something: nothing is "Author object (8)"."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from lxml.html import document_fromstring
from modeltranslation.translator import translator

from archive.models import Author
from archive.text.language import LANGUAGES, column
from tests.desk.form_data import controls
from tests.factories import make_publication, make_user
from tests.own_models import own_models

MODELS = own_models(include_auto_created=True)
# What a thing is called by, in both languages.
NAMES = ("name", "headline", "term", "title")


def called_by(model: Any) -> list[tuple[Any, str]]:
    """Its field of both languages that is its name, if it has one."""
    if model not in translator.get_registered_models() or model._meta.abstract:
        return []
    fields = translator.get_options_for_model(model).get_field_names()
    return [(model, name) for name in NAMES if name in fields][:1]


NAMED = [one for model in MODELS for one in called_by(model)]


@pytest.mark.parametrize("model", MODELS, ids=lambda one: one.__name__)
def test_every_model_says_what_it_is(model: Any) -> None:
    assert model.__str__ is not models.Model.__str__


def test_names_are_looked_for_where_they_are() -> None:
    assert {"Author", "Entity", "SectionPage", "ArticlePage"} <= {m.__name__ for m, _n in NAMED}


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "name"), NAMED)
@pytest.mark.parametrize("blank", ["", "  "])
def test_nothing_is_without_a_name_in_both_languages(model: Any, name: str, blank: str) -> None:
    columns = [column(name, language) for language in LANGUAGES]
    thing = model(**dict.fromkeys(columns, blank))
    others = [one.name for one in model._meta.fields if one.name not in columns]
    with pytest.raises(ValidationError) as caught:
        # As a form does, which has only some of the fields.
        thing.full_clean(exclude=others)
    assert set(caught.value.message_dict) & set(columns)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "is_saved"), [("", False), ("李娜", True)])
def test_an_author_needs_a_name_in_one_language(client: Any, name: str, is_saved: bool) -> None:
    client.force_login(make_user("boss", is_superuser=True))
    url = reverse("wagtailsnippets_archive_author:add")
    answer = client.post(url, {"name_en": "", "name_zh_hans": name, "about_en": "", "person": ""})
    assert Author.objects.exists() is is_saved
    assert ("Give the name in at least one language" in answer.content.decode()) is not is_saved


@pytest.mark.django_db
def test_a_section_without_a_name_is_asked_for_it(client: Any) -> None:
    client.force_login(make_user("boss", is_superuser=True))
    parent = make_publication()
    url = reverse("wagtailadmin_pages:add", args=["archive", "sectionpage", parent.pk])
    [form] = document_fromstring(client.get(url).content).xpath("//form[@data-edit-form]")
    answer = client.post(url, {**controls(form), "slug": "x"})
    assert "Give the name in at least one language" in answer.content.decode()
    assert not parent.get_children().filter(slug="x").exists()

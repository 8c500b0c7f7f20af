"""Terms of the database beside the names: read with them, and anew when one changes."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models.signals import post_save
from wagtail.log_actions import log

from archive.entities.glossary.termbase import (
    forget_glossary,
    forget_terms,
    load_glossary,
    load_termbase,
)
from archive.entities.glossary.terms import Form, find_terms
from archive.models import GlossaryTerm
from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_entity, make_term

pytestmark = pytest.mark.django_db


def found(text: str, language: str) -> list[str]:
    base = load_termbase()
    names = base.names.find(text, language)
    return [text[hit.start : hit.end] for hit in find_terms(base.terms, text, language, names)]


def test_a_term_has_its_forms_those_that_follow_and_those_that_are_forbidden() -> None:
    row = make_term(variants_zh_hans="生态脚印", forbidden_en="eco-footprint")
    (term,) = load_termbase().terms.terms
    assert (term.entity_id, term.kind) == (row.pk, "term")
    assert set(term.forms) == {
        Form("ecological footprint", ENGLISH),
        Form("ecological footprints", ENGLISH, "inflected"),
        Form("eco-footprint", ENGLISH, "alias", True),
        Form("eco-footprints", ENGLISH, "inflected", True),
        Form("生态足迹", CHINESE),
        Form("生态脚印", CHINESE, "alias"),
    }


def test_terms_are_found_in_any_case_and_number_and_within_unspaced_text() -> None:
    make_term("sister city", "友好城市")
    assert found("Sister cities are no SISTER CITY.", ENGLISH) == ["Sister cities", "SISTER CITY"]
    assert found("两市结为友好城市。", CHINESE) == ["友好城市"]
    assert found("Sister citizens met.", ENGLISH) == []


def test_what_is_a_name_or_part_of_one_is_no_term() -> None:
    make_term("sister city", "友好城市")
    make_term("belt and road", "一带一路")
    make_entity("bri", "Belt and Road", "“一带一路”倡议", kind="topic")
    assert found("The Belt and Road", ENGLISH) == []
    make_entity("sci", "Sister City International", "国际友好城市协会", kind="organisation")
    assert found("Sister City International met a sister city.", ENGLISH) == ["sister city"]
    assert found("国际友好城市协会", CHINESE) == []


def test_names_and_terms_are_asked_for_in_one_query(django_assert_num_queries) -> None:
    make_entity()
    for number in range(5):
        make_term(f"term {number}", f"术语{number}")
    load_termbase()
    with django_assert_num_queries(1):
        base = load_termbase()
    forget_terms()
    with django_assert_num_queries(2):
        assert load_termbase().names is base.names
    forget_glossary()
    with django_assert_num_queries(3):
        assert load_glossary() is not base.names
    with django_assert_num_queries(1):
        assert len(load_termbase().terms.terms) == 5


def test_a_change_by_another_process_is_noticed() -> None:
    """Another process sends no signal here; it leaves an entry in the log."""
    term = make_term()
    before = load_termbase().terms
    handlers, post_save.receivers = post_save.receivers, []
    post_save.sender_receivers_cache.clear()
    try:
        GlossaryTerm.objects.filter(pk=term.pk).update(term_en="carbon footprint")
        log(term, "wagtail.edit")
    finally:
        post_save.receivers = handlers
        post_save.sender_receivers_cache.clear()
    assert load_termbase().terms != before
    assert found("A carbon footprint.", ENGLISH) == ["carbon footprint"]


def test_a_deleted_term_is_gone() -> None:
    term = make_term()
    load_termbase()
    term.delete()
    assert load_termbase().terms.terms == ()


@pytest.mark.parametrize(
    ("fields", "column"),
    [
        ({"term_zh_hans": ""}, "term_zh_hans"),
        ({"forbidden_en": "footprint；Ecological Footprint;new term"}, "forbidden_en"),
        ({"term_en": "Ecological Footprint", "term_zh_hans": "生态足迹"}, "term_en"),
    ],
)
def test_a_term_has_both_languages_and_no_form_is_both_allowed_and_forbidden(
    fields, column
) -> None:
    make_term()
    term = GlossaryTerm(**{"term_en": "new term", "term_zh_hans": "新词", **fields})
    with pytest.raises(ValidationError) as caught:
        term.clean()
    assert list(caught.value.message_dict) == [column]

"""Terms at the desk: beside the segment, checked, and added from what is selected."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.template.loader import render_to_string
from django.urls import reverse

from archive.desk.editor.hints import names_section
from archive.desk.findings import findings_section, story_of
from archive.desk.segments import rows
from archive.entities.glossary.termbase import load_termbase
from archive.models import EntityName, GlossaryTerm, Translation
from archive.qa.runner import check_story
from tests.factories import (
    block,
    make_article,
    make_entity,
    make_term,
    make_translator,
    translate,
)

pytestmark = pytest.mark.django_db
KEY = "00000000-0000-4000-8000-00000000aaaa"


def make_translation(source: str, target: str = "") -> Translation:
    article = make_article("A visit", body=[block("paragraph", f"<p>{source}</p>", KEY)])
    return translate(article, publish=False, **{KEY: f"<p>{target}</p>"})


def row_of(translation: Translation) -> Any:
    draft = translation.get_latest_revision_as_object()
    return draft, next(row for row in rows(draft) if row.source.key == KEY)


@pytest.fixture
def translator(db):
    user = make_translator("li")
    user.user_permissions.add(Permission.objects.get(codename="add_glossaryterm"))
    return user


def test_the_sidebar_says_what_to_write_and_what_it_means(translator) -> None:
    make_term(
        definition_zh_hans="人所占用的土地。",
        variants_zh_hans="生态印迹",
        forbidden_zh_hans="生态脚印",
        note="As the UN has it.",
    )
    draft, row = row_of(make_translation("Their ecological footprints grew.", "生态足迹增大。"))
    context = names_section(draft, row, translator)
    (one,) = context["terms"]
    assert (one.found, one.forms, one.in_target) == (
        "ecological footprints",
        ["生态足迹", "生态印迹"],
        True,
    )
    html = render_to_string("archive/admin/sidebar/names.html", context)
    assert re.findall(r'data-insert="([^"]*)" data-first data-definition="([^"]*)"', html) == [
        ("生态足迹", "人所占用的土地。")
    ]
    assert "As the UN has it." in html
    assert '<s lang="zh-hans">生态脚印</s>' in html
    # Who may change terms is led to the form.
    assert "/edit/" not in html
    assert "<h4>Names</h4>" not in html


@pytest.mark.parametrize(
    ("target", "is_there"),
    [("生态脚印增大。", False), ("生态足迹增大。", True), ("生态脚印，即生态足迹。", True)],
)
def test_a_forbidden_form_alone_is_not_the_term_in_the_translation(
    translator, target: str, is_there: bool
) -> None:
    make_term(forbidden_zh_hans="生态脚印")
    draft, row = row_of(make_translation("An ecological footprint.", target))
    (one,) = names_section(draft, row, translator)["terms"]
    assert one.in_target == is_there


@pytest.mark.parametrize(("target", "is_there"), [("抵达湛江港。", False), ("抵达湛江。", True)])
def test_nor_is_a_forbidden_form_of_a_name(translator, target: str, is_there: bool) -> None:
    EntityName.objects.create(
        entity=make_entity(), language="zh-hans", text="湛江港", kind="alias", forbidden=True
    )
    draft, row = row_of(make_translation("They reached Zhanjiang.", target))
    (one,) = names_section(draft, row, translator)["names"]
    assert one.named.in_target == is_there


def test_a_definition_in_the_other_language_is_better_than_none(translator) -> None:
    make_term(definition_en="Land that one uses.")
    draft, row = row_of(make_translation("An ecological footprint."))
    (one,) = names_section(draft, row, translator)["terms"]
    assert (one.definition, one.definition_language) == ("Land that one uses.", "en")


@pytest.mark.parametrize("number", [1, 6])
def test_terms_cost_one_query_however_many(translator, number, django_assert_num_queries) -> None:
    for n in range(number):
        make_term(f"term {'abcdef'[n]}", f"词语{n}")
    words = ", ".join(f"term {letter}" for letter in "abcdef"[:number])
    draft, row = row_of(make_translation(f"Of {words}."))
    load_termbase()
    translator.has_perm("archive.change_entity")
    with django_assert_num_queries(2):
        assert len(names_section(draft, row, translator)["terms"]) == number


def test_the_findings_of_a_segment_cost_no_query_more_for_terms(
    translator, django_assert_num_queries
) -> None:
    draft, row = row_of(make_translation("An ecological footprint in Zhanjiang.", "足迹。"))
    make_entity()
    load_termbase()
    with django_assert_num_queries(2):
        names_alone = findings_section(draft, row, translator)["open"]
    make_term()
    load_termbase()
    with django_assert_num_queries(2):
        found = findings_section(draft, row, translator)["open"]
    ids = [[one.first.finding.check_id for one in each] for each in (names_alone, found)]
    assert set(ids[1]) - set(ids[0]) == {"term-missing"}


def test_a_forbidden_form_keeps_a_translation_from_publication() -> None:
    make_term(forbidden_zh_hans="生态脚印")
    draft, _row = row_of(make_translation("An ecological footprint.", "生态脚印。"))
    errors = [one for one in check_story(story_of(draft)) if one.severity == "error"]
    assert [(one.check_id, one.message) for one in errors] == [
        ("term-forbidden", "“生态脚印” is forbidden: write 生态足迹.")
    ]


def post(client, translation: Translation, **values: str) -> Any:
    url = reverse("archive_translation:add_term", args=[translation.pk])
    data = {"term_en": "sister city", "term_zh_hans": "友好城市", "part_of_speech": "noun"}
    return client.post(url, {**data, **values}, headers={"X-Requested-With": "XMLHttpRequest"})


def test_a_translator_adds_a_term_and_it_is_checked_at_once(client, translator) -> None:
    translation = make_translation("They are sister cities.", "他们是朋友。")
    client.force_login(translator)
    answer = post(client, translation, definition_zh_hans="结好的城市。")
    assert answer.json() == {"message": "Added to the glossary: sister city · 友好城市"}
    term = GlossaryTerm.objects.get()
    assert (term.author, term.definition_zh_hans) == (translator, "结好的城市。")
    draft, _row = row_of(translation)
    assert "term-missing" in {one.check_id for one in check_story(story_of(draft))}


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"term_zh_hans": " "}, "Give the term in both languages."),
        ({"forbidden_zh_hans": "友好城市"}, "is also listed as allowed"),
        ({"part_of_speech": "name"}, "not one of the available choices"),
        ({"term_en": "x" * 201}, "at most 200 characters"),
        ({"note": "\x00", "term_en": "a\x00b"}, "Null characters"),
    ],
)
def test_what_is_no_term_is_refused_with_the_reason(client, translator, values, message) -> None:
    client.force_login(translator)
    answer = post(client, make_translation("They met."), **values)
    assert answer.status_code == 400
    assert message in answer.json()["error"]
    assert not GlossaryTerm.objects.exists()


def test_a_term_is_not_added_twice(client, translator) -> None:
    make_term("Sister city", "友好城市")
    client.force_login(translator)
    answer = post(client, make_translation("They met."))
    assert answer.json() == {"error": "This term is in the list already."}


def test_it_takes_the_right_to_add_terms_and_to_the_translation(client, translator) -> None:
    translation = make_translation("They met.")
    client.force_login(make_translator("wang"))
    assert post(client, translation).status_code == 403
    other = make_translator("zhao", languages=("en",))
    other.user_permissions.add(Permission.objects.get(codename="add_glossaryterm"))
    client.force_login(other)
    assert post(client, translation).status_code == 403
    assert not GlossaryTerm.objects.exists()

"""The list of terms over HTTP: found, added, taken in and given out as files."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from archive.desk.groups import EDITORS, REVIEWERS, TRANSLATORS, make_groups
from archive.models import GlossaryTerm
from tests.factories import make_term, make_user

pytestmark = pytest.mark.django_db

ADMIN = "wagtailsnippets_archive_glossaryterm"
LIST = f"{ADMIN}:list"


@pytest.fixture
def groups(db):
    make_groups()
    return {group.name: group for group in Group.objects.all()}


@pytest.fixture
def editor(client, groups):
    user = make_user("wang", groups[EDITORS])
    client.force_login(user)
    return user


def form(**values: str) -> dict[str, str]:
    names = ("term", "definition", "variants", "forbidden")
    empty = {f"{name}_{language}": "" for name in names for language in ("en", "zh_hans")}
    return {**empty, "part_of_speech": "noun", "note": "", **values}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=footprint", ["ecological footprint"]),
        ("q=友好", ["sister city"]),
        ("q=姐妹", ["sister city"]),
        ("q=Land that", ["ecological footprint"]),
        ("part_of_speech=verb", ["carry out"]),
        ("", ["carry out", "ecological footprint", "sister city"]),
    ],
)
def test_the_list_is_searched_in_both_languages(client, editor, query, found) -> None:
    make_term(definition_en="Land that one uses.")
    make_term("sister city", "友好城市", forbidden_zh_hans="姐妹城市")
    make_term("carry out", "实施", part_of_speech="verb")
    response = client.get(f"{reverse(LIST)}?{query}")
    assert [term.term_en for term in response.context["object_list"]] == found


@pytest.mark.parametrize("number", [1, 8])
def test_the_list_costs_the_same_for_any_number(
    client, editor, number, django_assert_max_num_queries
) -> None:
    for n in range(number):
        make_term(f"term {n}", f"术语{n}", author=editor)
    client.get(reverse(LIST))
    with django_assert_max_num_queries(16):
        client.get(reverse(LIST))


def test_a_new_term_is_its_authors(client, editor) -> None:
    values = form(term_en="sister city", term_zh_hans="友好城市", forbidden_zh_hans="姐妹城市")
    response = client.post(reverse(f"{ADMIN}:add"), values)
    assert response.status_code == 302
    term = GlossaryTerm.objects.get()
    assert (term.author, term.forbidden_in("zh-hans")) == (editor, ["姐妹城市"])


def test_a_term_in_one_language_is_refused(client, editor) -> None:
    response = client.post(reverse(f"{ADMIN}:add"), form(term_en="sister city"))
    assert response.status_code == 200
    assert "Give the term in both languages." in response.content.decode()


@pytest.mark.parametrize(
    ("group", "add", "edit"),
    [(EDITORS, 200, 200), (REVIEWERS, 200, 200), (TRANSLATORS, 200, 302)],
)
def test_translators_add_and_others_change(client, groups, group, add, edit) -> None:
    term = make_term()
    client.force_login(make_user("li", groups[group]))
    assert client.get(reverse(LIST)).status_code == 200
    assert client.get(reverse(f"{ADMIN}:add")).status_code == add
    assert client.get(reverse(f"{ADMIN}:edit", args=[term.pk])).status_code == edit
    assert client.get(reverse("archive_exchange:import_terms")).status_code == edit
    assert client.get(reverse("archive_exchange:terms_tbx")).status_code == 200


@pytest.mark.parametrize(("group", "left"), [(TRANSLATORS, 1), (EDITORS, 0)])
def test_terms_are_deleted_in_bulk_by_who_keeps_them(client, groups, group, left) -> None:
    term = make_term()
    client.force_login(make_user("li", groups[group]))
    url = reverse("wagtail_bulk_action", args=["archive", "glossaryterm", "delete"])
    client.post(f"{url}?id={term.pk}")
    assert GlossaryTerm.objects.count() == left


def test_who_has_no_part_in_terms_gets_nothing(client, groups) -> None:
    make_term()
    user = make_user("reader")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    addresses = [f"{ADMIN}:{name}" for name in ("list", "add")]
    for address in (*addresses, "archive_exchange:import_terms", "archive_exchange:terms_tbx"):
        assert client.get(reverse(address)).status_code == 302


def test_a_translator_changes_the_terms_that_she_added_and_no_others(client, groups) -> None:
    li, other = make_user("li", groups[TRANSLATORS]), make_user("other", groups[TRANSLATORS])
    own, others = make_term("ballast", "压舱物", author=li), make_term(author=other)
    client.force_login(li)
    page = client.get(reverse(LIST)).content.decode()
    urls = [reverse(f"{ADMIN}:edit", args=[one.pk]) for one in (own, others)]
    assert [f'"{url}"' in page for url in urls] == [True, False]
    for term, url in zip((own, others), urls, strict=True):
        values = form(term_en=term.term_en, term_zh_hans="压载物")
        client.post(url, values)
    assert sorted(GlossaryTerm.objects.values_list("term_zh_hans", flat=True)) == sorted(
        ["压载物", others.term_zh_hans]
    )
    client.post(reverse(f"{ADMIN}:delete", args=[own.pk]))
    assert GlossaryTerm.objects.count() == 2

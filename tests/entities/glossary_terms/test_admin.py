"""The list of terms over HTTP: found, added, taken in and given out as files."""

import csv
import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.desk.groups import EDITORS, REVIEWERS, TRANSLATORS, make_groups
from archive.entities.terms.csv_import import COLUMNS, import_terms, parse_terms
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
    assert client.get(reverse(f"{ADMIN}:import")).status_code == edit
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
    addresses = [f"{ADMIN}:{name}" for name in ("list", "import", "add")]
    for address in (*addresses, "archive_exchange:terms_tbx"):
        assert client.get(reverse(address)).status_code == 302


def test_a_download_can_be_taken_in_again(client, editor) -> None:
    make_term(
        part_of_speech="noun",
        forbidden_zh_hans="=生态脚印;足印",
        definition_zh_hans="人所占用的土地。",
        note="UN",
    )
    response = client.get(f"{reverse(LIST)}?export=csv")
    text = b"".join(response.streaming_content).decode()
    (row,) = csv.DictReader(io.StringIO(text))
    assert list(row)[:2] == ["en", "zh"]
    before = GlossaryTerm.objects.get()
    GlossaryTerm.objects.all().delete()
    report = import_terms(parse_terms(text, "terms.csv").rows)
    assert (report.created, report.errors) == (1, [])
    after = GlossaryTerm.objects.get()
    assert after.pk != before.pk
    assert all(getattr(after, name) == getattr(before, name) for name in COLUMNS)


def test_a_line_adds_what_a_term_lacks_and_overwrites_nothing() -> None:
    make_term(definition_en="Land.", forbidden_zh_hans="足印")
    lines = [
        "en,zh,definition_en,forbidden_zh,aliases_zh,note",
        "Ecological footprint,生态足迹,Soil.,生态脚印；足印,,UN",
        "sister city,友好城市,,,,",
    ]
    report = import_terms(parse_terms("\n".join(lines), "list.csv").rows)
    assert (report.created, report.updated) == (1, 1)
    (kept,) = report.kept
    assert str(kept).endswith("definition_en: “Land.” stays, the file has “Soil.”")
    term = GlossaryTerm.objects.get(term_zh_hans="生态足迹")
    assert term.forbidden_in("zh-hans") == ["足印", "生态脚印"]
    assert (term.term_en, term.note) == ("ecological footprint", "UN")
    again = import_terms(parse_terms("\n".join(lines), "list.csv").rows)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)


def test_a_faulty_line_is_reported_and_the_others_go_in() -> None:
    lines = [
        "en,zh,part_of_speech,forbidden_zh",
        "sister city,,noun,",
        "sister city,友好城市,name,",
        "sister city,友好城市,noun,友好城市",
        "carry out,实施,verb,",
    ]
    parsed = parse_terms("\n".join(lines), "list.csv")
    report = import_terms(parsed.rows)
    report.add_errors(parsed.errors)
    assert [(error.line, error.field) for error in report.errors] == [
        (2, "zh"),
        (3, "part_of_speech"),
        (4, "forbidden_zh"),
    ]
    assert report.created == 1


def test_an_upload_can_be_checked_first(client, editor) -> None:
    def upload(**fields: str) -> str:
        file = SimpleUploadedFile("list.csv", "en,zh\ncarry out,实施\n".encode(), "text/csv")
        response = client.post(reverse(f"{ADMIN}:import"), {"file": file, **fields})
        text: str = response.content.decode()
        return text

    assert "Nothing was changed" in upload(dry_run="on")
    assert not GlossaryTerm.objects.exists()
    page = upload()
    term = GlossaryTerm.objects.get()
    assert term.author == editor
    assert reverse(f"{ADMIN}:edit", args=[term.pk]) in page

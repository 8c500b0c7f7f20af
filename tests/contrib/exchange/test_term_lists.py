"""Lists of terms taken in: added to, never overwritten, each line reported."""

import csv
import io

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from archive.contrib.exchange.term_lists import import_terms, parse_terms
from archive.desk.groups import EDITORS, make_groups
from archive.entities.terms.models import COLUMNS
from archive.models import GlossaryTerm
from tests.factories import make_term, make_user

pytestmark = pytest.mark.django_db

ADMIN = "wagtailsnippets_archive_glossaryterm"


@pytest.fixture
def editor(client):
    make_groups()
    user = make_user("wang", Group.objects.get(name=EDITORS))
    client.force_login(user)
    return user


def test_a_download_can_be_taken_in_again(client, editor) -> None:
    make_term(
        part_of_speech="noun",
        forbidden_zh_hans="=生态脚印;足印",
        definition_zh_hans="人所占用的土地。",
        note="UN",
    )
    response = client.get(f"{reverse(f'{ADMIN}:list')}?export=csv")
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
        response = client.post(reverse("archive_exchange:import_terms"), {"file": file, **fields})
        text: str = response.content.decode()
        return text

    assert "Nothing was changed" in upload(dry_run="on")
    assert not GlossaryTerm.objects.exists()
    page = upload()
    term = GlossaryTerm.objects.get()
    assert term.author == editor
    assert reverse(f"{ADMIN}:edit", args=[term.pk]) in page

"""A glossary taken into the names: added to, never overwritten, each line reported."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from archive.contrib.exchange.name_lists import GlossaryReport, import_glossary, parse_glossary
from archive.models import Entity, EntityName
from archive.text.language import CHINESE, ENGLISH, column
from tests.factories import make_editor, make_entity, make_names_editor

pytestmark = pytest.mark.django_db

UPLOAD = "archive_exchange:import_glossary"
DOWNLOAD = "archive_exchange:names_tbx"


def test_an_upload_is_read_by_a_process_of_its_own(client, monkeypatch):
    def broken(*args, **kwargs):
        raise AssertionError("read in the server's own process")

    monkeypatch.setattr("archive.text.spreadsheets.csv.reader", broken)
    monkeypatch.setattr("archive.text.spreadsheets.decode_text", broken)
    client.force_login(make_names_editor())
    file = SimpleUploadedFile("list.csv", b'en,kind\nTacoma,city\n"open,city\n')
    page = client.post(reverse(UPLOAD), {"file": file}).content.decode()
    assert Entity.objects.get().key == "tacoma"
    assert "The number of cells differs from the header" in page


def take_in(header: str, *lines: str, dry_run: bool = False) -> GlossaryReport:
    parsed = parse_glossary("\n".join([header, *lines]), "list.csv")
    assert parsed.errors == []
    return import_glossary(parsed.rows, dry_run=dry_run)


def forms(entity: Entity) -> dict[str, bool]:
    return dict(EntityName.objects.filter(entity=entity).values_list("text", "forbidden"))


def test_a_new_name_goes_in_with_all_its_forms():
    report = take_in(
        "en,zh,kind,aliases_zh,forbidden_zh,wikidata_id",
        "Wang Zhongbing,王中丙,person,王中丙市长,王中平;王忠炳,Q1",
    )
    entity = Entity.objects.get()
    assert (entity.key, entity.kind, entity.verified) == ("wang-zhongbing", "person", False)
    assert forms(entity) == {"王中丙市长": False, "王中平": True, "王忠炳": True}
    assert (report.created, report.errors, report.kept) == (1, [], [])


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("en,kind,aliases_zh,key", "Tsamkong,city,湛江港城,zhanjiang"),
        ("en,kind,aliases_zh,wikidata_id", "Zhanjiang,city,湛江港城,Q59144"),
        ("en,zh,kind,aliases_zh", "Zhanjiang,湛江,city,湛江港城"),
        ("zh,kind,aliases_zh", "湛江,city,湛江港城"),
        ("en,zh,kind,aliases_zh", "Fort Bayard,湛江,city,湛江港城"),
    ],
)
def test_an_entry_is_known_by_key_wikidata_or_name_and_added_to(header, line):
    entity = make_entity(wikidata_id="Q59144", aliases={"Fort Bayard": ENGLISH})
    report = take_in(header, line)
    assert (report.created, report.updated) == (0, 1)
    assert report.lines[0].added == ("湛江港城",)
    assert forms(entity) == {"Fort Bayard": False, "湛江港城": False}
    entity.refresh_from_db()
    assert entity.name_in(ENGLISH) == "Zhanjiang"


def test_a_missing_name_is_filled_in():
    entity = make_entity(zh="")
    take_in("en,zh,kind", "Zhanjiang,湛江,city")
    entity.refresh_from_db()
    assert entity.name_in(CHINESE) == "湛江"


def test_what_an_entry_says_stays_and_is_reported():
    entity = make_entity(
        wikidata_id="Q59144",
        aliases={"广州湾": CHINESE},
        **{column("description", ENGLISH): "A port."},
    )
    report = take_in(
        "en,zh,kind,forbidden_zh,description_en,wikidata_id,key",
        "Tsamkong,堪江,person,广州湾;湛江,A city.,Q1,zhanjiang",
    )
    assert [kept.field for kept in report.kept] == [
        "kind",
        "en",
        "zh",
        "description_en",
        "wikidata_id",
        "forbidden_zh",
        "forbidden_zh",
    ]
    assert str(report.kept[1]).endswith("en: “Zhanjiang” stays, the file has “Tsamkong”")
    assert (report.updated, report.unchanged) == (0, 1)
    entity.refresh_from_db()
    assert (entity.name_in(ENGLISH), entity.kind) == ("Zhanjiang", "place")
    assert forms(entity) == {"广州湾": False}


@pytest.mark.parametrize(
    "line", ["Portland,波特兰,city", "Portland,波兰特,city", "Portland,,person"]
)
def test_a_line_that_may_mean_another_entry_is_not_taken_in(line):
    make_entity("portland-or", "Portland", "波特兰")
    make_entity("portland-me", "Portland", "波特兰")
    report = take_in("en,zh,kind", line, "Xuwen,徐闻,city")
    (error,) = report.errors
    assert (error.line, error.field) == (2, "key")
    assert "portland-me, portland-or" in error.message
    assert report.created == 1


def test_an_alias_is_a_name_too():
    make_entity("portland-or", "Portland (Oregon)", "波特兰", aliases={"Portland": ENGLISH})
    assert take_in("en,zh,kind", "Portland,波特兰,city").unchanged == 1
    (error,) = take_in("en,zh,kind", "Portland,波兰特,city").errors
    assert "portland-or" in error.message


def test_a_key_of_its_own_makes_another_entry_of_the_same_name():
    make_entity("portland-or", "Portland", "波特兰")
    assert take_in("en,zh,kind,key", "Portland,波特兰,city,portland-me").created == 1


@pytest.mark.parametrize(
    ("header", "line", "field"),
    [
        ("en,kind", f"{'x' * 201},person", "en"),
        ("en,kind,aliases_zh", f"Xuwen,city,{'徐' * 201}", "aliases_zh"),
        ("en,kind", "Xuwen,place", "kind"),
        ("en,kind,source_url", "Xuwen,city,nowhere", "source_url"),
    ],
)
def test_what_the_model_refuses_is_reported_with_its_line_and_column(header, line, field):
    report = take_in(header, line, "Liu Xiaohua,person" + "," * (header.count(",") - 1))
    assert [(error.line, error.field) for error in report.errors] == [(2, field)]
    assert [str(entity) for entity in Entity.objects.all()] == ["Liu Xiaohua"]


def test_taking_a_file_in_twice_changes_nothing():
    lines = ("en,zh,kind,aliases_zh,forbidden_zh", "Zhanjiang,湛江,city,湛江市,堪江")
    take_in(*lines)
    report = take_in(*lines)
    assert (report.created, report.updated, report.unchanged, report.kept) == (0, 0, 1, [])


def test_a_dry_run_reports_the_same_and_stores_nothing():
    lines = ("en,zh,kind,aliases_zh", "Zhanjiang,湛江,city,湛江市", "Xuwen,徐闻,place,")
    tried = take_in(*lines, dry_run=True)
    assert not Entity.objects.exists()
    done = take_in(*lines)
    assert (tried.created, tried.errors) == (done.created, done.errors) == (1, done.errors)


def test_the_command_reports_and_fails_on_errors(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("en,zh,kind\nZhanjiang,湛江,city\nXuwen,徐闻,town\n", encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="1 error"):
        call_command("import_glossary", str(path), stdout=out, stderr=err)
    assert "list.csv:3: kind" in err.getvalue()
    assert "1 new" in out.getvalue()


def test_the_commands_dry_run_says_so(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("zh,kind\n湛江,city\n", encoding="utf-8")
    out = io.StringIO()
    call_command("import_glossary", str(path), dry_run=True, verbosity=2, stdout=out)
    assert "Nothing was changed" in out.getvalue()
    assert not Entity.objects.exists()


def upload(client, text: str | bytes, **fields: str):
    data = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile("list.csv", data, "text/csv")
    return client.post(reverse(UPLOAD), {"file": file, **fields})


def test_an_upload_is_taken_in_and_reported_line_by_line(client):
    client.force_login(make_names_editor())
    page = upload(client, "en,zh,kind\nZhanjiang,湛江,city\nXuwen,徐闻,town\n").content.decode()
    entity = Entity.objects.get()
    assert reverse("wagtailsnippets_archive_entity:edit", args=[entity.pk]) in page
    assert "list.csv:3: kind" in page


def test_an_upload_can_be_checked_first(client):
    client.force_login(make_names_editor())
    page = upload(client, "en,zh,kind\nZhanjiang,湛江,city\n", dry_run="on").content.decode()
    assert "Nothing was changed" in page
    assert not Entity.objects.exists()


def test_a_file_as_a_chinese_excel_saves_it_is_taken_in(client):
    client.force_login(make_names_editor())
    upload(client, "en,zh,kind\nZhanjiang,湛江,city\n".encode("gb18030"))
    assert Entity.objects.get().name_zh_hans == "湛江"


def test_a_file_in_no_encoding_is_refused_with_the_way_out(client):
    client.force_login(make_names_editor())
    page = upload(client, b"zh,kind\n\xff\xff\xff,city\n").content.decode()
    assert "CSV UTF-8" in page


def test_a_file_too_long_for_a_request_is_refused_with_the_way_out(client):
    client.force_login(make_names_editor())
    page = upload(client, "zh,kind\n" + "湛江,city\n" * 1002).content.decode()
    assert "import_glossary" in page
    assert not Entity.objects.exists()


def test_the_list_of_names_offers_both(client):
    client.force_login(make_names_editor())
    page = client.get(reverse("wagtailsnippets_archive_entity:list")).content.decode()
    assert reverse(UPLOAD) in page
    assert reverse(DOWNLOAD) in page


def test_a_download_is_a_tbx_file(client):
    client.force_login(make_names_editor())
    make_entity()
    response = client.get(reverse(DOWNLOAD), {"edition": "2008"})
    assert response["Content-Disposition"] == 'attachment; filename="names.tbx"'
    assert "<martif" in response.content.decode()
    assert "湛江" in response.content.decode()


@pytest.mark.parametrize("name", [UPLOAD, DOWNLOAD])
def test_who_may_not_keep_names_gets_neither(client, name):
    client.force_login(make_editor())
    assert client.get(reverse(name)).status_code in (302, 403)
    assert upload(client, "zh,kind\n湛江,city\n").status_code in (302, 403)
    assert not Entity.objects.exists()

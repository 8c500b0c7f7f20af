"""Export and import from a shell."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from archive.contrib.exchange.formats import read_stories
from archive.models import Translation
from tests.contrib.exchange.stories import draft_texts, exported, type_at_the_desk
from tests.factories import DAY, make_article, make_translator

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation() -> Translation:
    return make_article().translations.get()


@pytest.fixture
def filled(translation, tmp_path):
    data = exported(translation).decode()
    path = tmp_path / "back.xlf"
    path.write_text(data.replace("</source>", "</source><target>城市</target>", 1))
    return path


def run(name, *args, **options):
    out = io.StringIO()
    call_command(name, *map(str, args), stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "mark"),
    [
        (["--format", "xliff12"], 'version="1.2"'),
        (["--format", "xliff21"], 'version="2.1"'),
        (["--format", "po"], "msgctxt"),
        (["--format", "xlsx"], "PK"),
    ],
)
def test_an_export_goes_to_standard_output(translation, arguments, mark):
    assert mark in run("export_translations", translation.pk, *arguments, "--output", "-")


@pytest.mark.parametrize(
    "wanted",
    [
        ["--language", "zh-hans"],
        ["--print-date", DAY.isoformat()],
        ["--state", "not_started"],
        ["--state", "not_started", "--language", "zh-hans"],
    ],
)
def test_translations_are_chosen_by_what_they_are(translation, wanted):
    text = run("export_translations", *wanted, "--output", "-")
    assert str(translation.article.translation_key) in text


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ([], "Give ids"),
        (["--language", "en"], "No translation"),
        (["99999"], "No translation"),
        (["--print-date", "1999-01-01"], "No translation"),
    ],
)
def test_nothing_to_export_is_an_error(translation, wanted, reason):
    with pytest.raises(CommandError, match=reason):
        run("export_translations", *wanted, "--output", "-")


def test_an_export_to_a_folder_names_its_file(translation, tmp_path):
    told = run("export_translations", translation.pk, "--format=po", "--output", tmp_path)
    (path,) = tmp_path.iterdir()
    assert told.strip() == str(path)
    assert path.name == f"2015-09-22-{translation.article.slug}.zh-Hans.po"
    assert read_stories(path.name, path.read_bytes())


def test_a_folder_that_isnt_there_is_made(translation, tmp_path):
    run("export_translations", translation.pk, "--format=po", "--output", f"{tmp_path}/out/new/")
    (path,) = (tmp_path / "out" / "new").iterdir()
    assert read_stories(path.name, path.read_bytes())


def test_a_file_that_cant_be_written_is_told_so(translation, tmp_path):
    with pytest.raises(CommandError, match="can't be written"):
        run("export_translations", translation.pk, "--output", tmp_path / "no" / "such" / "folder")


def test_an_import_reports_and_stores(translation, filled):
    told = run("import_translations", filled)
    assert "applied: 1" in told
    assert translation.article.title in told
    assert draft_texts(translation)["headline"] == "城市"


def test_a_dry_run_stores_nothing(translation, filled):
    assert "applied: 1" in run("import_translations", filled, "--dry-run")
    assert draft_texts(translation)["headline"] == ""


def test_a_conflict_is_told_with_both_texts(translation, filled):
    type_at_the_desk(translation, "headline", "桌上")
    told = run("import_translations", filled)
    assert "kept" in told
    assert "城市" in told
    assert "桌上" in told


def test_the_report_is_also_values(translation, filled):
    (file,) = json.loads(run("import_translations", filled, "--json", "-", stderr=io.StringIO()))
    (story,) = file["stories"]
    assert (story["translation"], story["counts"]["applied"]) == (translation.pk, 1)
    assert story["segments"][0]["file"] == "城市"


def test_the_changes_are_a_users(translation, filled):
    user = make_translator("li")
    run("import_translations", filled, "--user", "li")
    translation.refresh_from_db()
    segment = translation.get_latest_revision_as_object().segments.first()
    assert segment.translated_by == user


@pytest.mark.parametrize(
    ("content", "reason"), [(b"<xliff", "Files with errors: 1"), (None, "can't be read")]
)
def test_trouble_ends_in_an_error(tmp_path, content, reason):
    path = tmp_path / "a.xlf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=reason):
        run("import_translations", path)


def test_good_files_of_a_zip_go_in_beside_bad_ones(translation, filled, tmp_path):
    path, table = tmp_path / "all.zip", exported(translation, format_name="docx")
    po = exported(translation, format_name="po")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("cut.po", po[: len(po) // 2])
        archive.write(filled, "good.xlf")
        archive.writestr("table.docx", table[:9000])
        archive.writestr("readme.txt", "By the agency.")
    out = io.StringIO()
    with pytest.raises(CommandError, match="Files with errors: 2"):
        call_command("import_translations", str(path), stdout=out)
    told = out.getvalue()
    assert draft_texts(translation)["headline"] == "城市"
    assert f"{path}/table.docx: the file is damaged or cut off" in told
    assert f"{path}/cut.po: " in told
    assert "left out: readme.txt" in told


def test_an_unknown_user_is_an_error(filled):
    with pytest.raises(CommandError, match="no user nobody"):
        run("import_translations", filled, "--user", "nobody")


def test_a_file_too_large_isnt_read(filled, settings):
    settings.ARCHIVE_DESK_MAX_BYTES = 100
    with pytest.raises(CommandError, match="too large"):
        run("import_translations", filled)

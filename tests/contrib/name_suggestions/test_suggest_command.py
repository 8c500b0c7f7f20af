"""Names on the command line: the report, the offsets, troubles and the exit status."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from archive.contrib.name_suggestions.file_names import file_passages
from archive.entities.models import Entity
from archive.models import ArticlePage
from tests.contrib.intake.texts import SEED
from tests.contrib.name_suggestions.gazetteers import DEMO
from tests.factories import make_entity


def run(*paths: Path, **options: object) -> tuple[str, str, str | None]:
    """Standard output, standard error, and the error that ends the command (exit status 1)."""
    out, err, failure = io.StringIO(), io.StringIO(), None
    try:
        call_command("suggest_entities", *map(str, paths), stdout=out, stderr=err, **options)
    except CommandError as error:
        failure = str(error)
    return out.getvalue(), err.getvalue(), failure


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.exhaustive
@pytest.mark.django_db
@pytest.mark.sqlite
def test_the_seed_story_is_reported_with_spans_and_nothing_is_stored():
    for option, file in (("cities", "cities.csv"), ("people", "people_orgs.csv")):
        call_command("load_entities", verbosity=0, **{option: DEMO / file})
    count = Entity.objects.count()
    out, _err, failure = run(SEED, json="-")
    (record,) = json.loads(out)
    text = SEED.read_text(encoding="utf-8")
    names = {one["key"]: [text[a:b] for a, b in one["spans"]] for one in record["entities"]}
    assert names["portland-or"] == ["Portland, Oregon"]
    assert names["wang-zhongbing"] == ["Wang Zhongbing", "Wang", "Wang", "The mayor"]
    assert "china-daily" not in names
    ties = {(one["from"], one["to"], one["kind"], one["status"]) for one in record["ties"]}
    assert ("zhanjiang", "atlantic-city", "sister_city", "unknown") in ties
    assert ("zhanjiang", "seattle", "visit", "planned") in ties
    assert (record["source"], record["language"], failure) == (SEED.name, "en", None)
    assert (Entity.objects.count(), ArticlePage.objects.count()) == (count, 0)


@pytest.mark.django_db
def test_a_file_whose_standfirst_stands_in_a_caption_as_well_is_read(tmp_path):
    make_entity()
    parts = (
        "Zhanjiang meets Long Beach",
        "The port of Zhanjiang at dusk. Photo by Li Na",
        "The port of Zhanjiang",
        "The two cities signed a paper on Monday, and all were glad.",
        "They will go on.",
    )
    text = "\n\n".join(parts) + "\n"
    out, _err, failure = run(written(tmp_path, "story.txt", text), json="-")
    (record,) = json.loads(out)
    (found,) = record["entities"]
    assert {text[start:end] for start, end in found["spans"]} == {"Zhanjiang"}
    assert failure is None


@pytest.mark.django_db
def test_troubles_are_told_by_file_and_the_others_go_on(tmp_path):
    make_entity()
    good = written(tmp_path, "good.txt", "湛江的船。", "gb18030")
    empty = written(tmp_path, "empty.txt", "")
    binary = tmp_path / "binary.txt"
    binary.write_bytes(b"\x00\x01\xff")
    missing = tmp_path / "missing.txt"
    out, err, failure = run(missing, empty, binary, good, json="-")
    (record,) = json.loads(out)
    assert [(one["key"], one["spans"]) for one in record["entities"]] == [("zhanjiang", [[0, 2]])]
    assert [line.split(":")[0] for line in err.splitlines()] == [
        str(path) for path in (missing, empty, binary)
    ]
    assert failure == "3 files can't be used."


@pytest.mark.django_db
def test_without_json_a_listing_is_printed(tmp_path):
    make_entity()
    report = tmp_path / "report.json"
    out, _err, failure = run(written(tmp_path, "one.txt", "Zhanjiang grows."), json=report)
    assert "zhanjiang: Zhanjiang (1)" in out
    assert json.loads(report.read_text(encoding="utf-8"))[0]["source"] == "one.txt"
    assert failure is None


@pytest.mark.django_db
def test_an_archive_without_names_says_so(tmp_path):
    out, err, failure = run(written(tmp_path, "one.txt", "Zhanjiang grows."))
    assert "No names found." in out
    assert "load_entities" in err
    assert failure is None


@pytest.mark.parametrize(
    ("data", "passages"),
    [
        # A byte order mark isn't part of the text; line ends count as they are.
        ("\ufeffHead\r\n\r\nA body line.\r\n".encode(), [(0, "Head"), (8, "A body line.")]),
        ("  头条\n\n正文一行。\n".encode(), [(2, "头条"), (6, "正文一行。")]),
        (b"x" * 300, [(0, "x" * 300)]),
        (b"<p>A web page's text</p>", [(3, "A web page's text")]),
    ],
)
@pytest.mark.django_db
def test_passages_stand_where_they_stand_in_the_files_text(data, passages):
    found = file_passages(data)
    assert [(found.starts[one.key], one.text) for one in found.passages] == passages

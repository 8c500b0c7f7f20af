"""The command line: reports, troubles and the exit status."""

import io
import json
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.db import connection
from wagtail import hooks
from wagtail.models import Revision

from archive.contrib.intake.models import ImportBatch, ImportItem
from archive.management.base import Pace
from archive.models import ArticlePage, Author
from tests.contrib.intake.faulty_format import Faulty
from tests.contrib.intake.importing import (
    captured,
    import_paths,
    import_text,
    latest,
    the_story,
    writes,
)
from tests.contrib.intake.test_seed import told
from tests.contrib.intake.texts import CHINESE, ENGLISH, EXPECTED, SEED
from tests.contrib.intake.whole_files import PARAGRAPH, SECOND
from tests.factories import make_home, make_publication

FORMATS = "register_archive_source_format"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home() -> None:
    make_home()


def run(*paths: Path, **options: object) -> tuple[str, str, str | None]:
    """Standard output, standard error, and the error that ends the command (exit status 1)."""
    out, err, failure = io.StringIO(), io.StringIO(), None
    options = {"create_publications": True, **options}
    try:
        call_command("import_articles", *map(str, paths), stdout=out, stderr=err, **options)
    except CommandError as error:
        failure = str(error)
    return out.getvalue(), err.getvalue(), failure


def seed_record() -> object:
    return json.loads(EXPECTED.read_text(encoding="utf-8"))


def test_a_publication_that_only_a_file_names_is_made_only_when_asked_for(tmp_path: Path) -> None:
    make_publication("post", en="Harbour Post", zh="港口邮报")
    (tmp_path / "a.txt").write_text(ENGLISH.replace("China Daily", "Xinhua Daily"))
    for dry_run in (True, False):
        out, err, failure = run(tmp_path, create_publications=False, dry_run=dry_run)
        assert "no publication “Xinhua Daily”: --create-publications makes it" in out + err
        assert bool(failure) is not dry_run
    assert not ArticlePage.objects.exists()
    run(tmp_path, create_publications=False, same_as=["Xinhua Daily=Harbour Post"])
    assert the_story().publication.name_en == "Harbour Post"


def test_a_story_gets_its_section_with_its_publication_later(tmp_path: Path) -> None:
    article = {
        "headline": "Port opens",
        "body": "The port opened a new route on Monday.",
        "publication": "China Daily",
    }
    article |= {"published": "2015-09-22", "section": "Business", "language": "en"}
    (tmp_path / "a.json").write_text(json.dumps(article))
    assert "--create-sections makes it" in "".join(run(tmp_path)[:2])
    out, err, failure = run(tmp_path, publish=True, create_sections=True)
    assert ("--create-sections" in out + err, failure) == (False, None)
    assert the_story().section.name_en == "Business"


def test_an_import_that_is_over_is_read() -> None:
    run(SEED)
    assert ImportBatch.objects.get().state == ImportBatch.State.READ


def test_a_dry_run_prints_the_seeds_record_and_nothing_else() -> None:
    with captured() as queries:
        out, err, failure = run(SEED, dry_run=True, json="-")
    assert [told(one) for one in json.loads(out)] == [seed_record()]
    assert "would be created: 1" in err
    assert failure is None
    assert writes(queries) == []


def test_the_report_goes_to_a_file(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    out, _err, _failure = run(SEED, json=str(report))
    records = json.loads(report.read_text(encoding="utf-8"))
    assert [told(one) for one in records] == [seed_record()]
    assert "created: 1" in out


def test_a_report_that_can_not_be_written_is_an_error(tmp_path: Path) -> None:
    _out, _err, failure = run(SEED, dry_run=True, json=str(tmp_path / "no" / "report.json"))
    assert failure is not None
    assert "can't be written" in failure


def test_says_what_became_of_each_file(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(CHINESE, encoding="utf-8")
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    out, err, failure = run(tmp_path)
    lines = out.splitlines()
    assert lines[0] == f"{tmp_path}/a.txt: created: Port opens new route"
    assert lines[1] == f"{tmp_path}/b.txt: created: 湛江港开通新航线"
    assert lines[2] == "created: 2, updated: 0, unchanged: 0, failed: 0"
    assert (err, failure) == ("", None)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "is empty"),
        ("binary.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a picture"),
        ("random.txt", b"\xff\xfd\x81\x20" * 40, "not a text file"),
    ],
)
def test_a_broken_file_is_named_and_the_rest_go_in(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text(ENGLISH, encoding="utf-8")
    out, err, failure = run(tmp_path)
    assert f"{tmp_path}/{name}: failed: " in err
    assert reason in err
    assert "created: 1, updated: 0, unchanged: 0, failed: 1" in out
    assert failure == "Not imported: 1."
    assert ArticlePage.objects.count() == 1


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    out, err, failure = run(tmp_path / "missing.txt", SEED)
    assert "missing.txt: failed: no such file" in err
    assert "created: 1" in out
    assert failure


def test_a_file_over_the_limit_is_refused_by_its_size(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    _out, err, failure = run(huge)
    assert "104,857,600 bytes are more than the limit of 52,428,800" in err
    assert failure


def test_the_limit_is_a_setting(tmp_path: Path, settings: object) -> None:
    settings.ARCHIVE_INTAKE_MAX_BYTES = 10  # type: ignore[attr-defined]
    _out, err, _failure = run(SEED)
    assert "limit of 10" in err


def test_a_bilingual_text_is_one_record_of_the_report_and_one_story(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("\n".join([*ENGLISH.splitlines()[:-1], "", CHINESE]), encoding="utf-8")
    out, _err, _failure = run(path, json="-")
    [record] = json.loads(out)
    assert (record["language"], len(record["parts"])) == ("bilingual", 2)
    assert ArticlePage.objects.get().translation_state == "in_progress"


def test_a_dry_run_says_what_a_story_lacks(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("Port opens\nOne.\nTwo.")
    out, err, failure = run(path, dry_run=True, json="-")
    assert json.loads(out)[0]["warnings"]
    assert "would be created: Port opens: a draft that lacks: publication, print date" in err
    assert failure is None


def test_a_date_after_tomorrow_is_told_of_a_draft_too(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(ENGLISH.replace("2015", "2091"), encoding="utf-8")
    for options in ({"dry_run": True}, {}, {"publish": True}):
        out, _err, _failure = run(path, **options)
        assert "The print date, 22 September 2091, is after tomorrow." in out


def test_warnings_are_told(tmp_path: Path) -> None:
    told = import_text(tmp_path, ENGLISH.replace(" page17", ""))
    assert "    The citation gives no page." in told


def test_publication_serves_files_that_name_none(tmp_path: Path) -> None:
    text = "Port opens\nOne.\nTwo."
    told = import_text(tmp_path, text, "2015-09-22.txt", publication="Zhanjiang Post")
    assert "the print date was taken from the file's name" in told
    assert the_story().publication.title == "Zhanjiang Post"


def test_publication_does_not_overrule_a_citation(tmp_path: Path) -> None:
    import_text(tmp_path, publication="Zhanjiang Post")
    assert the_story().publication.title == "China Daily"


def test_language_overrules_the_script(tmp_path: Path) -> None:
    import_text(tmp_path, language="zh-hans")
    assert the_story().source_language == "zh-hans"
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("import_articles", str(SEED), "--language", "fr")


def test_two_texts_for_one_story_are_not_both_taken(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "b.txt").write_text(ENGLISH.replace("two", "nine"), encoding="utf-8")
    (tmp_path / "c.txt").write_text(ENGLISH, encoding="utf-8")
    out, err, failure = run(tmp_path)
    assert "headline as a.txt, but different text" in err
    assert "created: 1, updated: 0, unchanged: 1, failed: 1" in out
    assert failure


def test_publish_publishes_what_is_complete_and_drafts_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("Port opens\n(China Daily 09/22/2015 page17)")
    out, _err, failure = run(path, SEED, publish=True)
    assert "story.txt: created: Port opens: a draft that lacks: text" in out
    assert "published: City builds on long history with US" in out
    assert "created: 1, updated: 0, published: 1, unchanged: 0, failed: 0" in out
    assert failure is None
    live = ArticlePage.objects.live().get()
    assert live.source("headline") == "City builds on long history with US"


def test_a_dry_run_says_what_would_be_published(tmp_path: Path) -> None:
    out, _err, _failure = run(SEED, publish=True, dry_run=True)
    assert "would be published: City builds" in out


def test_a_story_that_fails_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    import_text(tmp_path, ENGLISH)
    ArticlePage.objects.update(locked=True)
    path = tmp_path / "story.txt"
    path.write_text(ENGLISH.replace("Wang Wei", "Somebody New").replace("two", "nine"))
    rows = [model.objects.count() for model in (Author, Revision, ImportBatch, ImportItem)]
    _out, err, failure = run(path)
    assert failure
    assert "locked" in err
    assert rows == [m.objects.count() for m in (Author, Revision, ImportBatch, ImportItem)]


def test_a_locked_story_is_left_alone(tmp_path: Path) -> None:
    import_text(tmp_path)
    ArticlePage.objects.update(locked=True)
    path = tmp_path / "story.txt"
    path.write_text(ENGLISH.replace("two", "nine"), encoding="utf-8")
    _out, err, failure = run(path)
    assert "locked in the editor; unlock it" in err
    assert failure


def test_an_archive_without_a_front_page_says_so() -> None:
    make_publication().get_parent().delete()
    _out, err, _failure = run(SEED)
    assert "no front page: run “manage.py archive_setup”" in err


def test_a_hook_that_gives_no_format_ends_the_command() -> None:
    with (
        hooks.register_temporarily(FORMATS, lambda: "no format"),
        pytest.raises(ImproperlyConfigured, match=FORMATS),
    ):
        run(SEED)


def test_a_quiet_run_tells_only_troubles(tmp_path: Path) -> None:
    assert import_paths(SEED, verbosity=0) == ""


def test_unexpected_trouble_with_one_story_does_not_stop_the_run(
    tmp_path: Path,
) -> None:
    faulty = tmp_path / "a.txt"
    faulty.write_bytes(b"FAULTY")
    with hooks.register_temporarily(FORMATS, Faulty):
        out, err, failure = run(faulty, SEED)
    assert "a.txt: failed: Headline: unexpected error" in err
    assert "created: 1, updated: 0, unchanged: 0, failed: 1" in out
    assert failure


def test_a_dry_run_needs_no_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE archive_articlepage RENAME TO gone")
    out, err, failure = run(SEED, dry_run=True, json="-")
    assert [told(one) for one in json.loads(out)] == [seed_record()]
    assert "the database is not ready, so only the text was read" in err
    assert failure is None


LOST = "The mayor said that the port had waited for this day."


def with_lost_words(folder: Path) -> Path:
    """A table whose columns hold a sentence that is no field's."""
    path = folder / "stories.csv"
    fields = {
        "headline": "Port opens",
        "date": "2015-09-22",
        "newspaper": "China Daily",
        "body": "The port opened a new route on Monday.",
        "opening": LOST,
        "status": "done",
    }
    path.write_text(f"{','.join(fields)}\n{','.join(fields.values())}\n", encoding="utf-8")
    return path


def test_a_story_whose_words_were_not_all_placed_stays_a_draft_and_they_are_told(
    tmp_path: Path,
) -> None:
    path = with_lost_words(tmp_path)
    trial, _err, _failure = run(path, publish=True, dry_run=True)
    out, _err, _failure = run(path, publish=True)
    assert "would be created" in trial
    for said in (trial, out):
        assert f"    Not placed: “{LOST}”" in said
        # Nobody has said what this column holds either.
        assert "“done”" in said
    assert not the_story().live
    assert [one["text"] for one in the_story().unplaced] == [LOST, "done"]
    again, _err, _failure = run(path, publish=True)
    assert not the_story().live
    assert f"can't be published: These words are in no field and not left out: “{LOST}”" in again


def test_an_option_publishes_it_all_the_same(tmp_path: Path) -> None:
    run(with_lost_words(tmp_path), publish_incomplete=True)
    assert the_story().live
    assert the_story().unplaced[0] == {"text": LOST, "is_left_out": False}


def test_a_story_with_a_list_that_has_no_place_stays_a_draft_and_names_it(tmp_path: Path) -> None:
    names = "The dead\nAlan Pike, 22\nOlaf Lund, 57\n"
    printed = import_text(tmp_path, f"{ENGLISH}\n{names}", publish=True)
    assert not the_story().live
    assert all(line in printed for line in names.splitlines())


def test_of_two_corrections_of_a_story_the_second_says_why_it_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_text(tmp_path, ENGLISH)
    (tmp_path / "story.txt").unlink()
    for number in ("four", "three"):
        text = ENGLISH.replace("two berths", f"{number} berths")
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError):
        import_paths(tmp_path)
    said = "same publication, date, page and headline as four.txt, but different text"
    assert said in capsys.readouterr().err
    assert "four berths" in str(latest(the_story()).body)


def test_a_report_in_lines_has_each_story_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(ENGLISH.replace("Port", f"Port {number}"))
    report, lines = tmp_path / "report.jsonl", list[int]()
    monkeypatch.setattr(
        OutputWrapper,
        "write",
        lambda *_args, **_more: lines.append(len(report.read_text().splitlines())),
    )
    run(*sorted(tmp_path.glob("*.txt")), json=str(report))
    assert lines[:3] == [1, 2, 3]
    records = [json.loads(one) for one in report.read_text(encoding="utf-8").splitlines()]
    assert [Path(one["source"]).name for one in records] == ["0.txt", "1.txt", "2.txt"]


def test_a_limit_takes_the_first_stories_whole(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.en.txt").write_text(ENGLISH.replace("Port", f"Port {number}"))
        (tmp_path / f"{number}.zh.txt").write_text(CHINESE.replace("港口", f"{number}号港口"))
    run(tmp_path, limit=2)
    assert ArticlePage.objects.count() == 2
    assert not ArticlePage.objects.filter(translation_state="not_started").exists()
    run(tmp_path)
    assert ArticlePage.objects.count() == 3


def test_a_limit_is_a_number_of_stories() -> None:
    with pytest.raises(CommandError, match="--limit"):
        call_command("import_articles", str(SEED), "--limit", "-1")


def test_who_watches_hears_how_fast_it_goes_and_what_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter([0.0, 5.0, 20.0, 21.0, 100.0])
    monkeypatch.setattr("archive.management.base.monotonic", lambda: next(clock))
    pace = Pace(total=3000)
    told = [pace.told(texts, texts) for texts in (10, 1000, 1001, 3000)]
    assert told == [
        "",
        "1,000 texts of 1,000 files of 3,000; 50.0 a second; left: 1\xa0minute",
        "",
        "3,000 texts so far; 30.0 a second",
    ]


def test_what_was_only_guessed_is_not_published_unseen(tmp_path: Path) -> None:
    """The first line may be the paper's name or the headline."""
    for name, masthead in (("a.txt", "THE LEIZHOU LANTERN"), ("b.txt", "Leizhou Lantern")):
        text = f"{masthead}\nTuesday, September 22, 2015\nPage 3\n{PARAGRAPH}\n{SECOND}\n"
        (tmp_path / name).write_text(text)
    options = {"publish": True, "publication": "China Daily"}
    trial, _err, _failure = run(tmp_path, dry_run=True, **options)
    out, _err, _failure = run(tmp_path, **options)
    again, _err, _failure = run(tmp_path, **options)
    for said in (trial, out, again):
        assert said.count("not surely read: headline") == 2
    assert not ArticlePage.objects.live().exists()


@pytest.mark.parametrize(
    ("masthead", "text"),
    [
        ("Harbor", "The harbor opened again on Monday, and ships came to it from the south."),
        ("湛江人", "湛江人星期一迎来新航线。航线全长一千公里，货船每周往返两次。"),
    ],
)
def test_a_masthead_in_place_of_a_headline_keeps_a_story_a_draft(
    tmp_path: Path, masthead: str, text: str
) -> None:
    day = "Tuesday, September 22, 2015\nPage 4" if masthead.isascii() else "2015年9月22日\n第4版"
    said = import_text(
        tmp_path, f"{masthead}\n{day}\n{text}\n{text}", publication="Bay Post", publish=True
    )
    assert "not surely read: headline" in said
    assert not the_story().live

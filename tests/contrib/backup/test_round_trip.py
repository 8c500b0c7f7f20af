"""A backup holds all of a site; restored, the site is what it was, or what is there stays."""

import gzip
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from wagtail.documents import get_document_model
from wagtail.models import Page

from archive.contrib.backup import media
from archive.contrib.backup.manifest import MANIFEST, Manifest, facts_of, table_path
from archive.contrib.backup.renames import exchange
from archive.contrib.backup.tables import models_kept
from archive.integrity.evidence import names_in as names_in_rows
from archive.integrity.evidence import tables
from archive.models import ArchiveImage, ArticlePage, Entity
from tests.contrib.backup.newspaper import assert_same, make_newspaper, rows_of
from tests.factories import make_article, make_image
from tests.search.test_searching import found

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_every_table_of_any_app_is_kept_but_what_is_made_anew() -> None:
    kept = models_kept(renditions=True)
    left_out = {model.__name__ for table, model in tables().items() if table not in kept}
    assert left_out == {
        *(
            "CommandRun",
            "DescriptionTerm",
            "DraftHint",
            "EvidenceTerm",
            "MemoryFingerprint",
            "NameHint",
            "NameSlip",
            "PictureGap",
            "SearchBits",
        ),
        *("SearchChange", "SearchDocument", "SearchName", "TextFingerprint", "Session"),
        "WorkerBeat",
        *("ItemFingerprint", "IndexEntry", "SQLiteFTSIndexEntry"),
    }


@pytest.fixture(autouse=True)
def media_folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def story() -> ArticlePage:
    """Beside a picture and a document."""
    make_image()
    get_document_model().objects.create(title="Plan", file=ContentFile(b"\x00\xff", "plan.txt"))
    return make_article("Ships", live=False)


@pytest.fixture
def backup(story: ArticlePage, tmp_path: Path) -> Path:
    folder = tmp_path / "backup"
    call_command("archive_backup", folder, verbosity=0)
    return folder


def restore(folder: Path, *options: str) -> None:
    call_command("archive_restore", folder, *options, verbosity=0)


def change_table(folder: Path, table: str, lines: list[str]) -> None:
    """Other rows for a table, and a manifest that agrees with them."""
    path = table_path(folder, table)
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(lines)
    manifest = json.loads((folder / MANIFEST).read_text())
    file = facts_of(path)
    manifest["tables"][table] |= {"rows": len(lines), "file": vars(file)}
    (folder / MANIFEST).write_text(json.dumps(manifest))


def test_a_restored_site_has_every_row_and_file(tmp_path: Path) -> None:
    story, backup = make_newspaper(), tmp_path / "backup"
    call_command("archive_backup", backup, verbosity=0)
    User.objects.all().delete()
    Entity.objects.get(key="mombasa").names.all().delete()
    ArticlePage.objects.get(pk=story.pk).delete()
    ArchiveImage.objects.get().delete()
    ContentType.objects.create(app_label="other", model="thing")
    restore(backup, "--overwrite")
    call_command("archive_backup", tmp_path / "again", verbosity=0)
    assert_same(backup, tmp_path / "again")
    assert found("mombasa") == [story.pk]


@pytest.mark.parametrize("is_there", [True, False])
def test_a_backup_is_its_owners_alone(tmp_path: Path, is_there: bool) -> None:
    folder = tmp_path / "backup"
    if is_there:
        folder.mkdir(mode=0o755)
    make_image()
    call_command("archive_backup", folder, verbosity=0)
    modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in [folder, *folder.rglob("*")]}
    assert modes == {True: 0o700, False: 0o600}


def test_restored_files_are_as_readable_as_uploaded_ones(backup: Path, settings: Any) -> None:
    name = ArchiveImage.objects.get().file.name
    default_storage.delete(name)
    settings.FILE_UPLOAD_PERMISSIONS = 0o604
    restore(backup, "--overwrite")
    assert Path(default_storage.path(name)).stat().st_mode & 0o777 == 0o604


def test_a_restored_site_gives_no_page_the_key_of_a_deleted_one(backup: Path) -> None:
    last = Manifest.read(backup).tables["wagtailcore_page"].last_key
    restore(backup, "--overwrite")
    assert last is not None
    assert make_article("Next").pk == last + 1


def test_a_live_archive_is_not_overwritten_unasked(story: ArticlePage, backup: Path) -> None:
    Page.objects.filter(pk=story.pk).update(title="Newer")
    with pytest.raises(CommandError, match=r"\d+ pages, 1 picture, 1 document.*--over"):
        restore(backup)
    assert ArticlePage.objects.get(pk=story.pk).title == "Newer"


@pytest.mark.parametrize("which", ["tables/auth_user.jsonl.gz", "media/{image}"])
def test_a_damaged_backup_is_refused_by_name(which: str, story: ArticlePage, backup: Path) -> None:
    damaged = backup / which.format(image=ArchiveImage.objects.get().file.name)
    data = damaged.read_bytes()
    damaged.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(CommandError, match=damaged.name):
        restore(backup, "--overwrite")
    assert ArticlePage.objects.filter(pk=story.pk).exists()


def test_verifying_names_what_is_wrong(backup: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("archive_backup", backup, "--verify", verbosity=0)
    path = table_path(backup, "auth_user")
    path.write_bytes(path.read_bytes() + b"x")
    table_path(backup, "auth_group").unlink()
    with pytest.raises(CommandError, match="Problems: 2"):
        call_command("archive_backup", backup, "--verify")
    told = capsys.readouterr().err
    assert "auth_user.jsonl.gz" in told
    assert "auth_group.jsonl.gz: No such file" in told


def test_an_unfinished_backup_is_none(backup: Path) -> None:
    (backup / MANIFEST).unlink()
    with pytest.raises(CommandError, match="no finished backup"):
        restore(backup, "--overwrite")
    with pytest.raises(CommandError, match="isn't empty"):
        call_command("archive_backup", backup)


@pytest.mark.parametrize(
    ("change", "way_out"),
    [
        (
            lambda names: [*names, "archive.9999_later"],
            "lacks migrations.*archive.9999_later.*migr",
        ),
        (
            lambda names: names[1:],
            "migrations that the backup lacks.*run “manage.py migrate” after",
        ),
    ],
)
def test_another_release_is_named(change: Any, way_out: str, backup: Path) -> None:
    manifest = json.loads((backup / MANIFEST).read_text())
    manifest["migrations"] = change(manifest["migrations"])
    (backup / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(CommandError, match=way_out):
        restore(backup, "--overwrite")


def test_a_migration_whose_file_is_gone_keeps_nothing_from_a_new_database(backup: Path) -> None:
    MigrationRecorder(connection).record_applied("archive", "0000_squashed_long_ago")
    restore(backup, "--overwrite")


def test_other_columns_are_named(backup: Path) -> None:
    manifest = json.loads((backup / MANIFEST).read_text())
    manifest["tables"]["archive_author"]["columns"]["nickname"] = "CharField"
    (backup / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(CommandError, match=r"archive_author has other columns.*nickname"):
        restore(backup, "--overwrite")


@pytest.mark.parametrize("table", ["auth_group", "wagtailcore_page"])
def test_after_an_error_all_is_as_before(
    table: str, story: ArticlePage, backup: Path, tmp_path: Path
) -> None:
    """A key twice; and a row that others name is missing."""
    image = ArchiveImage.objects.get()
    Path(image.file.path).write_bytes(b"newer")
    call_command("archive_backup", tmp_path / "before", verbosity=0)
    with gzip.open(table_path(backup, table), "rt") as stream:
        lines = list(stream)
    change_table(backup, table, [*lines, lines[0]] if table == "auth_group" else lines[:-1])
    with pytest.raises(CommandError, match="Nothing was changed"):
        restore(backup, "--overwrite")
    assert Path(image.file.path).read_bytes() == b"newer"
    call_command("archive_backup", tmp_path / "after", verbosity=0)
    assert rows_of(tmp_path / "before") == rows_of(tmp_path / "after")


def test_files_are_put_back_when_the_last_can_not_be_moved(
    backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = ArchiveImage.objects.get().file.name, "documents/plan.txt"
    for name in (first, second):
        Path(default_storage.path(name)).write_bytes(b"newer")

    def refuse_the_last(place: Path, staged: Path) -> None:
        if place.name == "original_images":
            raise OSError(28, "No space left on device", str(place))
        exchange(place, staged)

    monkeypatch.setattr("archive.contrib.backup.media.exchange", refuse_the_last)
    with pytest.raises(CommandError, match=r"original_images.*No space left"):
        restore(backup, "--overwrite")
    assert Path(default_storage.path(first)).read_bytes() == b"newer"
    assert Path(default_storage.path(second)).read_bytes() == b"newer"
    assert not list(Path(default_storage.path("")).glob(".restore-*"))


def test_former_files_that_can_not_be_put_back_are_kept(
    backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, done = Path(default_storage.path("")), []
    for path in folder.rglob("*.*"):
        path.write_bytes(b"newer")

    def exchange_once(place: Path, staged: Path) -> None:
        if done:
            raise OSError(30, "Read-only file system", str(place))
        done.append(exchange(place, staged))

    monkeypatch.setattr("archive.contrib.backup.media.exchange", exchange_once)
    with pytest.raises(CommandError, match="Read-only"):
        restore(backup, "--overwrite")
    [former] = folder.glob(".restore-*/others/documents/plan.txt")
    assert former.read_bytes() == b"newer"


def test_a_missing_file_is_reported_and_the_rest_goes_on(
    story: ArticlePage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    image = make_image(name="lost.jpg")
    Path(image.file.path).unlink()
    with pytest.raises(CommandError, match="Problems: 1"):
        call_command("archive_backup", tmp_path / "backup")
    told = f"{image.file.name} (archive.ArchiveImage.file) can't be read"
    assert told in capsys.readouterr().err
    assert len(Manifest.read(tmp_path / "backup").media) == 2


def test_a_file_that_changes_during_the_backup_is_reported(
    story: ArticlePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(ArchiveImage.objects.get().file.path)

    def names_in(field: Any, real: Any = names_in_rows) -> list[str]:
        path.write_bytes(b"replaced")
        return list(real(field))

    monkeypatch.setattr("archive.contrib.backup.actions.names_in", names_in)
    with pytest.raises(CommandError, match="Problems: 1"):
        call_command("archive_backup", tmp_path / "backup")
    (problem,) = Manifest.read(tmp_path / "backup").problems
    assert f"{path.name} (archive.ArchiveImage.file) changed" in problem
    call_command("archive_restore", tmp_path / "backup", "--overwrite", verbosity=0)


@pytest.fixture
def killed(backup: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The media's folder after a restore whose process was killed between two folders."""
    folder, kept = Path(default_storage.path("")), Path(default_storage.path("documents/kept.txt"))
    for path in (*folder.rglob("*.*"), kept):
        path.write_bytes(b"newer")
    child = os.fork()
    if not child:
        manifest = Manifest.read(backup)

        def exchange_and_die(place: Path, staged: Path) -> None:
            exchange(place, staged)
            os.kill(os.getpid(), signal.SIGKILL)

        monkeypatch.setattr("archive.contrib.backup.media.exchange", exchange_and_die)
        with media.MediaReturn(backup, manifest.media, overwrite=True).staged() as move:
            move()
    # Not just any child: an idle reader of files may end at this moment, too.
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    return folder


def test_a_killed_restore_leaves_whole_folders_and_is_told_of(
    killed: Path, backup: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = {path.read_bytes() for path in (killed / "documents").iterdir()}
    images = {path.read_bytes() for path in (killed / "original_images").iterdir()}
    assert documents == {b"\x00\xff", b"newer"}  # the backup's, and one that it doesn't name
    assert images == {b"newer"}
    with pytest.raises(CommandError):
        call_command("check_archive", "restores")
    told = " ".join(capsys.readouterr().err.split())
    [aside] = killed.glob(".restore-*")
    assert f"A restore of {backup} didn't come to its end" in told
    assert f"are documents, whose former files lie in {aside}/others; original_images and" in told
    assert (aside / "others/documents/plan.txt").read_bytes() == b"newer"
    with pytest.raises(CommandError, match="with the same backup and --overwrite"):
        restore(backup)


@pytest.mark.parametrize("knows_exchange", [True, False])
def test_folders_change_places_or_stay(
    knows_exchange: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not knows_exchange:
        monkeypatch.setattr("archive.contrib.backup.renames._renameat2", lambda: None)
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
        (folder / folder.name).touch()
    exchange(one, two)
    assert [path.name for path in sorted(tmp_path.rglob("*/*"))] == ["two", "one"]
    with pytest.raises(OSError, match="No such file"):
        exchange(one, tmp_path / "lost")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_a_restore_that_was_killed_while_it_copied_has_changed_nothing(
    backup: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (Path(default_storage.path("")) / ".restore-x").mkdir()
    with pytest.raises(CommandError):
        call_command("check_archive", "restores")
    assert "no file and no row" in " ".join(capsys.readouterr().err.split())


def test_a_killed_restore_is_finished_by_the_next(killed: Path, backup: Path) -> None:
    # The file that no row names is all that is left to be said.
    with pytest.raises(CommandError, match="Disagreements left: 1"):
        restore(backup, "--overwrite")
    assert (killed / "documents/plan.txt").read_bytes() == b"\x00\xff"
    assert (killed / "documents/kept.txt").read_bytes() == b"newer"
    assert {path.read_bytes() for path in (killed / "original_images").iterdir()} != {b"newer"}
    assert not list(killed.glob(".restore-*"))


def change_manifest(backup: Path, old: str, new: str) -> None:
    """Other names for a file of the media."""
    path = backup / MANIFEST
    path.write_text(path.read_text().replace(json.dumps(old), json.dumps(new)))


@pytest.mark.parametrize(
    "which", ["media/documents/plan.txt", "tables/auth_user.jsonl.gz", "media"]
)
def test_links_in_a_backup_are_refused(which: str, backup: Path, tmp_path: Path) -> None:
    path = backup / which
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CommandError, match=f"{path} is a link"):
        restore(backup, "--overwrite")


def test_a_pipe_in_a_backup_is_refused(backup: Path) -> None:
    path = backup / "media/documents/plan.txt"
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(CommandError, match="isn't a file"):
        restore(backup, "--overwrite")


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/passwd"])
def test_names_outside_are_refused(name: str, backup: Path) -> None:
    change_manifest(backup, "documents/plan.txt", name)
    with pytest.raises(CommandError, match="isn't a file's name within"):
        restore(backup, "--overwrite")


@pytest.mark.parametrize("old", ["documents/plan.txt", "image"])
def test_types_that_the_site_doesnt_store_are_refused(old: str, backup: Path) -> None:
    old = ArchiveImage.objects.get().file.name if old == "image" else old
    new = str(Path(old).with_suffix(".html"))
    (backup / "media" / old).rename(backup / "media" / new)
    change_manifest(backup, old, new)
    with pytest.raises(CommandError, match=f"{new} .* is of a type .* WAGTAILDOCS_EXTENSIONS"):
        restore(backup, "--overwrite")
    assert not Path(default_storage.path(new)).exists()

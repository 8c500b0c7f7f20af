"""A bag is complete and says the truth of each file (RFC 8493)."""

import hashlib
from pathlib import Path

import pytest
from django.core.management import call_command

from archive.contrib.intake.runs import ImportOptions, ImportRun
from archive.stories.models import ArticlePage
from tests.factories import block, make_article, make_home, make_image


def lines(file: Path) -> dict[str, str]:
    """By name, what stands behind the first mark of each line."""
    return dict(line.split(": ", 1) for line in file.read_text("utf-8").splitlines())


def check_manifest(bag: Path, name: str, files: list[Path]) -> None:
    said = dict(line.split("  ", 1)[::-1] for line in (bag / name).read_text().splitlines())
    assert said == {
        one.relative_to(bag).as_posix(): hashlib.sha512(one.read_bytes()).hexdigest()
        for one in files
    }


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    make_home()
    picture = {
        "image": make_image(rights="© CD", credit="Li").pk,
        "caption": "Quay",
        "alt_text": "",
        "credit": "CD",
    }
    make_article("The port", body=[block("image", picture)])
    call_command("export_stories", format="bagit", output=tmp_path / "bag", verbosity=0)
    return tmp_path / "bag"


@pytest.mark.django_db
def test_a_bag_is_valid_and_has_its_pictures(bag: Path) -> None:
    payload = [one for one in (bag / "data").rglob("*") if one.is_file()]
    tags = [one for one in bag.iterdir() if one.is_file() and "tagmanifest" not in one.name]

    assert {one.suffix for one in payload} == {".jsonl", ".jpg"}
    check_manifest(bag, "manifest-sha512.txt", payload)
    check_manifest(bag, "tagmanifest-sha512.txt", tags)
    assert lines(bag / "bagit.txt") == {
        "BagIt-Version": "1.0", "Tag-File-Character-Encoding": "UTF-8"
    }  # fmt: skip
    size = sum(one.stat().st_size for one in payload)
    assert lines(bag / "bag-info.txt")["Payload-Oxum"] == f"{size}.{len(payload)}"


@pytest.mark.django_db
def test_what_a_bag_holds_is_imported_as_any_export(bag: Path) -> None:
    (story,) = ArticlePage.objects.all()
    story.delete()

    list(ImportRun(ImportOptions()).import_files([bag / "data"]))

    assert ArticlePage.objects.get().headline == "The port"

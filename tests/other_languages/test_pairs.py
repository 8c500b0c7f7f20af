"""The whole newspaper in two other languages, each pair in a process with settings of its own."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archive import migrations
from archive.checks import check_languages

HERE = Path(__file__).parent
MIGRATIONS = Path(migrations.__file__).parent
PAIRS = sorted(file.stem for file in HERE.glob("settings_*.py"))


@pytest.mark.exhaustive
@pytest.mark.parametrize("settings", PAIRS)
def test_a_newspaper_of_two_other_languages_works(settings: str) -> None:
    options = ["-q", "-p", "no:cacheprovider", "--noconftest"]
    options.append(f"--ds=tests.other_languages.{settings}")
    command = [sys.executable, "-m", "pytest", *options, str(HERE / "walk.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=HERE.parents[1])
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", sorted(MIGRATIONS.glob("0*.py")), ids=lambda file: file.stem)
def test_no_migration_decides_for_a_site(file: Path) -> None:
    """`makemigrations` writes out what `archive/migrations/_site.py` leaves to the site."""
    text = file.read_text(encoding="utf-8")
    assert not re.findall(r"\w+_(?:en|zh_hans)['\"]", text)
    assert not re.findall(r"['\"]wagtailcore\.page['\"]", text, re.IGNORECASE)


@pytest.mark.parametrize(
    ("languages", "columns", "said"),
    [
        (["en"], None, "exactly two languages; these are 1: ['en']"),
        (["en", "fr", "ja"], None, "exactly two languages; these are 3: ['en', 'fr', 'ja']"),
        (["en", "fr"], ("en", "ja"), "LANGUAGES must contain"),
    ],
)
def test_any_other_number_of_languages_is_told(
    settings: Any, languages: list[str], columns: object, said: str
) -> None:
    settings.LANGUAGES = [(code, code) for code in languages]
    if columns:
        settings.MODELTRANSLATION_LANGUAGES = columns
    else:
        del settings.MODELTRANSLATION_LANGUAGES
    [error] = check_languages(None)
    assert error.id == "archive.E001"
    assert said in error.msg
    assert "Set " in error.hint

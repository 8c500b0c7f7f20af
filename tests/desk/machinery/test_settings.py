"""A wrong engine or a missing key is told at start, with a stable id."""

from typing import Any

import pytest
from django.core.checks import run_checks

ENGINES = "archive.desk.machinery"
DEEPL = f"{ENGINES}.deepl.DeepL"
LIBRE = f"{ENGINES}.libretranslate.LibreTranslate"

# Newer releases of Django ask the database when all checks are run.
pytestmark = pytest.mark.django_db


def found(settings: Any, engine: str, options: Any) -> list[tuple[str, str]]:
    settings.ARCHIVE_MACHINE_ENGINE = engine
    settings.ARCHIVE_MACHINE_OPTIONS = options
    ids = ("archive.E003", "archive.E031")
    return [(str(one.id), str(one.msg)) for one in run_checks() if one.id in ids]


@pytest.mark.parametrize(
    ("engine", "options"),
    [
        ("", {}),
        ("", {"timeout": "junk"}),
        (DEEPL, {"key": "x"}),
        (DEEPL, {"key": "x:fx", "timeout": 5, "glossaries": {"en:zh-hans": "id"}}),
        (LIBRE, {"url": "http://127.0.0.1:5000"}),
        (LIBRE, {"url": "https://translate.example.org", "key": "x", "batch": 5}),
    ],
)
def test_a_right_setting_passes(settings: Any, engine: str, options: Any) -> None:
    assert found(settings, engine, options) == []


@pytest.mark.parametrize(
    ("engine", "options", "id_", "message"),
    [
        ("nowhere.Engine", {}, "archive.E003", "can't be imported"),
        ("Engine", {}, "archive.E003", "can't be imported"),
        ("archive.conf.ArchiveSettings", {}, "archive.E003", "is no subclass"),
        ("archive.text.language.other", {}, "archive.E003", "is no subclass"),
        (DEEPL, {}, "archive.E031", "“key” is missing"),
        (DEEPL, None, "archive.E003", "must be a dictionary"),
        (DEEPL, {"key": "x", "timeout": 0}, "archive.E031", "positive number of seconds"),
        (DEEPL, {"key": "x", "glossaries": {"de": "id"}}, "archive.E031", "“glossaries” must"),
        (DEEPL, {"key": "x", "english": "EN"}, "archive.E031", "EN-US or EN-GB"),
        (LIBRE, {}, "archive.E031", "“url” is missing"),
        (LIBRE, {"url": "ftp://x"}, "archive.E031", "“url” is missing"),
        (LIBRE, {"url": "http://x", "batch": 0}, "archive.E031", "“batch” must"),
    ],
)
def test_a_wrong_one_is_told(
    settings: Any, engine: str, options: Any, id_: str, message: str
) -> None:
    [(found_id, text)] = found(settings, engine, options)
    assert found_id == id_
    assert message in text

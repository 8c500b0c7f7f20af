"""A wrong engine or a missing key is told at start, with a stable id."""

from typing import Any

import pytest
from django.core.checks import run_checks

ENGINES = "archive.contrib.machinery"
DEEPL = f"{ENGINES}.deepl.DeepL"
LIBRE = f"{ENGINES}.libretranslate.LibreTranslate"
CHAT = f"{ENGINES}.chat.ChatServer"
LOCAL = {"url": "http://127.0.0.1:11434/v1", "model": "m"}

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
        (CHAT, LOCAL),
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
        (CHAT, {"url": "http://x"}, "archive.E031", "“model” is missing"),
        (CHAT, {"model": "m"}, "archive.E031", "“url” is missing"),
        (CHAT, {**LOCAL, "batch": "8"}, "archive.E031", "“batch” must"),
    ],
)
def test_a_wrong_one_is_told(
    settings: Any, engine: str, options: Any, id_: str, message: str
) -> None:
    [(found_id, text)] = found(settings, engine, options)
    assert found_id == id_
    assert message in text


@pytest.mark.parametrize(
    ("engine", "compared", "id_", "message"),
    [
        (DEEPL, {"Q": {"engine": CHAT, **LOCAL}}, "", ""),
        (DEEPL, {"Q": {"engine": CHAT}}, "archive.E031", "COMPARED['Q']: “url” is missing"),
        (DEEPL, {"Q": {"engine": "nowhere.Engine"}}, "archive.E031", "is no engine"),
        (DEEPL, {"Q": {"engine": "archive.text.language.other"}}, "archive.E031", "is no engine"),
        (DEEPL, {"Q": "x"}, "archive.E031", "is no engine"),
        (DEEPL, "x", "archive.E003", "COMPARED"),
        ("", {"Q": {"engine": CHAT, **LOCAL}}, "archive.E031", "no ARCHIVE_MACHINE_ENGINE"),
    ],
)
def test_engines_to_compare_with_are_checked(
    settings: Any, engine: str, compared: Any, id_: str, message: str
) -> None:
    settings.ARCHIVE_MACHINE_COMPARED = compared
    told = found(settings, engine, {"key": "x"} if engine else {})
    assert {one for one, _text in told} == ({id_} if id_ else set())
    assert message in " ".join(text for _id, text in told)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (LOCAL, ""),
        ({"url": "http://x"}, "READER: “model” is missing"),
        ({**LOCAL, "characters_a_day": 0}, "READER: “characters_a_day” must be a positive"),
        ({**LOCAL, "key": "a b"}, "READER: “key” has blanks"),
        ("x", "ARCHIVE_MACHINE_READER must be a dictionary"),
    ],
)
def test_the_second_reader_is_checked(settings: Any, options: Any, message: str) -> None:
    settings.ARCHIVE_MACHINE_READER = options
    told = found(settings, "", {})
    assert bool(told) == bool(message)
    assert message in " ".join(text for _id, text in told)

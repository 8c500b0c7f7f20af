"""The list of formats, and the choice among them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from wagtail import hooks
from wagtail.hooks import TemporaryHook

from archive.contrib.intake.formats import read_stories, recognise, suffixes
from archive.contrib.intake.formats.plain_text import PlainText
from archive.contrib.intake.limited import read_within_limits
from archive.contrib.intake.records import IntakeError, ParsedArticle
from archive.contrib.intake.sources import SourceFile
from tests.contrib.intake.counted_format import Counted
from tests.contrib.intake.telegrams import Tapes, Telegrams


class Nameless(Telegrams):
    id = ""


def added(*forms: object) -> TemporaryHook:
    """Within it, another app has these formats."""
    return hooks.register_temporarily("register_archive_source_format", lambda: list(forms))


@pytest.mark.parametrize("text", ["<story>One.</story>", '{"headline": "One"}'])
def test_other_forms_are_not_taken_for_plain_text(text: str) -> None:
    with pytest.raises(IntakeError, match="no format recognises it"):
        recognise(SourceFile(Path("story.txt"), text.encode()))


@pytest.mark.parametrize(
    "text", ["Headline\nOne.", "标题\n第一段。", "<SLUG>BRIDGE\nOne.\n<ENDS>", "{（记者 甲）}一。"]
)
def test_plain_text_is_recognised(text: str) -> None:
    assert isinstance(recognise(SourceFile(Path("story"), text.encode())), PlainText)


@pytest.mark.parametrize("read", [read_stories, read_within_limits])
def test_an_app_adds_a_format_of_its_own(read: Callable[..., list[ParsedArticle]]) -> None:
    source = SourceFile(Path("a.tlg"), b" STOP PORT OPENS STOP ")
    with added(Telegrams()):
        [story] = read(source)
        assert {".tlg", ".txt"} < set(suffixes())
    assert (story.headline, story.format, story.item) == ("PORT OPENS", "telegram", 1)
    assert ".tlg" not in suffixes()


def test_what_reads_bytes_is_asked_before_what_reads_text() -> None:
    with added(Telegrams(), Tapes()):
        stories = read_stories(SourceFile(Path("a"), b"TAPE\x00One\x00Two"))
    found = [(story.headline, story.format, story.item) for story in stories]
    assert found == [("One", "tape", 1), ("Two", "tape", 2)]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [("a format", "gives 'a format', not a SourceFormat"), (Nameless(), "no id")],
)
def test_what_is_no_format_is_named(wrong: object, reason: str) -> None:
    with added(wrong), pytest.raises(ImproperlyConfigured, match=reason):
        suffixes()


def test_a_format_that_needs_apps_is_named() -> None:
    with (
        added(Counted()),
        pytest.raises(IntakeError, match=r"counted_format\.Counted” needs models"),
    ):
        read_within_limits(SourceFile(Path("a.txt"), b"Port opens\nA port."))


def test_a_teletype_message_is_no_plain_text() -> None:
    text = "\x01hna062 4 i 211 hna 061\r\n\nPorts/\r\n\x02Port opens\r\n\n   A port.\r\n\x03"
    assert not PlainText().recognises(SourceFile(Path("a.txt"), text.encode()))

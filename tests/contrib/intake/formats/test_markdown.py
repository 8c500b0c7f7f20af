"""Markdown: front matter, structure, pictures."""

import time
from pathlib import Path

import pytest

from archive.contrib.intake.formats import recognise
from archive.contrib.intake.formats.markdown import MarkdownFormat
from archive.contrib.intake.records import IntakeError
from archive.contrib.intake.sources import SourceFile
from tests.contrib.intake.files import JPEG
from tests.contrib.intake.formats.reading import source, stories, story, words
from tests.contrib.intake.texts import CHINESE, ENGLISH

YAML = """---
title: "Port opens new route"
subtitle: A week sooner
authors: [Wang Wei, {name: Li Na}]
date: 2015-09-22
tags: [port, 湛江]
weight: 3
---
"""
BODY = """
ZHANJIANG - A **new** route opened on [Monday](https://example.com/).

## Room for growth

- One berth
- Two berths

> It is faster.

| Port | Tonnes |
| --- | --- |
| Zhanjiang | 3 m |

![Cranes](img/port.jpg)
"""


def test_front_matter_says_the_fields() -> None:
    article = story((YAML + BODY).encode())
    assert (article.format, article.headline) == ("markdown", "Port opens new route")
    assert article.standfirst == "A week sooner"
    assert [one.name for one in article.bylines] == ["Wang Wei", "Li Na"]
    assert str(article.published) == "2015-09-22"
    assert article.keywords == ("port", "湛江")


def test_a_date_that_no_calendar_has_is_kept() -> None:
    article = story(("---\ntitle: Port opens\ndate: 1996-13-02\n---\n" + BODY).encode())
    assert (article.headline, article.published) == ("Port opens", None)
    assert "1996-13-02" in article.missing


def test_front_matter_without_names_is_kept() -> None:
    article = story(b"---\nSlug=port\n---\n\n# Port opens\n\nIt is **new**.\n", "a.md")
    assert "Slug=port" in article.unplaced


def test_toml_is_read_too() -> None:
    toml = '+++\ntitle = "湛江港开通新航线"\ndate = 2015-09-22T08:00:00Z\n+++\n正文第一段。\n'
    article = story(toml.encode())
    assert (article.headline, str(article.published)) == ("湛江港开通新航线", "2015-09-22")


def test_structure_is_kept() -> None:
    (document,) = MarkdownFormat().documents(source(f"# Port opens\n{BODY}".encode()))
    assert [(line.kind, line.text) for line in document.lines] == [
        ("headline", "Port opens"),
        ("paragraph", "ZHANJIANG - A new route opened on Monday."),
        ("subhead", "Room for growth"),
        ("list_item", "One berth"),
        ("list_item", "Two berths"),
        ("quote", "It is faster."),
        ("table_row", "Port\tTonnes"),
        ("table_row", "Zhanjiang\t3 m"),
    ]
    link = '<a href="https://example.com/">Monday</a>'
    assert document.lines[1].markup == f"ZHANJIANG - A <b>new</b> route opened on {link}."


def test_no_word_is_lost() -> None:
    article = story((YAML + BODY).encode())
    assert words(BODY) - words(article.text + "img port jpg Cranes https example com") == {}


def test_a_picture_beside_the_file_is_taken() -> None:
    beside = {"img/port.jpg": JPEG}.get
    (article,) = MarkdownFormat().parse(SourceFile(Path("a.md"), BODY.encode(), beside))
    assert [(one.data, one.alt_text) for one in article.images] == [(JPEG, "Cranes")]


def test_a_picture_of_which_only_the_description_is_there_waits_for_a_person() -> None:
    assert story(b"# Port opens\n\n![Two cranes]()\n\nIt does.\n").missing == ["Two cranes"]


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, "# 1 in China\nIt is.", "---\nOne\n---\nTwo"])
def test_plain_text_is_no_markdown(text: str) -> None:
    expected = "markdown" if text.startswith("# ") else "text"
    assert recognise(SourceFile(Path("a.md"), text.encode())).id == expected


@pytest.mark.parametrize("front", ["---\ntitle: [a\n---\n", "+++\ntitle = = 1\n+++\n"])
def test_front_matter_that_can_not_be_read_is_said(front: str) -> None:
    with pytest.raises(IntakeError, match="put them right"):
        stories(f"{front}Port opens.\n".encode())


def test_entities_that_repeat_each_other_do_no_harm() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join(f'*{before}' for _n in range(9))}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    started = time.process_time()
    with pytest.raises(IntakeError, match="put them right"):
        stories(f"---\n{bomb}---\n# Port opens\nIt does.\n".encode())
    assert time.process_time() - started < 3


@pytest.mark.exhaustive
@pytest.mark.parametrize("piece", ["[", "*", "`", "> ", "# a\n", "![", "---\n", "- a\n"])
def test_a_long_text_takes_moments(piece: str) -> None:
    started = time.process_time()
    text = f"# Port opens\n\n{piece * (10_000 // len(piece))}\n\nIt does.\n"
    list(MarkdownFormat().documents(source(text.encode())))
    assert time.process_time() - started < 4

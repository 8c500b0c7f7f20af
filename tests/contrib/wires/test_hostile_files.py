"""Wires that somebody made to do harm are read, or refused, in time that their length bounds."""

import time
from contextlib import suppress
from typing import Any

import pytest

from archive.contrib.intake.formats import read_stories, recognise
from archive.contrib.intake.formats.base import DocumentFormat
from archive.contrib.intake.records import IntakeError
from tests.contrib.intake.formats.documents import source
from tests.contrib.wires.test_newsml_g2 import message
from tests.contrib.wires.test_nitf import nitf

MEGABYTE = 1_000_000
# Generous: on an idle machine each takes under two seconds.
SECONDS = 20


def many(piece: str, size: int = MEGABYTE) -> str:
    return piece * (size // len(piece))


def wire(text: str, header: str = "hna062 4 i 211") -> bytes:
    return f"\x01{header}\r\n\x02{text}\x03".encode()


HOSTILE = {
    "tags": nitf(many("<p>")).replace("</body.content>", many("</p>") + "</body.content>"),
    "nested": nitf(many("<em>", 200_000) + "x" + many("</em>", 250_000)),
    "pictures": nitf(many('<p><img src="a.jpg"/></p>', 300_000)),
    "media": nitf(many('<media><media-reference source="a"/></media>', 300_000)),
    "breaks": nitf("<p>" + many("<br/>", 300_000) + "</p>"),
    "references": message("<packageItem>" + many('<itemRef residref="x"/>') + "</packageItem>"),
    "ninjs": '{"uri": "a", "type": "text", "headline": "b", "body_text": "'
    + many("<a ", 900_000)
    + '"}',
    "brackets": "[" * MEGABYTE,
    "spaces": wire("Port =\r\n\n" + many("a   ")),
    "one line": wire("Port =\r\n\n" + " " * MEGABYTE + "x"),
    "headlines": wire(many("A\r\n")),
    "cells": wire("^Port<\r\n\t\x1e" + " " * 900_000 + "x", "W2870\x1fasian"),
    "controls": wire("^Port<\r\n" + many("\x08a\x1e \x1f"), "W2870\x1fasian"),
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_takes_no_longer_than_another(name: str) -> None:
    hostile = source(HOSTILE[name], f"{name}.txt")
    started = time.process_time()
    with suppress(IntakeError):
        form = recognise(hostile)
        # What is none of these formats is read as a newspaper's text.
        _found = list(form.documents(hostile)) if isinstance(form, DocumentFormat) else []
    assert time.process_time() - started < SECONDS


def test_a_huge_tree_is_refused_before_it_is_built(settings: Any) -> None:
    settings.ARCHIVE_INTAKE_MAX_BYTES = 1000
    with pytest.raises(IntakeError, match="more than the limit of 1,000;"):
        read_stories(source(nitf(many("<p>x</p>", 2000))))

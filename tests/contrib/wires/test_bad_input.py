"""Wires that are cut off, damaged or too deep are read or refused, with an error that is ours."""

import pytest

from archive.contrib.intake.formats import path_of, registered, using
from archive.contrib.intake.records import IntakeError
from tests.contrib.intake.damage import (
    bomb,
    check_all,
    cut_off,
    damaged,
    read,
    refused_or_read,
    with_outer_entity,
    within,
)
from tests.contrib.intake.rounds import formats_of
from tests.contrib.intake.whole_files import PARAGRAPH
from tests.contrib.wires.whole_files import NITF, WHOLE


def test_every_format_has_a_file_to_damage() -> None:
    assert formats_of("archive.contrib.wires") == set(WHOLE)
    assert {name: read(data)[0].format for name, data in WHOLE.items()} == {
        name: name for name in WHOLE
    }


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_is_cut_off_is_read_or_refused(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    check_all(cut_off(WHOLE[name], 12), caplog)


@pytest.mark.parametrize("name", WHOLE)
def test_a_damaged_file_is_read_or_refused(name: str, caplog: pytest.LogCaptureFixture) -> None:
    check_all(damaged(WHOLE[name]), caplog)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", WHOLE)
def test_a_file_may_end_anywhere(name: str) -> None:
    for data in cut_off(WHOLE[name], 200):
        refused_or_read(data)


@pytest.mark.parametrize(
    "data", [bomb(NITF, PARAGRAPH, "nitf"), with_outer_entity(NITF, "Port", "nitf")]
)
def test_entities_are_refused(data: bytes) -> None:
    with pytest.raises(IntakeError, match="entities"):
        read(data)


def test_deep_nesting_is_read_or_refused() -> None:
    deep = NITF.replace("<p>", "<p>" + "<em>" * 10_000).replace("</p>", "</em>" * 10_000 + "</p>")
    with within(5):
        refused_or_read(deep)


@pytest.mark.parametrize("name", WHOLE)
def test_imports_alone_have_no_reader_for_wires(name: str) -> None:
    own = [path for path in map(path_of, registered()) if ".wires." not in path]
    with using(own), pytest.raises(IntakeError, match="save the story as plain text"):
        read(WHOLE[name])

"""What the formats write, their importers read back: without a database."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings

from archive.contrib.exports.formats.base import ExportFolder, ExportFormat
from archive.contrib.exports.formats.json_lines import JsonLinesExport
from archive.contrib.exports.formats.markdown import MarkdownExport
from archive.contrib.exports.formats.newsml_g2 import NewsmlG2Export
from archive.contrib.exports.formats.ninjs import NinjsExport
from archive.contrib.exports.formats.nitf import NitfExport
from archive.contrib.exports.formats.wxr import WxrExport
from archive.contrib.exports.loading import LoadedStory
from archive.contrib.intake.formats import read_stories
from archive.contrib.intake.sources import SourceFile
from archive.interchange.records import (
    PictureRecord,
    TextRecord,
    TranslationRecord,
    WholeStory,
    differences,
)
from archive.text.richtext import folded
from tests.contrib.exports.records import stories
from tests.contrib.exports.schemas import faults

READ_BACK: list[ExportFormat] = [
    JsonLinesExport(),
    NinjsExport(),
    NewsmlG2Export(),
    NitfExport(),
    WxrExport(),
    MarkdownExport(),
]


class Memory(ExportFolder):
    """A folder that is none."""

    def __init__(self) -> None:
        super().__init__(Path("export"))
        self.files: dict[str, io.BytesIO] = {}

    def open(self, name: str) -> Any:
        self.files[name] = file = io.BytesIO()
        file.close = lambda: None  # type: ignore[method-assign]
        return file


def written(form: ExportFormat, *records: WholeStory) -> Memory:
    out = Memory()
    form.write(map(LoadedStory, records), out)
    return out


def read_back(out: Memory) -> dict[str, WholeStory]:
    """By their ids, with all texts that the files have of them."""
    found: dict[str, WholeStory] = {}
    for name, file in sorted(out.files.items()):
        for article in read_stories(SourceFile(Path(name), file.getvalue()), None, None):
            for part in article.parts or (article,):
                assert part.stated is not None, name
                known = found.get(part.stated.id, part.stated)
                texts = {**known.texts, **part.stated.texts}
                found[known.id] = replace(known, texts=texts)
    return found


def folded_record(record: WholeStory) -> WholeStory:
    """Rich texts that say and show the same are equal, as everywhere in the archive."""
    texts = {
        code: replace(one, body=tuple(_folded(one.body))) for code, one in record.texts.items()
    }
    return replace(record, texts=texts)


def _folded(value: Any) -> Any:
    if isinstance(value, dict):
        # That of boxes and corrections needn't be in paragraphs.
        return {
            name: folded(one) if name == "text" else _folded(one) for name, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [_folded(one) for one in value]
    return folded(value) if isinstance(value, str) and value.startswith("<p>") else value


def check_round_trip(form: ExportFormat, record: WholeStory) -> None:
    out = written(form, record)
    assert out.failed == [], form.id
    assert list(faults((name, file.getvalue()) for name, file in out.files.items())) == []
    (back,) = read_back(out).values()
    assert differences(folded_record(record), folded_record(back)) == [], form.id
    assert folded_record(record).texts == folded_record(back).texts, form.id


def test_many_stories_are_in_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole ones, of a size that an import reads."""
    monkeypatch.setattr("archive.contrib.exports.formats.json_lines.FULL", 300)
    records = [
        WholeStory(str(uuid4()), "en", texts={"en": TextRecord("Port " * 10)}) for _at in range(5)
    ]

    out = written(JsonLinesExport(), *records)

    assert list(out.files) == ["stories.jsonl", "stories-2.jsonl", "stories-3.jsonl"]
    assert read_back(out) == {one.id: one for one in records}


@pytest.mark.parametrize("is_told", [True, False])
def test_how_things_were_made_is_said_where_other_programs_look(
    is_told: bool, settings: Any
) -> None:
    """Of a translation as far as the site tells; its own record keeps it for the way back."""
    settings.ARCHIVE_MACHINE_DRAFTS_TOLD = is_told
    picture = PictureRecord(
        key="a" * 40,
        file="pictures/a.jpg",
        digital_source_type="trainedAlgorithmicMedia",
        data_mining="DMI-PROHIBITED",
    )
    record = WholeStory(
        str(uuid4()),
        "en",
        texts={"en": TextRecord("Port"), "zh-hans": TextRecord("港口")},
        translation=TranslationRecord(machine=("headline",)),
        pictures=(picture,),
    )
    for form in (NinjsExport(), NewsmlG2Export()):
        out = written(form, record)
        files = {name: file.getvalue() for name, file in out.files.items()}
        told = b"".join(files.values())

        assert list(faults(files.items())) == []
        assert b"digitalsourcetype/trainedAlgorithmicMedia" in told
        assert (b"digitalsourcetype/compositeWithTrainedAlgorithmicMedia" in told) is is_told
        # ninjs has no place for it but the record.
        assert (b"/DMI-PROHIBITED" in told) is (form.id == "newsml-g2")
        assert read_back(out) == {record.id: record}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=stories())
def test_files_are_valid_and_give_back_every_field_in_both_languages(record: WholeStory) -> None:
    for form in READ_BACK:
        check_round_trip(form, record)


@pytest.mark.exhaustive
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=stories())
def test_a_thousand_stories_come_back(record: WholeStory) -> None:
    for form in READ_BACK:
        check_round_trip(form, record)

"""What reference managers read, read by readers of others' making."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import bibtexparser
import citeproc
import pytest
import rispy

from archive.site.citations.formats import bibtex, csl_json, ris
from archive.site.citations.records import CitationRecord, name_in_parts
from tests.site.records import (
    ACCESSED,
    CHINESE_ORIGINAL,
    CHINESE_STORY,
    ENGLISH_STORY,
    ENGLISH_TRANSLATION,
    SAMPLE,
)

each_record = pytest.mark.parametrize(
    "record", [ENGLISH_STORY, CHINESE_STORY, ENGLISH_TRANSLATION, CHINESE_ORIGINAL, SAMPLE]
)
CSL_SCHEMAS = Path(citeproc.SCHEMA_PATH).parent


def in_bibtex(record: CitationRecord) -> Any:
    library = bibtexparser.parse_string(bibtex(record, ACCESSED))
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry


def in_ris(record: CitationRecord) -> dict[str, Any]:
    (entry,) = rispy.loads(ris(record, ACCESSED))
    return entry


def test_bibtex_says_where_a_story_was_printed() -> None:
    entry = in_bibtex(ENGLISH_STORY)
    values = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("article", "city-builds-1h2")
    assert values["author"] == "Li, Na"
    assert values["title"] == "{City builds on long history with US}"
    assert (values["journal"], values["edition"]) == ("China Daily", "USA")
    assert (values["date"], values["month"], values["pages"]) == ("2015-09-22", "sep", "17")
    assert (values["url"], values["urldate"]) == (ENGLISH_STORY.url, "2026-11-25")


def test_bibtex_leaves_chinese_names_whole_and_escapes_what_tex_would_read() -> None:
    chinese = {field.key: field.value for field in in_bibtex(CHINESE_STORY).fields}
    assert (chinese["author"], chinese["translator"]) == ("{李娜}", "{王芳}")
    assert chinese["langid"] == "chinese"
    english = {field.key: field.value for field in in_bibtex(ENGLISH_STORY).fields}
    assert english["abstract"] == r"Ports \& trade: 50\% more"


def test_bibtex_can_count_the_braces_of_any_text() -> None:
    text = bibtex(replace(ENGLISH_STORY, title="A { or a } or a }"), ACCESSED)
    assert text.count("{") == text.count("}")


def test_bibtex_of_a_sample_claims_no_newspaper() -> None:
    entry = in_bibtex(SAMPLE)
    assert entry.entry_type == "misc"
    assert not {"journal", "year", "pages"} & set(entry.fields_dict)


def test_bibtex_of_a_translation_is_the_archives_and_names_what_was_printed() -> None:
    entry = in_bibtex(CHINESE_STORY)
    values = {field.key: field.value for field in entry.fields}
    assert entry.entry_type == "misc"
    assert (values["howpublished"], values["date"]) == ("报刊资料库", "2026-10-08")
    assert values["origtitle"] == "{City builds on long history with US}"
    assert (values["origdate"], values["origlanguage"]) == ("2015-09-22", "english")
    assert values["origpublisher"] == "China Daily"
    assert values["note"].endswith("US. China Daily (USA), 2015-09-22, 17")
    assert not {"journal", "pages", "edition"} & set(values)


def test_ris_says_where_a_story_was_printed() -> None:
    entry = in_ris(ENGLISH_STORY)
    assert (entry["type_of_reference"], entry["authors"]) == ("NEWS", ["Li, Na"])
    assert (entry["title"], entry["secondary_title"]) == (ENGLISH_STORY.title, "China Daily")
    assert (entry["start_page"], entry["date"]) == ("17", "2015/09/22")
    assert (entry["edition"], entry["urls"]) == ("USA", [ENGLISH_STORY.url])
    assert entry["access_date"] == "2026/11/25"


def test_ris_names_the_translator_and_the_original() -> None:
    entry = in_ris(CHINESE_STORY)
    assert (entry["authors"], entry["subsidiary_authors"]) == (["李娜"], ["王芳"])
    assert (entry["type_of_reference"], entry["language"]) == ("ELEC", "zh-Hans")
    assert (entry["secondary_title"], entry["date"]) == ("报刊资料库", "2026/10/08")
    printed = "City builds on long history with US. China Daily (USA), 2015-09-22, 17"
    assert f"OP  - {printed}\r\n" in ris(CHINESE_STORY, ACCESSED)
    assert not {"start_page", "edition"} & set(entry)


def test_ris_of_a_sample_claims_no_newspaper() -> None:
    entry = in_ris(SAMPLE)
    assert entry["type_of_reference"] == "ELEC"
    assert not {"start_page", "date", "year"} & set(entry)


@each_record
def test_csl_json_uses_csls_own_types_and_variables(record: CitationRecord) -> None:
    (item,) = json.loads(csl_json(record, ACCESSED))
    names = {
        file: set(re.findall(r'"([\w-]+)"', (CSL_SCHEMAS / file).read_text().split("div {")[1]))
        for file in ("csl-types.rnc", "csl-variables.rnc")
    }
    assert item.pop("type") in names["csl-types.rnc"]
    assert item.pop("id") == record.key
    assert set(item) <= names["csl-variables.rnc"]
    assert ("issued" in item, "page" in item) == (record is not SAMPLE, record.is_printed)


def test_csl_json_keeps_names_in_parts_only_where_they_have_parts() -> None:
    (english,) = json.loads(csl_json(ENGLISH_STORY, ACCESSED))
    (chinese,) = json.loads(csl_json(CHINESE_STORY, ACCESSED))
    assert english["author"] == [{"family": "Li", "given": "Na"}]
    assert chinese["author"] == [{"literal": "李娜"}]
    assert english["issued"] == {"date-parts": [[2015, 9, 22]]}


def test_csl_json_of_a_translation_tells_its_day_from_the_prints() -> None:
    (item,) = json.loads(csl_json(ENGLISH_TRANSLATION, ACCESSED))
    assert (item["type"], item["container-title"]) == ("webpage", "Newsroom Archive")
    assert item["issued"] == {"date-parts": [[2026, 10, 8]]}
    assert (item["original-title"], item["original-publisher"]) == ("木制玩具出港", "中国日报")
    assert item["original-date"] == {"date-parts": [[1998, 5, 3]]}
    assert item["note"] == "Translation of: 木制玩具出港. 中国日报, 1998-05-03, 4"


def test_csl_json_gives_a_particle_a_field_of_its_own() -> None:
    record = replace(ENGLISH_STORY, authors=(name_in_parts("Lena van der Berg"),))
    [item] = json.loads(csl_json(record, ACCESSED))
    assert item["author"] == [
        {"family": "Berg", "given": "Lena", "non-dropping-particle": "van der"}
    ]

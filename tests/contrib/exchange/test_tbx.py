"""Names as TBX: what the standard asks for, and what another program reads."""

import io
import xml.etree.ElementTree as ET

import pytest
from django.core.management import CommandError, call_command
from translate.storage.tbx import tbxfile

from archive.contrib.exchange.concepts import term_concepts
from archive.contrib.exchange.tbx import Concept, write_tbx
from archive.entities.glossary.terms import Form, Term
from archive.text.language import CHINESE, ENGLISH
from tests.factories import make_entity, make_term

NS = "{urn:iso:std:iso:30042:ed-2}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

ZHANJIANG = Concept(
    Term(
        1,
        "zhanjiang",
        "place",
        (
            Form("湛江", CHINESE),
            Form("Zhanjiang", ENGLISH),
            Form("Tsamkong", ENGLISH, "romanisation"),
            Form("Chankiang", ENGLISH, "alias", forbidden=True),
            Form("廣州灣", CHINESE, "traditional"),
            Form("广州湾", CHINESE, "former", False, "1899", "1945"),
        ),
    ),
    "city",
    {ENGLISH: "Port & city in Guangdong.", CHINESE: "广东省的港口城市。"},
    "https://example.org/?a=1&b=2",
    {"Wikidata": "Q59144", "GeoNames": "1784990"},
)
WANG = Concept(Term(2, "wang", "person", (Form("Wang\x0b <Zhongbing>", ENGLISH),)), "person")


def written(edition="2019", *concepts):
    out = io.StringIO()
    count = write_tbx(out, concepts or (ZHANJIANG, WANG), title="Names", edition=edition)
    assert count == len(concepts or (1, 2))
    return out.getvalue()


def section(root, tag):
    (found,) = [one for one in root.iter(f"{NS}langSec") if one.get(LANG) == tag][:1]
    return found


def test_the_file_says_which_edition_style_and_dialect_it_is():
    root = ET.fromstring(written())
    assert root.tag == f"{NS}tbx"
    assert (root.get("type"), root.get("style"), root.get(LANG)) == ("TBX-Basic", "dca", "en")
    assert root.find(f"{NS}tbxHeader/{NS}fileDesc/{NS}sourceDesc/{NS}p").text == "Names"
    ids = [one.get("id") for one in root.iter(f"{NS}conceptEntry")]
    assert ids == ["name-zhanjiang", "name-wang"]


@pytest.mark.parametrize(
    ("tag", "terms"),
    [
        (
            "en",
            [
                ("Zhanjiang", "fullForm", "preferredTerm-admn-sts"),
                ("Tsamkong", "variant", "admittedTerm-admn-sts"),
                ("Chankiang", "variant", "deprecatedTerm-admn-sts"),
            ],
        ),
        (
            "zh-Hans",
            [
                ("湛江", "fullForm", "preferredTerm-admn-sts"),
                ("广州湾", "variant", "admittedTerm-admn-sts"),
            ],
        ),
        ("zh-Hant", [("廣州灣", "variant", "admittedTerm-admn-sts")]),
    ],
)
def test_each_form_has_its_type_and_status_in_its_language(tag, terms):
    found = [
        (
            one.find(f"{NS}term").text,
            *(
                one.find(f"{NS}termNote[@type='{kind}']").text
                for kind in ("termType", "administrativeStatus")
            ),
        )
        for one in section(ET.fromstring(written()), tag).iter(f"{NS}termSec")
    ]
    assert found == terms


# What the dialect permits, and where: the TBX-Basic module of tbxinfo.net.
PERMITTED = {
    ("termNote", "partOfSpeech"): {"adjective", "noun", "other", "verb", "adverb"},
    ("termNote", "termType"): {
        *("fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase")
    },
    ("termNote", "administrativeStatus"): {
        f"{status}Term-admn-sts" for status in ("admitted", "deprecated", "superseded", "preferred")
    },
}
LEVELS = {
    ("descrip", "subjectField"): {"conceptEntry"},
    ("descrip", "definition"): {"conceptEntry", "langSec"},
    ("admin", "source"): {"conceptEntry", "langSec", "termSec"},
    ("xref", "externalCrossReference"): {"conceptEntry", "termSec"},
    **{key: {"termSec"} for key in PERMITTED},
}


def test_every_category_stands_where_the_dialect_permits_it_with_a_permitted_value():
    root = ET.fromstring(written())
    categories = [
        (parent.tag.removeprefix(NS), (one.tag.removeprefix(NS), one.get("type")), one.text)
        for parent in root.iter()
        for one in parent
        if one.get("type")
    ]
    assert {category for _level, category, _value in categories} == set(LEVELS)
    for level, category, value in categories:
        assert level in LEVELS[category]
        assert value in PERMITTED.get(category, {value})


def test_a_concept_has_definitions_source_and_references():
    root = ET.fromstring(written())
    definitions = {
        tag: section(root, tag).find(f"{NS}descrip[@type='definition']").text
        for tag in ("en", "zh-Hans")
    }
    assert definitions == {"en": "Port & city in Guangdong.", "zh-Hans": "广东省的港口城市。"}
    entry = next(root.iter(f"{NS}conceptEntry"))
    assert entry.find(f"{NS}descrip[@type='subjectField']").text == "city"
    assert entry.find(f"{NS}admin[@type='source']").text == "https://example.org/?a=1&b=2"
    assert [one.get("target") for one in entry.iter(f"{NS}xref")] == [
        "https://www.wikidata.org/wiki/Q59144",
        "https://www.geonames.org/1784990",
    ]


def test_what_xml_cannot_hold_is_left_out():
    assert "Wang <Zhongbing>" in "".join(ET.fromstring(written()).itertext())


def test_translate_toolkit_reads_the_older_edition():
    store = tbxfile.parsestring(written("2008").encode(), "en", "zh-Hans")
    first, second = store.units
    assert (first.getid(), first.source, first.target) == ("name-zhanjiang", "Zhanjiang", "湛江")
    assert [(term.text, term.deprecated) for term in first.get_source_terms()] == [
        ("Zhanjiang", False),
        ("Tsamkong", False),
        ("Chankiang", True),
    ]
    assert [term.text for term in first.get_target_terms()] == ["湛江", "广州湾"]
    assert "广东省的港口城市。" in [note.text for note in first.get_common_notes()]
    assert second.source == "Wang <Zhongbing>"
    assert second.get_target_terms() == []


@pytest.mark.django_db
def test_tbx_has_the_terms_with_definition_note_and_status() -> None:
    make_term(forbidden_zh_hans="生态脚印", definition_en="Land that one uses.", note="UN's term.")
    out = io.StringIO()
    assert write_tbx(out, term_concepts(), title="Terms") == 1
    root = ET.fromstring(out.getvalue())
    texts = {(one.tag.partition("}")[2], one.text) for one in root.iter()}
    assert {
        ("term", "ecological footprint"),
        ("term", "生态脚印"),
        ("termNote", "deprecatedTerm-admn-sts"),
        ("descrip", "Land that one uses."),
        ("note", "UN's term."),
    } <= texts
    assert ("term", "ecological footprints") not in texts


@pytest.mark.django_db
def test_the_command_writes_tbx_to_a_file_and_to_the_terminal(tmp_path):
    make_entity(wikidata_id="Q59144")
    make_entity("wang", "Wang Zhongbing", "王中丙", kind="person")
    path = tmp_path / "names.tbx"
    call_command("export_tbx", str(path), verbosity=0)
    out = io.StringIO()
    call_command("export_tbx", "-", stdout=out)
    assert out.getvalue() == path.read_text(encoding="utf-8")
    assert len(ET.fromstring(out.getvalue())[1][0]) == 2
    out = io.StringIO()
    call_command("export_tbx", edition="2008", kind=["person"], stdout=out)
    assert "<martif" in out.getvalue()
    assert "湛江" not in out.getvalue()


@pytest.mark.django_db
def test_the_command_says_why_a_file_cannot_be_written(tmp_path):
    with pytest.raises(CommandError, match="can't be written"):
        call_command("export_tbx", str(tmp_path / "missing" / "names.tbx"))

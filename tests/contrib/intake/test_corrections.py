"""A person's changes of a record: what is moved leaves its place, and no words go."""

from typing import Any

import pytest

from archive.contrib.intake.batches.changes import change_fields
from archive.contrib.intake.corrections import retype, set_fields
from archive.contrib.intake.record_json import restored, stored
from archive.contrib.intake.records import IntakeError
from tests.contrib.intake.batches.values import make_item
from tests.factories import make_home

TEXT = """Port opens
Sub line
One sentence. Li Na / China Daily
A small heading
Two sentences here.
Left over, 3 October 2014-10-03
"""


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def record() -> dict[str, Any]:
    """Headline, three blocks, one caption, one leftover; spans into TEXT."""
    blocks = ["Sub line", "One sentence. Li Na / China Daily", "Two sentences here."]
    left = "Left over, 3 October 2014-10-03"

    def reading(*pieces: str) -> dict[str, Any]:
        spans = [list(span(piece)) for piece in pieces]
        return {"confidence": 0.5, "span": [spans[0][0], spans[-1][1]], "spans": spans}

    return {
        "headline": "Port opens",
        "blocks": [{"type": "paragraph", "text": text, "markup": ""} for text in blocks],
        "captions": [{"text": "A small heading", "credit": "", "after": 2, "image": ""}],
        "unplaced": [left],
        "fields": {
            "headline": reading("Port opens"),
            "blocks": reading(*blocks),
            "captions": reading("A small heading"),
            "unplaced": reading(left),
        },
    }


def texts(changed: dict[str, Any]) -> list[tuple[str, str]]:
    return [(block["type"], block["text"]) for block in changed["blocks"]]


def test_a_caption_that_is_a_subhead_goes_to_its_place_in_the_body() -> None:
    changed = retype(record(), TEXT, span("A small heading"), "subhead")
    assert texts(changed)[2] == ("subhead", "A small heading")
    assert (changed["captions"], len(texts(changed))) == ([], 4)


def test_a_paragraph_that_is_a_caption_stands_after_the_blocks_above_it() -> None:
    changed = retype(record(), TEXT, span("One sentence. Li Na / China Daily"), "caption")
    first, second = changed["captions"]
    assert (first["text"], first["after"]) == ("One sentence. Li Na / China Daily", 1)
    assert (second["text"], second["after"]) == ("A small heading", 1)


def test_a_part_of_a_paragraph_is_cut_out_and_the_rest_stays() -> None:
    changed = retype(record(), TEXT, span("Li Na / China Daily"), "credit")
    assert texts(changed)[1] == ("paragraph", "One sentence.")
    assert changed["captions"][0]["credit"] == "Li Na / China Daily"


def test_furniture_leaves_the_record() -> None:
    changed = retype(record(), TEXT, span("Sub line"), "furniture")
    assert "Sub line" not in str(changed["blocks"])


def test_a_new_headline_puts_the_old_one_among_the_leftovers() -> None:
    changed = retype(record(), TEXT, span("Sub line"), "headline")
    assert changed["headline"] == "Sub line"
    assert changed["unplaced"] == ["Port opens", "Left over, 3 October 2014-10-03"]
    assert changed["fields"]["headline"] == {"confidence": 1, "span": list(span("Sub line"))}


def test_a_fact_is_read_from_where_it_stands_and_stays_there() -> None:
    changed = retype(record(), TEXT, span("2014-10-03"), "published")
    assert changed["published"] == "2014-10-03"
    assert changed["unplaced"] == record()["unplaced"]


def test_a_leftover_that_is_a_fact_is_placed() -> None:
    changed = retype(record(), TEXT, span("Left over, 3 October 2014-10-03"), "page")
    assert (changed["page"], changed["unplaced"]) == ("Left over, 3 October 2014-10-03", [])


@pytest.mark.parametrize(
    ("words", "names", "printed"),
    [
        ("By Liu Mingtai in Dalian", [("Liu Mingtai", "Dalian")], "By Liu Mingtai in Dalian"),
        ("本报记者 施颖", [("施颖", None)], "本报记者 施颖"),
        ("施颖", [("施颖", None)], None),
        ("By staff", [], "By staff"),
    ],
)
def test_the_words_of_a_byline_are_kept_as_printed_and_name_who_signs(
    words: str, names: list, printed: str | None
) -> None:
    record = {"blocks": [], "unplaced": [words], "fields": {}}
    changed = retype(record, words, (0, len(words)), "byline")
    assert [(one["name"], one.get("place")) for one in changed["bylines"]] == names
    assert changed["printed_byline"] == printed


@pytest.mark.parametrize(
    ("words", "page"), [("page 3", "3"), ("第3版", "3"), ("A12", "A12"), ("back", "back")]
)
def test_the_words_for_a_page_give_its_number(words: str, page: str) -> None:
    assert retype({"fields": {}}, words, (0, len(words)), "page")["page"] == page


def test_a_name_becomes_a_byline_beside_those_that_are_there() -> None:
    changed = retype(record(), TEXT, span("Li Na"), "byline")
    assert changed["bylines"] == [{"name": "Li Na", "role": "reporter"}]
    assert ("paragraph", "/ China Daily") in texts(changed)


@pytest.mark.parametrize(
    ("where", "kind", "message"),
    [
        ((0, 0), "headline", "select some words"),
        ((0, 4), "nonsense", "no field"),
        ((0, 4), "published", "no date"),
    ],
)
def test_what_makes_no_sense_is_refused(where: tuple[int, int], kind: str, message: str) -> None:
    with pytest.raises(IntakeError, match=message):
        retype(record(), TEXT, where, kind)


def test_fields_are_set_in_full_confidence() -> None:
    changed = set_fields(record(), {"published": "2015-09-22", "publication": " China  Daily "})
    assert (changed["published"], changed["publication"]) == ("2015-09-22", "China Daily")
    assert changed["fields"]["published"]["confidence"] == 1


@pytest.mark.parametrize(
    "values",
    [
        {"published": "22/9"}, {"language": "xx"}, {"nonsense": "x"}, {"blocks": [{"type": "x"}]},
        {"bylines": ["Li Na"]},
    ],
)  # fmt: skip
def test_values_that_no_story_can_have_are_refused(values: dict[str, Any]) -> None:
    with pytest.raises(IntakeError):
        set_fields(record(), values)


@pytest.mark.django_db
def test_a_correction_is_judged_again() -> None:
    make_home()
    item = make_item("Port opens\nOne sentence that is long enough to be text.\nTwo.\n")
    assert item.confidence == 0
    item = change_fields(item, None, {"publication": "China Daily", "published": "2015-09-22"})
    assert item.confidence > 0
    assert [one["field"] for one in item.corrected] == ["publication", "published"]


@pytest.mark.django_db
def test_a_stored_record_gives_the_same_story_again() -> None:
    make_home()
    item = make_item()
    article = restored(item.record, text=item.text)
    assert stored(article) == item.record
    assert (article.published.isoformat(), article.blocks[0].type) == ("2015-09-22", "paragraph")


def test_a_name_that_is_marked_twice_signs_once() -> None:
    text = "By Li Na\nThe port opened. Li Na reported."
    known = {"bylines": [{"name": "Li Na", "role": "reporter", "place": None}]}
    start = text.rindex("Li Na")
    assert retype(known, text, (start, start + 5), "byline")["bylines"] == known["bylines"]
    twice = [{"name": "Li Na", "role": "reporter"}, {"name": "li na", "role": "reporter"}]
    assert set_fields({}, {"bylines": twice})["bylines"] == twice[:1]


@pytest.mark.parametrize(
    ("former", "name", "waits"),
    [
        ("Port opens", "Harbour Life", True),
        ("Port opens", "Port Opens!", False),
        ("China Daily", "Harbour Life", False),
    ],
)
def test_words_read_for_a_paper_wait_once_a_person_names_another(
    former: str, name: str, waits: bool
) -> None:
    before = {**record(), "publication": former}
    before["fields"]["publication"] = {"confidence": 0.9, "span": list(span(former))}
    changed = set_fields(before, {"publication": name})
    assert changed["publication"] == name
    assert (former in changed["unplaced"]) == waits
    assert changed["fields"]["publication"]["confidence"] == 1

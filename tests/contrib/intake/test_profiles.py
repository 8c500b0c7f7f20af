"""What an editor has said of a source is applied to its next files, and nothing else."""

import time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from archive.contrib.intake.adjustments import adjusting
from archive.contrib.intake.batches.changes import change_fields, retype
from archive.contrib.intake.batches.profile_choice import proposed_rules, save_profile
from archive.contrib.intake.batches.rereading import read_rest_again
from archive.contrib.intake.batches.slices import read_slice
from archive.contrib.intake.documents import DocumentLine, SourceDocument
from archive.contrib.intake.models import ImportItem, SourceProfile
from archive.contrib.intake.profiles import Fit, apply_rules, check_rules, matches
from archive.contrib.intake.records import IntakeError
from tests.contrib.intake.batches.values import make_batch, make_item
from tests.contrib.intake.texts import ENGLISH, parse
from tests.factories import make_home, make_user

LINES = ("Port opens", "Zhanjiang Post", "One.", "Share on WeChat", "Two.")


def document(*texts: str) -> SourceDocument:
    lines, at = [], 0
    for text in texts or LINES:
        lines.append(DocumentLine(text, (at, at + len(text))))
        at += len(text) + 1
    return SourceDocument("\n".join(texts or LINES), tuple(lines))


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("share*", "Share on WeChat", True),
        ("*wechat", "Share on WeChat", True),
        ("*on*", "Share  on WeChat", True),
        ("share*wechat*", "Share on WeChat", True),
        ("share", "Share on WeChat", False),
        ("a*a", "a", False),
        ("*b*a*", "ab", False),
        ("*", "anything", True),
    ],
)
def test_a_star_stands_for_anything(pattern: str, text: str, fits: bool) -> None:
    assert matches(pattern, text) is fits


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    began = time.process_time()
    matches("*a" * 500 + "b", "a" * 1_000_000)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("fit", "fits"),
    [
        (Fit(file_pattern="zj-*.txt"), True),
        (Fit(file_pattern="hk-*.txt"), False),
        (Fit(publication="zhanjiang post"), True),
        (Fit(first_lines="port*"), True),
        (Fit(file_pattern="zj-*.txt", first_lines="ferry*"), False),
        (Fit(), False),
    ],
)
def test_a_profile_is_for_files_that_all_of_it_fits(fit: Fit, fits: bool) -> None:
    assert fit.fits(document(), "papers/zj-1.txt") is fits


def test_rules_say_what_lines_are_and_where_files_come_from() -> None:
    rules = [
        {"line": 2, "is": "standfirst"},
        {"words": "share*", "is": "furniture"},
        {"line": -1, "is": "caption"},
        {"line": 99, "is": "caption"},
        {"field": "publication", "value": "Zhanjiang Post"},
    ]
    changed = apply_rules(document(), rules)
    kinds = [line.kind for line in changed.lines]
    assert kinds == ["text", "standfirst", "text", "furniture", "caption"]
    assert (changed.metadata.publication, changed.text) == ("Zhanjiang Post", document().text)


def test_publication_date_and_page_are_read_from_the_line_of_the_citation() -> None:
    cited = document("Port opens", "Zhanjiang Post | 2015-09-22 | Page 4", "One.")
    changed = apply_rules(cited, [{"line": 2, "is": "citation"}])
    said = changed.metadata
    assert (said.publication, said.published.date().isoformat(), said.page) == (
        "Zhanjiang Post",
        "2015-09-22",
        "4",
    )
    assert changed.lines[1].kind == "furniture"


def test_a_line_that_cites_nothing_is_left_as_it_is() -> None:
    told = document("Port opens", "A line of the story that says nothing of its printing.", "One.")
    assert apply_rules(told, [{"line": 2, "is": "citation"}]) == told


@pytest.mark.parametrize(
    "rule",
    [
        "text", {}, {"line": 0, "is": "caption"}, {"line": 2, "is": "nonsense"},
        {"words": "*", "is": "furniture"}, {"field": "headline", "value": "x"},
        {"field": "publication", "value": " "}, {"line": True, "is": "caption"},
        {"line": 1, "words": "x", "is": "caption"},
        {"label": " ", "is": "byline"}, {"label": "Auteur", "is": "quote"},
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_by_name(rule: object) -> None:
    with pytest.raises(IntakeError, match="no rule"):
        check_rules([rule])


@pytest.mark.django_db
def test_a_batch_applies_the_profile_that_fits_and_says_so() -> None:
    make_home()
    rules = [{"field": "publication", "value": "Harbour News"}]
    profile = SourceProfile.objects.create(name="Harbour", file_pattern="1*", rules=rules)
    first, second = make_batch(ENGLISH, ENGLISH.replace("Port", "Pier")).items.order_by("pk")
    assert (first.record["publication"], first.profile) == ("Harbour News", profile)
    assert (second.record["publication"], second.profile) == ("China Daily", None)


@pytest.mark.django_db
def test_a_profile_says_what_the_columns_of_a_table_are() -> None:
    make_home()
    mapping = {"columns": {"headline": "kop", "body": "inhoud", "date": "dag"}}
    SourceProfile.objects.create(name="Table", first_lines="kop,*", mapping=mapping)
    item = make_item("kop,inhoud,dag\nPort opens,The port opened on Monday.,2015-09-22\n")
    said = item.record
    assert (said["headline"], said["published"]) == ("Port opens", "2015-09-22")
    assert [one["text"] for one in said["blocks"]] == ["The port opened on Monday."]


@pytest.mark.django_db
def test_a_profile_that_is_not_in_use_changes_nothing() -> None:
    make_home()
    rules = [{"field": "publication", "value": "Harbour News"}]
    SourceProfile.objects.create(name="H", file_pattern="*", rules=rules, is_active=False)
    assert make_item().record["publication"] == "China Daily"


@pytest.mark.django_db
def test_corrections_are_proposed_as_rules_and_learned_only_when_saved() -> None:
    make_home()
    item = change_fields(make_item(), None, {"publication": "Harbour News", "page": "3"})
    start = item.text.index("Room for growth")
    item = retype(item, None, (start, start + len("Room for growth")), "furniture")
    rules = proposed_rules(item)
    assert rules == [
        {"field": "publication", "value": "Harbour News"},
        {"words": "Room for growth", "is": "furniture"},
    ]
    assert make_item(ENGLISH.replace("Port", "Pier")).record["publication"] == "China Daily"
    boss = make_user("boss", is_superuser=True)
    save_profile(boss, SourceProfile(name="Harbour", file_pattern="*.txt", rules=rules))
    assert make_item(ENGLISH.replace("Port", "Canal")).record["publication"] == "Harbour News"


LABELLED = """Title: {0} opens
Verfasser: Anna Berg
Kennziffer: 17
Paper: China Daily
Date: 2015-09-22
Text: A new {0} opened on Monday, and the city was glad.
"""


@pytest.mark.parametrize(
    "text", [LABELLED.format("Port"), "Port opens\nVerfasser: Anna Berg\nOne."]
)
def test_what_stands_behind_a_label_is_what_a_rule_says(text: str) -> None:
    rules = [{"label": "verfasser", "is": "byline"}, {"label": "Kennziffer", "is": "other"}]
    with adjusting(lambda document, _source: apply_rules(document, rules)):
        story = parse(text)
    assert [one.name for one in story.bylines] == ["Anna Berg"]
    assert story.headline == "Port opens"
    start, end = story.fields["bylines"].spans[0]
    assert text[start:end] == "Anna Berg"
    assert parse(text).bylines == ()


@pytest.mark.django_db
def test_a_label_once_assigned_is_read_in_the_rest_of_the_import() -> None:
    make_home()
    boss = make_user("boss", is_superuser=True)
    batch = make_batch(*(LABELLED.format(name) for name in ("Port", "Pier", "Canal")))
    first, other, changed = batch.items.order_by("pk")
    start = first.text.index("Anna Berg")
    first = retype(first, boss, (start, start + len("Anna Berg")), "byline")
    change_fields(changed, boss, {"page": "3"})
    rules = proposed_rules(first)
    assert rules == [{"label": "Verfasser", "is": "byline"}]
    profile = SourceProfile(name="Berg", first_lines="Title:*", rules=rules)
    save_profile(boss, profile)
    assert read_rest_again(batch, boss, profile) == 1
    while not read_slice(batch).is_done:
        pass
    names = {
        item.text[7:11]: [one["name"] for one in item.record["bylines"]]
        for item in batch.items.all()
    }
    assert names == {"Port": ["Anna Berg"], "Pier": ["Anna Berg"], "Cana": []}
    assert not batch.items.filter(pk=other.pk).exists()
    with pytest.raises(PermissionDenied):
        read_rest_again(batch, make_user("reader"), profile)


@pytest.mark.django_db
def test_a_profile_for_no_files_or_by_somebody_without_the_right_is_refused() -> None:
    boss = make_user("boss", is_superuser=True)
    with pytest.raises(ValidationError, match="which files"):
        save_profile(boss, SourceProfile(name="Harbour"))
    with pytest.raises(ValidationError):
        save_profile(boss, SourceProfile(name="Harbour", file_pattern="*", rules=["x"]))
    with pytest.raises(ValidationError, match="a mapping has no"):
        save_profile(boss, SourceProfile(name="Harbour", file_pattern="*", mapping={"x": 1}))
    with pytest.raises(PermissionDenied):
        save_profile(make_user("reader"), SourceProfile(name="Harbour", file_pattern="*"))
    assert not ImportItem.objects.exists()

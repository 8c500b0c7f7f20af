"""Loading again: what the file may change, and what is the editor's."""

import pytest

from archive.entities.loads import digest, merge

LOADED = {"name": digest("Zhanjiang")}


@pytest.mark.parametrize(
    ("stored", "file", "loaded", "changes", "kept"),
    [
        ("Zhanjiang", "Zhanjiang", LOADED, {}, []),
        ("Zhanjiang", "Zhanjiang City", LOADED, {"name": "Zhanjiang City"}, []),
        ("Tsamkong", "Zhanjiang City", LOADED, {}, ["name"]),
        ("", "Zhanjiang", LOADED, {}, ["name"]),
        ("Zhanjiang", "", LOADED, {"name": ""}, []),
        ("", "Zhanjiang", {}, {"name": "Zhanjiang"}, []),
        (None, "Zhanjiang", {}, {"name": "Zhanjiang"}, []),
        ("Tsamkong", "Zhanjiang", {}, {}, ["name"]),
    ],
)
def test_changes_only_what_nobody_touched(stored, file, loaded, changes, kept):
    merged = merge({"name": stored}, {"name": file}, loaded)
    assert (merged.changes, merged.kept) == (changes, kept)


def test_a_row_that_an_editor_removed_stays_away():
    merged = merge({}, {"name:en:Amoy": "alias"}, {"name:en:Amoy": digest("alias")})
    assert merged.kept == ["name:en:Amoy"]


@pytest.mark.parametrize(("now", "dropped"), [("alias", ["name:en:Amoy"]), ("former", [])])
def test_a_row_that_left_the_files_list_goes_unless_it_was_edited(now, dropped):
    loaded = {"name:en:Amoy": digest("alias")}
    merged = merge({"name:en:Amoy": now}, {}, loaded, lists=("name:en:",))
    assert merged.dropped == dropped
    assert merged.digests == {}


def test_a_column_that_left_the_file_keeps_its_value_and_its_digest():
    merged = merge({"name": "Zhanjiang"}, {}, LOADED)
    assert (merged.changes, merged.dropped, merged.digests) == ({}, [], LOADED)


@pytest.mark.parametrize(
    ("one", "two"), [("a\nb", "a\r\nb"), ("", None), (False, ""), ("a", " a ")]
)
def test_what_a_form_sends_back_unchanged_counts_as_unchanged(one, two):
    assert digest(one) == digest(two)


@pytest.mark.parametrize(("one", "two"), [("a", "b"), (1.5, 1.6), (True, False), (0.0, None)])
def test_different_values_have_different_digests(one, two):
    assert digest(one) != digest(two)

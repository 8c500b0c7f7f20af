"""Profiles of sources: each rule in words, and as something that can be changed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.contrib.intake.admin.profile_forms import rule_words
from archive.contrib.intake.models import SourceProfile
from tests.contrib.intake.admin.screens import importer_client

pytestmark = pytest.mark.django_db
RULES = [
    {"line": 2, "is": "standfirst"},
    {"words": "Share*", "is": "furniture"},
    {"field": "language", "value": "zh-hans"},
]


@pytest.fixture
def client() -> Client:
    return importer_client()


def _data(*lines: tuple[str, str], **values: Any) -> dict[str, Any]:
    data = {"name": "Gulf", "file_pattern": "gulf-*", "is_active": "on", **values}
    data |= {"lines-TOTAL_FORMS": str(len(lines)), "lines-INITIAL_FORMS": "0"}
    for part in ("columns", "labels"):
        data |= {f"{part}-TOTAL_FORMS": "0", f"{part}-INITIAL_FORMS": "0"}
    for number, (where, kind) in enumerate(lines):
        data |= {f"lines-{number}-where": where, f"lines-{number}-kind": kind}
    return data


def test_a_profile_is_made_of_lines_words_and_values(client: Client) -> None:
    data = _data(("2", "standfirst"), ("", "text"), ("Share*", "furniture"), ("-1", "citation"))
    client.post(reverse("archive_source_profiles:add"), {**data, "always_language": "zh-hans"})
    profile = SourceProfile.objects.get()
    assert profile.rules == [*RULES[:2], {"line": -1, "is": "citation"}, RULES[2]]


def test_what_stands_behind_labels_is_said_in_the_form(client: Client) -> None:
    rules = [{"label": "Verfasser", "is": "byline"}, {"label": "Kennziffer", "is": "other"}]
    profile = SourceProfile.objects.create(name="Gulf", file_pattern="gulf-*", rules=rules)
    address = reverse("archive_source_profiles:edit", args=[profile.pk])
    page = client.get(address)
    assert rule_words(rules[0]) == "What stands behind “Verfasser” is: Byline"
    assert all(rule_words(rule) in page.content.decode() for rule in rules)
    labels = page.context["form"].labels
    data = {**_data(), "labels-TOTAL_FORMS": "3", "labels-INITIAL_FORMS": "2"}
    for number, (label, field) in enumerate(
        [("", "byline"), ("Kennziffer", "left_out"), ("Tag", "date")]
    ):
        data |= {f"labels-{number}-column": label, f"labels-{number}-field": field}
    assert [form["column"].value() for form in labels][:2] == ["Verfasser", "Kennziffer"]
    client.post(address, data)
    profile.refresh_from_db()
    assert profile.rules == [rules[1], {"label": "Tag", "is": "date"}]


def test_the_form_says_the_rules_in_words_and_an_emptied_one_goes(client: Client) -> None:
    profile = SourceProfile.objects.create(name="Gulf", file_pattern="gulf-*", rules=RULES)
    address = reverse("archive_source_profiles:edit", args=[profile.pk])
    page = client.get(address).content.decode()
    for rule in RULES:
        assert rule_words(rule) in page
    lines = _data(("2", "standfirst"), ("", "furniture"))
    client.post(address, {**lines, "lines-INITIAL_FORMS": "2"})
    profile.refresh_from_db()
    assert profile.rules == RULES[:1]
    assert (
        "Line 2 is: Standfirst"
        in client.get(reverse("archive_source_profiles:index")).content.decode()
    )


@pytest.mark.parametrize("where", ["0", "***"])
def test_a_rule_that_means_nothing_is_refused(client: Client, where: str) -> None:
    found = client.post(reverse("archive_source_profiles:add"), _data((where, "caption")))
    assert "this is no rule" in found.content.decode()
    assert not SourceProfile.objects.exists()

"""Drafts of 100 % between the same neighbours are listed, confirmed together, and taken back."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.desk.segments import rows
from archive.models import JournalEntry, Translation
from tests.desk.helpers import Person, again, page_text, translation_of
from tests.factories import make_article, make_body, translate

pytestmark = pytest.mark.django_db

TEXTS = ("The port opened early.", "Ships came from afar.", "The mayor spoke.", "All went home.")


def published(*texts: str, **others: str) -> dict[str, str]:
    """A story that readers have in both languages; its translations by their sources."""
    article = make_article("A published story", body=make_body(*texts))
    keys = [block["id"] for block in article.body_en.raw_data]
    known = {
        text: f"{'甲乙丙丁戊己庚辛壬癸'[number]}处的译文。" for number, text in enumerate(texts)
    }
    known |= {text: others["wrong"] for text in texts if "wrong" in others and "12" in text}
    targets = [f"<p>{known[text]}</p>" for text in texts]
    translate(article, **dict(zip(keys, targets, strict=True)))
    return known


def drafted(known: dict[str, str], *texts: str, score: int = 100) -> Translation:
    """A story whose paragraphs were filled from the memory."""
    translation = translation_of(make_article("Another story", body=make_body(*texts)))
    changes = [
        SegmentChange(row.source.key, f"<p>{known[text]}</p>", origin="ahead", score=score)
        for row in rows(translation)
        if (text := row.source.plain_text) in known
    ]
    save_segments(translation, changes, user=None)
    return again(translation)


def listed(person: Person, translation: Translation) -> dict[str, Any]:
    url = reverse("archive_translation:exact_matches", args=[translation.pk])
    return dict(person.client.get(url).json())


def confirm(person: Person, translation: Translation, wanted: Any) -> Any:
    url = reverse("archive_translation:exact_matches", args=[translation.pk])
    return person.client.post(url, wanted, content_type="application/json")


def states(translation: Translation) -> list[str]:
    draft = again(translation).get_latest_revision_as_object()
    return [row.state for row in rows(draft)[1:]]


def test_those_between_the_same_neighbours_are_confirmed_and_taken_back(li: Person) -> None:
    known = published(*TEXTS)
    # The last stands behind another text here.
    here = drafted(known, *TEXTS[:3], "A new end.", TEXTS[3])
    found = listed(li, here)
    assert len(found["wanted"]) == 1
    assert TEXTS[1] in found["html"]
    answer = confirm(li, here, found["wanted"]).json()
    assert answer["said"] == "Confirmed together: 1 segment"
    assert states(here) == ["memory", "confirmed", "memory", "empty", "memory"]
    assert listed(li, here)["wanted"] == {}
    undo = reverse("archive_translation:undo", args=[here.pk, answer["entry"]])
    assert li.client.post(undo).json()["said"] == "Taken back: 1 segment."
    assert states(here)[1] == "memory"
    assert li.client.post(undo).status_code == 409


def test_what_was_changed_since_stays(li: Person, editor: Person) -> None:
    here = drafted(published(*TEXTS), *TEXTS)
    found = listed(li, here)
    assert len(found["wanted"]) == len(TEXTS) - 1
    key, *_others = found["wanted"]
    segment = again(here).get_latest_revision_as_object().segments.get(key=key)
    typed = SegmentChange(key, "<p>改过。</p>", version_of(segment))
    save_segments(here, [typed], user=editor.user)
    answer = confirm(li, here, found["wanted"]).json()
    assert answer["said"] == f"Confirmed together: {len(TEXTS) - 2} segments"
    key, *_others = found["wanted"].keys() - {key}
    segment = again(here).get_latest_revision_as_object().segments.get(key=key)
    typed = SegmentChange(key, "<p>又改。</p>", version_of(segment))
    save_segments(again(here), [typed], user=li.user)
    undo = reverse("archive_translation:undo", args=[here.pk, answer["entry"]])
    assert "1 segment was changed since and stays." in li.client.post(undo).json()["said"]


@pytest.mark.parametrize(("target", "score"), [("乙处的译文。", 99), ("另一译法。", 100)])
def test_another_score_and_another_wording_are_left_out(li, target, score):
    known = published(*TEXTS)
    assert listed(li, drafted({TEXTS[1]: known[TEXTS[1]]}, *TEXTS))["wanted"]
    assert listed(li, drafted({TEXTS[1]: target}, *TEXTS, score=score))["wanted"] == {}


def test_what_a_check_finds_is_left_out(li):
    texts = TEXTS[0], "It has 12 ships.", TEXTS[1]
    known = published(*texts, wrong="甲港有13艘船。")
    assert len(listed(li, drafted(known, *texts))["wanted"]) == 1


def test_the_history_says_so_and_strangers_take_nothing_back(li: Person, editor: Person) -> None:
    here = drafted(published(*TEXTS), *TEXTS)
    confirm(li, here, listed(li, here)["wanted"])
    url = reverse("wagtailsnippets_archive_translation:history", args=[here.pk])
    assert "Confirmed 3 segments of 100%" in page_text(li.client.get(url))
    entry = JournalEntry.objects.get()
    undo = reverse("archive_translation:undo", args=[here.pk, entry.pk])
    assert editor.client.post(undo).status_code == 403
    assert confirm(li, here, []).status_code == 400


def test_the_list_takes_the_same_queries_for_any_number(li: Person) -> None:
    counts = set()
    for number in (3, 10):
        names = ("port", "fair", "town", "park", "school", "lake", "road", "sea", "isle", "hill")
        texts = [f"The {one} of the town opened." for one in names[:number]]
        here = drafted(published(*texts), *texts)
        assert listed(li, here)["wanted"]
        with CaptureQueriesContext(connection) as queries:
            listed(li, here)
        counts.add(len(queries))
    assert len(counts) == 1
    assert max(counts) <= 16

"""The lines between two texts are changed and saved."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from archive.desk.models import Segment, StoryPair, Translation
from archive.desk.pairs.actions import PairError, confirm_pair
from archive.desk.pairs.linked_text import LinkedPieces
from archive.desk.pairs.links import load_links, save_links
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.journal.undo import undo
from archive.stories.body import raw
from archive.text.language import column
from tests.desk.pairs.stories import make_pair
from tests.factories import make_user

pytestmark = pytest.mark.django_db
AS_IT_IS = [LinkedPieces((at,), (at,)) for at in range(4)]


@pytest.fixture
def translation() -> Translation:
    return Translation.objects.get(pk=confirm_pair(make_pair(), None).pk)


def save(translation: Translation, *links: LinkedPieces) -> list[LinkedPieces]:
    row = Translation.objects.get(pk=translation.pk)
    return save_links(row, links, load_links(row).version, _user()).links


def _user() -> User:
    return User.objects.filter(username="linker").first() or make_user("linker")


def segments(translation: Translation) -> list[Segment]:
    row = Translation.objects.get(pk=translation.pk)
    return list(row.get_latest_revision_as_object().segments.all())


def test_a_new_link_moves_the_words_and_stays_a_draft(translation: Translation) -> None:
    save(translation, *AS_IT_IS[:2], LinkedPieces((2,), (3,)))
    found = {one.key: one for one in segments(translation)}
    texts = [one.target for one in found.values()]
    assert "渔民" in texts[2]
    assert {one.state for one in found.values() if one.target} == {Segment.State.DRAFT}
    assert "left-over/2" in found


def test_what_a_person_confirms_is_confirmed_by_that_person(translation: Translation) -> None:
    seen = LinkedPieces((1,), (1,), is_seen=True)
    links = save(translation, AS_IT_IS[0], seen, *AS_IT_IS[2:])
    first, second, *_rest = segments(translation)
    assert (first.state, second.state) == (Segment.State.DRAFT, Segment.State.CONFIRMED)
    assert second.translated_by.username == "linker"
    assert [link.is_seen for link in links] == [False, True, False, False]


def change(translation: Translation, number: int, **wanted: Any) -> Segment:
    """What a translator makes of a segment at the desk; its words stay unless others are given."""
    row = Translation.objects.get(pk=translation.pk)
    before = segments(translation)[number]
    values = {"target": before.target, "base": version_of(before), **wanted}
    (outcome,) = save_segments(row, [SegmentChange(before.key, **values)], user=_user())
    assert outcome.kind == "saved"
    return segments(translation)[number]


@pytest.mark.parametrize("decision", ["left_out", "joined"])
def test_words_that_readers_do_not_get_are_shown_and_kept(
    translation: Translation, decision: str
) -> None:
    before = change(translation, 2, **{decision: True})
    assert before.target
    stored = load_links(Translation.objects.get(pk=translation.pk))
    assert before.target in [one.text for one in stored.pieces]
    save(translation, *stored.links)
    after = segments(translation)[2]
    assert (after.target, getattr(after, decision)) == (before.target, True)
    assert len(segments(translation)) == 4


def test_words_of_a_segment_left_out_are_linked_elsewhere_or_kept_aside(
    translation: Translation,
) -> None:
    words = change(translation, 2, left_out=True).target
    save(translation, *AS_IT_IS[:2], LinkedPieces((2,), (3,)))
    found = {one.key: one for one in segments(translation)}
    assert found["left-over/2"].target == words
    save(translation, *AS_IT_IS)
    assert [one.target for one in segments(translation)][2] == words


@pytest.mark.parametrize("user", ["linker", "other"])
def test_an_untouched_draft_stays_a_draft_and_says_so(translation: Translation, user: str) -> None:
    change(translation, 1, target="<p>没有完成</p>")
    row = Translation.objects.get(pk=translation.pk)
    stored = load_links(row)
    assert not stored.links[1].is_seen
    person = _user() if user == "linker" else make_user(user)
    before = row.latest_revision_id
    save_links(row, stored.links, stored.version, person)
    after = segments(translation)[1]
    assert (after.state, after.translated_by) == (Segment.State.DRAFT, _user())
    assert Translation.objects.get(pk=row.pk).latest_revision_id == before


def test_paragraphs_are_joined_split_and_left_out(translation: Translation) -> None:
    joined = [AS_IT_IS[0], LinkedPieces((1, 2), (1, 2)), AS_IT_IS[3]]
    assert save(translation, *joined) == joined
    assert save(translation, *AS_IT_IS) == AS_IT_IS
    left = [*AS_IT_IS[:3], LinkedPieces((3,), ())]
    assert save(translation, *left) == left
    assert [one.left_out for one in segments(translation)][3]


ALL_SEEN = [LinkedPieces((at,), (at,), is_seen=True) for at in range(4)]
GROWN = LinkedPieces((1, 2), (1,))


def test_a_confirmed_link_that_grows_is_confirmed_anew(translation: Translation) -> None:
    save(translation, *ALL_SEEN)
    others = [ALL_SEEN[0], ALL_SEEN[3]]
    assert save(translation, others[0], GROWN, others[1])[1] == GROWN
    states = [one.state for one in segments(translation)[:4]]
    assert states == ["confirmed", "draft", "draft", "confirmed"]
    seen = replace(GROWN, is_seen=True)
    assert save(translation, others[0], seen, others[1])[1] == seen
    assert {one.state for one in segments(translation)[:4]} == {Segment.State.CONFIRMED}


def test_a_link_of_which_a_segment_is_a_draft_is_none_that_somebody_confirmed(
    translation: Translation,
) -> None:
    save(translation, ALL_SEEN[0], replace(GROWN, is_seen=True), ALL_SEEN[3])
    change(translation, 2, joined=False, target="<p>没有完成</p>")
    change(translation, 2, joined=True)
    assert not load_links(Translation.objects.get(pk=translation.pk)).links[1].is_seen


def test_a_link_whose_source_has_changed_is_to_be_checked_and_settled_here(
    translation: Translation,
) -> None:
    before = save(translation, *ALL_SEEN)
    seen_version = load_links(Translation.objects.get(pk=translation.pk)).version
    story = Translation.objects.get(pk=translation.pk).article
    correct(story)
    row = Translation.objects.get(pk=translation.pk)
    stored = load_links(row)
    assert stored.links[1] == replace(before[1], is_seen=False, is_doubtful=True)
    with pytest.raises(PairError, match="meanwhile"):
        save_links(row, ALL_SEEN, seen_version, _user())
    # Whoever changes another link says nothing of this one.
    assert not save(translation, *stored.links[:3], replace(ALL_SEEN[3], is_seen=False))[1].is_seen
    assert save(translation, *ALL_SEEN) == ALL_SEEN


def correct(story: Any) -> None:
    """Publish the story with another sentence in its first paragraph."""
    blocks = raw(story.source("body"))
    blocks[0]["value"] = blocks[0]["value"].replace("</p>", " And more.</p>")
    name = column("body", story.source_language)
    setattr(story, name, story._meta.get_field(name).to_python(blocks))
    story.save_revision().publish()


def test_a_headline_is_never_left_out(translation: Translation) -> None:
    with pytest.raises(PairError, match="without a headline"):
        save(translation, LinkedPieces((0,), ()), *AS_IT_IS[1:])


def test_links_that_no_draft_can_hold_are_refused(translation: Translation) -> None:
    for links in (
        [LinkedPieces((1, 3), (1,))],
        [LinkedPieces((0, 1), (1,))],
        [LinkedPieces((1,), (1,)), LinkedPieces((2,), (1,))],
        [LinkedPieces((99,), (1,))],
    ):
        with pytest.raises(PairError):
            save(translation, *links)


def test_a_draft_that_somebody_changed_meanwhile_isnt_overwritten(
    translation: Translation,
) -> None:
    version = load_links(translation).version
    save(translation, *AS_IT_IS[:3])
    with pytest.raises(PairError, match="meanwhile"):
        save_links(translation, AS_IT_IS, version, None)


def test_a_pair_whose_links_were_changed_can_still_be_undone(translation: Translation) -> None:
    save(translation, *AS_IT_IS[:3])
    undo(StoryPair.objects.get().entry, None)
    assert Translation.objects.get(pk=translation.pk).latest_revision is None


def test_saving_costs_a_fixed_number_of_queries(
    translation: Translation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    version, user = load_links(translation).version, _user()
    with django_assert_max_num_queries(40):
        save_links(translation, AS_IT_IS[:3], version, user)

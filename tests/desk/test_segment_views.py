"""What the desk's script and the server say to each other when segments are saved."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from archive.desk.findings import judge, story_of
from archive.desk.pairs.given_text import GivenText, keep_text_aside
from archive.desk.saving import version_of
from archive.models import Translation
from archive.stories.blocks import TEXT_FEATURES
from tests.desk.helpers import Person, again, page_text, translation_of
from tests.desk.segments import keys, save_one, stored
from tests.factories import make_article, make_body, make_editor, make_translator, translate

pytestmark = pytest.mark.django_db


def rich(text: str) -> str:
    return str(rich_text(f"<p>{text}</p>", features=TEXT_FEATURES))


# Saving


def test_a_segment_is_saved_and_the_answer_says_how_far_the_story_is(translation, li) -> None:
    response = li.saves(translation.pk, {"key": "headline", "target": "标题"}).json()
    outcome = response["outcomes"][0]
    assert (outcome["kind"], outcome["state"]) == ("saved", "draft")
    numbers = {"done": 0, "drafts": 1, "omitted": 0, "reviewed": 0, "stale": 0, "total": 3}
    assert response["progress"] == numbers
    assert response["revision"]["id"] == again(translation).latest_revision_id
    assert stored(translation) == {"headline": "标题"}


@pytest.mark.parametrize("origin", ["memory", "machine"])
def test_a_suggestion_that_is_omitted_is_a_decision_and_no_draft(translation, li, origin) -> None:
    filled = {"key": keys(translation)[1], "target": rich("一"), "origin": origin, "score": 100}
    base = save_one(li, translation, **filled)["version"]
    response = li.saves(translation.pk, {**filled, "base": base, "left_out": True}).json()
    assert response["outcomes"][0]["state"] == "left-out"
    assert (response["progress"]["omitted"], response["progress"]["drafts"]) == (1, 0)


def test_a_text_with_an_error_is_confirmed_by_who_was_told_of_it(li) -> None:
    translation = translation_of(make_article(body=make_body("The harbour opened in 1985.")))
    change = {"key": keys(translation)[1], "target": rich("港口1986年启用。"), "confirmed": True}
    asked = save_one(li, translation, **change)
    assert (asked["kind"], asked["state"], len(asked["errors"])) == ("saved", "draft", 1)
    # The words are stored meanwhile, and known: only the confirmation is asked for.
    again_asked = save_one(li, translation, **change, base=asked["version"])
    assert (again_asked["kind"], again_asked["errors"]) == ("unchanged", asked["errors"])
    sure = save_one(li, translation, **change, base=asked["version"], is_sure=True)
    assert (sure["kind"], sure["state"], sure["errors"]) == ("saved", "confirmed", [])
    # Who only passes by what is confirmed isn't asked.
    assert save_one(li, translation, **change, base=asked["version"])["errors"] == []


def test_an_error_that_was_waived_is_not_asked_about(li) -> None:
    translation = translation_of(make_article(body=make_body("The harbour opened in 1985.")))
    change = {"key": keys(translation)[1], "target": rich("港口1986年启用。")}
    base = save_one(li, translation, **change)["version"]
    draft = again(translation).get_latest_revision_as_object()
    [error] = [one for one in judge(draft, story_of(draft)) if one.is_error]
    values = {"check_id": error.check.check_id, "digest": error.digest}
    translation.waivers.create(key=error.pair.key, author=li.user, **values)
    outcome = save_one(li, translation, **change, base=base, confirmed=True)
    assert (outcome["state"], outcome["errors"]) == ("confirmed", [])


def test_rich_text_is_stored_as_the_database_holds_it(translation, li) -> None:
    key = keys(translation)[1]
    save_one(li, translation, key=key, target=rich("一 <b>二</b>"))
    assert "<b>二</b></p>" in stored(translation)[key]


def test_an_unused_text_is_discarded_only_as_it_was_seen(translation, li) -> None:
    draft = translation.get_latest_revision_as_object()
    keep_text_aside(draft, GivenText([], besides=["多余的话", "另一句"]))
    first, second = (
        one for one in again(translation).get_latest_revision_as_object().segments.all()
    )
    discard = {"key": first.key, "left_out": True}
    assert save_one(li, translation, **discard, base="an older text")["kind"] == "gone"
    assert save_one(li, translation, **discard, base=version_of(first))["kind"] == "saved"
    assert stored(translation) == {second.key: "另一句"}
    assert "多余的话" not in page_text(li.edits(translation).response)


def test_a_headline_is_one_line_whatever_was_pasted(translation, li) -> None:
    save_one(li, translation, key="headline", target="港口\r\n札记 by\nLi\n")
    assert stored(translation)["headline"] == "港口札记 by Li"


def test_the_empty_paragraphs_of_a_paste_from_word_are_left_out(translation, li) -> None:
    key = keys(translation)[1]
    target = rich_text("<p>船来了。</p><p></p><p>船走了。</p>", features=TEXT_FEATURES)
    save_one(li, translation, key=key, target=target)
    assert stored(translation)[key].count("<p") == 2


def test_a_doubtful_suggestion_is_no_text_for_readers_before_it_is_confirmed(translation, li):
    change = {"key": "headline", "target": "1977年的港口", "origin": "memory"}
    outcome = save_one(li, translation, **change, is_doubtful=True)
    assert outcome["state"] == "memory"
    base = {"base": outcome["version"], "confirmed": True}
    assert save_one(li, translation, **change, **base)["state"] == "confirmed"


def test_what_differs_in_a_suggestion_is_told_until_somebody_confirms_it(translation, li):
    change = {"key": "headline", "target": "1977年的港口", "origin": "memory", "is_doubtful": True}
    doubts = '{"adapted":[],"differing":[["1977年","1977年"]]}'
    saved = save_one(li, translation, **change, doubts=doubts)
    assert saved["about"]["doubts"] == doubts
    assert f'data-doubts="{doubts}"' in page_text(li.edits(translation).response)
    base = {"base": saved["version"], "confirmed": True}
    assert save_one(li, translation, **change, **base)["about"]["doubts"] == ""
    assert "data-doubts" not in page_text(li.edits(translation).response)


@pytest.mark.parametrize(
    ("origin", "score", "told"),
    [
        ("memory", 87, ("memory", 87)),
        ("sentences", 96, ("sentences", 96)),
        ("machine", 87, ("machine", None)),
        ("human", 87, ("human", None)),
        ("memory", 101, ("memory", None)),
        ("memory", -1, ("memory", None)),
        ("memory", "87", ("memory", None)),
        ("memory", True, ("memory", None)),
    ],
)
def test_a_suggestions_score_is_stored_with_its_origin(translation, li, origin, score, told):
    outcome = save_one(li, translation, key="headline", target="标题", origin=origin, score=score)
    about = {"origin": told[0], "score": told[1], "author": str(li.user.pk), "doubts": ""}
    assert outcome["about"] == about
    segment = again(translation).get_latest_revision_as_object().segments.get(key="headline")
    assert (segment.origin, segment.score) == told


def test_the_score_goes_with_the_words_and_stays_when_they_are_confirmed(translation, li) -> None:
    change = {"key": "headline", "target": "标题", "origin": "memory", "score": 87}
    version = save_one(li, translation, **change)["version"]
    confirmed = save_one(li, translation, **change, base=version, confirmed=True)
    assert confirmed["about"]["score"] == 87
    typed = save_one(li, translation, key="headline", target="另一标题", base=version)
    assert (typed["about"]["origin"], typed["about"]["score"]) == ("human", None)


def test_a_row_says_whose_words_it_has(translation, li) -> None:
    change = {"key": "headline", "target": "标题", "origin": "memory", "score": 87}
    save_one(li, translation, **change)
    shown = li.client.get(translation.get_edit_url()).content.decode()
    assert f'data-origin="memory" data-score="87" data-author="{li.user.pk}"' in shown
    assert 'data-origin="" data-score="" data-author=""' in shown


def test_what_editors_forbid_never_gets_in(translation, li) -> None:
    key = keys(translation)[1]
    state = json.loads(rich("看这里"))
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}
    state["entityMap"] = {"0": link}
    state["blocks"][0]["entityRanges"] = [{"key": 0, "offset": 0, "length": 3}]
    save_one(li, translation, key=key, target=json.dumps(state))
    assert "javascript" not in stored(translation)[key]
    save_one(li, translation, key="headline", target="<script>alert(1)</script>")
    shown = li.client.get(translation.get_edit_url()).content.decode()
    assert "<script>alert(1)</script>" not in shown


def test_a_conflict_names_the_colleague_and_shows_the_difference(translation, li) -> None:
    save_one(Person(make_translator("wang")), translation, key="headline", target="湛江港")
    outcome = save_one(li, translation, key="headline", target="湛江市")
    assert outcome["kind"] == "conflict"
    assert "wang" in outcome["conflict"]
    assert "湛江<del>市</del><ins>港</ins>" in outcome["conflict"]
    assert stored(translation)["headline"] == "湛江港"


def test_a_conflict_stops_no_other_segment(translation, li) -> None:
    save_one(Person(make_translator("wang")), translation, key="headline", target="甲")
    key = keys(translation)[1]
    changes = {"key": "headline", "target": "乙"}, {"key": key, "target": rich("文")}
    kinds = [one["kind"] for one in li.saves(translation.pk, *changes).json()["outcomes"]]
    assert kinds == ["conflict", "saved"]


def test_what_nobody_changed_here_follows_the_colleague(translation, li) -> None:
    save_one(Person(make_translator("wang")), translation, key="headline", target="甲")
    outcome = save_one(li, translation, key="headline", target="")
    assert outcome["kind"] == "unchanged"
    assert outcome["stored"]["target"] == "甲"


def test_a_paragraph_that_the_story_lost_is_reported(translation, li) -> None:
    outcome = save_one(li, translation, key="nowhere", target="字")
    assert outcome["kind"] == "gone"
    assert "kept in this browser" in outcome["message"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"key": "headline", "target": "长" * 300}, "The limit is 255 characters"),
        ({"key": "headline", "target": "甲\x00乙"}, "NUL"),
        ({"key": "headline", "note": "\x00"}, "NUL"),
        ({"key": "headline", "left_out": True}, "without a headline"),
        ({"key": "headline", "joined": True}, "directly follows another"),
        ({"key": "headline", "target": 7}, "can't be read"),
        ({"key": "headline", "seen": "x" * 99}, "can't be read"),
        ({"key": "headline", "target": "half an emoji \ud83d"}, "can't be read"),
        ({"key": "headline", "note": "\ud83d"}, "can't be read"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(translation, li, change, says: str) -> None:
    response = li.saves(translation.pk, change, {"key": keys(translation)[1], "note": "n"})
    refused, other = response.json()["outcomes"]
    assert (refused["kind"], other["kind"]) == ("refused", "saved")
    assert says in refused["message"]
    assert "headline" not in stored(translation)


@pytest.mark.parametrize("target", ["not json", "[]", '{"blocks": 3}', '{"blocks": [{}]}', "null"])
def test_a_rich_text_that_no_editor_wrote_harms_nothing(translation, li, target: str) -> None:
    outcome = save_one(li, translation, key=keys(translation)[1], target=target)
    assert outcome["kind"] in ("refused", "unchanged")


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", "nonsense", '{"changes": 1}', '{"changes": [1]}', '{"changes": [{}]}']
)
def test_bad_json_is_answered_with_json(translation, li, body: str) -> None:
    url = reverse("archive_translation:save_segment", args=[translation.pk])
    response = li.client.post(url, body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["error"]


def test_a_machines_draft_counts_once_a_person_stands_by_it(translation, li) -> None:
    first = save_one(li, translation, key="headline", target="机器", origin="machine")
    assert first["state"] == "machine"
    base = first["version"]
    second = save_one(li, translation, key="headline", target="机器", base=base, confirmed=True)
    assert (second["kind"], second["state"]) == ("saved", "confirmed")
    assert again(translation).done_count == 1


def test_a_machines_draft_is_not_published_by_the_form(translation, li) -> None:
    li.edits(translation).fill("译").save()
    base = {"key": "headline", "target": "译之0"}
    version = save_one(li, translation, **base)["version"]
    save_one(li, translation, key="headline", target="机器", origin="machine", base=version)
    assert "Confirm this draft" in li.edits(translation).refused("publish")


def test_still_right_is_saved_at_once() -> None:
    translation, li = translate(make_article()), Person(make_translator("li"))
    segment = translation.segments.get(key="headline")
    segment.source_digest = "0" * 32
    segment.save()
    translation = again(translation)
    revision = translation.save_revision()
    revision.publish()
    form = li.edits(translation)
    assert form.change("headline")["base"]
    outcome = li.saves(translation.pk, {**form.change("headline"), "still_right": True}).json()
    assert outcome["outcomes"][0]["state"] == "confirmed"


# Who may


def test_nobody_saves_without_the_right_to(translation) -> None:
    editor = Person(make_editor())
    response = editor.saves(translation.pk, {"key": "headline", "target": "偷"})
    assert response.status_code == 403
    assert response.json()["error"]
    assert stored(translation) == {}


def test_a_logged_out_browser_is_told_no_by_something_else_than_json(translation) -> None:
    url = reverse("archive_translation:save_segment", args=[translation.pk])
    for headers in ({}, {"x-requested-with": "XMLHttpRequest"}):
        response = Client().post(url, "{}", content_type="application/json", headers=headers)
        assert response.status_code in (302, 403)
        assert "json" not in response.headers.get("content-type", "")


def test_who_is_no_longer_logged_in_is_told_that_the_text_is_kept(translation, li) -> None:
    response = li.saves(translation.pk, {"key": "headline"}, headers={"X-Archive-User": "0"})
    assert response.status_code == 403
    assert "What you typed is kept here" in response.json()["error"]


def test_another_persons_words_are_not_saved_under_ones_name(translation, li) -> None:
    """As when somebody else has logged in in the same browser meanwhile."""
    other = str(make_translator("wang").pk)
    change = {"key": "headline", "target": "王"}
    response = li.saves(translation.pk, change, headers={"X-Archive-User": other})
    assert response.status_code == 403
    assert stored(translation) == {}


def test_another_persons_comment_is_not_made_under_ones_name(translation, li) -> None:
    other = str(make_translator("wang").pk)
    url = reverse("archive_translation:add_comment", args=[translation.pk])
    sent = {"key": "headline", "text": "?"}
    response = li.client.post(url, sent, headers={"X-Archive-User": other})
    assert response.status_code == 403
    assert not translation.comments.exists()


def test_a_forged_request_is_refused(translation) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_translator("li"))
    url = reverse("archive_translation:save_segment", args=[translation.pk])
    body = json.dumps({"changes": [{"key": "headline", "target": "偷"}]})
    assert client.post(url, body, content_type="application/json").status_code == 403
    token = client.get(reverse("archive_session")).json()["token"]
    headers = {"X-CSRFToken": token}
    answer = client.post(url, body, content_type="application/json", headers=headers)
    assert answer.status_code == 200


def test_a_locked_translation_takes_nothing_and_says_why(translation, li) -> None:
    locker = make_translator("locker")
    translation.locked, translation.locked_by, translation.locked_at = True, locker, timezone.now()
    translation.save()
    response = li.saves(translation.pk, {"key": "headline", "target": "甲"})
    assert response.status_code == 423
    assert "locker" in response.json()["error"]
    assert stored(translation) == {}
    own = Person(locker).saves(translation.pk, {"key": "headline", "target": "甲"})
    assert own.status_code == 200


def test_there_must_be_a_translation(li) -> None:
    assert li.saves(999_999, {"key": "headline"}).status_code == 403


def test_saving_costs_the_same_for_a_long_story(li) -> None:
    costs = []
    for length in (2, 40):
        article = make_article(f"Story {length}", body=make_body(*map(str, range(length))))
        translation = translation_of(article)
        li.edits(translation).fill("译").save()
        save_one(li, translation, key="headline", target="先", base=base_of(translation))
        change = {"key": "headline", "target": "后", "base": base_of(translation)}
        with CaptureQueriesContext(connection) as captured:
            assert save_one(li, translation, **change)["kind"] == "saved"
        costs.append(len(captured))
    assert costs[0] == costs[1]
    assert costs[0] <= 40


def base_of(translation: Translation) -> str:
    from archive.desk.saving import version_of

    draft = again(translation).get_latest_revision_as_object()
    return version_of(draft.segments.get(key="headline"))


def test_a_window_is_told_in_its_own_language_that_its_user_is_gone(
    li: Person, translation: Translation
) -> None:
    other = Person(make_translator("other"), "zh-hans").user.pk
    headers = {"X-Archive-User": str(other)}
    response = li.saves(translation.pk, {"key": "headline"}, headers=headers)
    assert "另一位用户" in response.json()["error"]


@pytest.mark.parametrize("login", ["li", "wang"])
def test_what_a_conflict_has_shown_stays_in_the_history_whatever_is_kept(
    translation: Translation, li: Person, login: str
) -> None:
    # In another window of the same person's, or a colleague's.
    other = li if login == "li" else Person(make_translator(login))
    other.saves(translation.pk, {"key": "headline", "target": "先存的题"})
    mine = {"key": "headline", "target": "后写的题"}
    (shown,) = li.saves(translation.pk, mine).json()["outcomes"]
    assert shown["kind"] == "conflict"
    mine["base"] = shown["version"]
    assert li.saves(translation.pk, mine).json()["outcomes"][0]["kind"] == "saved"
    older, newest = (str(one.content) for one in translation.revisions.order_by("pk"))
    assert "先存的题" in older
    assert "后写的题" in newest


def test_a_text_that_is_given_up_in_a_conflict_stays_in_the_history(
    translation: Translation, li: Person
) -> None:
    wang = Person(make_translator("wang"))
    base = wang.saves(translation.pk, {"key": "headline", "target": "先存的题"}).json()
    version, paragraph = base["outcomes"][0]["version"], keys(translation)[1]
    given_up = {"target": "后写的题", "note": "想过"}
    theirs = {"key": "headline", "target": "先存的题", "base": version, "given_up": given_up}
    # A request that was never answered is sent again.
    for _again in range(2):
        li.saves(translation.pk, theirs, {"key": paragraph, "given_up": {"target": 1}})
    versions = [
        {one["key"]: one["target"] for one in revision.content["segments"]}["headline"]
        for revision in translation.revisions.order_by("pk")
    ]
    assert versions == ["先存的题", "后写的题", "先存的题"]
    draft = again(translation).get_latest_revision_as_object()
    assert draft.segments.get(key="headline").translated_by == wang.user
    assert stored(translation) == {"headline": "先存的题"}


def test_who_gives_words_up_makes_no_draft_beside_what_is_published(li: Person) -> None:
    translation = translate(make_article())
    now = base_of(translation)
    theirs = {"key": "headline", "target": stored(translation)["headline"], "base": now}
    li.saves(translation.pk, {**theirs, "given_up": {"target": "别的题"}})
    found = again(translation)
    assert not found.has_unpublished_changes
    assert found.shown_state == again(found.article).get_translation_state_display()
    assert any("别的题" in str(one.content) for one in found.revisions.all())

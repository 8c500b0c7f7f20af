"""A finding is let pass for a reason, and for these words; an open error stops publication."""

import json

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from archive.desk.errors import DeskError
from archive.desk.findings import findings_section, story_findings
from archive.desk.models import CheckWaiver
from archive.desk.saving import SegmentChange, save_segments, version_of
from archive.desk.segments import rows
from archive.desk.waivers import findings_of, unwaive, waive
from archive.entities.merging.actions import merge_entities
from archive.models import Entity, Translation
from archive.stories.publish_guard import PublicationRefusedError
from tests.desk.helpers import Person, again
from tests.factories import (
    make_article,
    make_body,
    make_editor,
    make_entity,
    make_translator,
    translate,
)

pytestmark = pytest.mark.django_db

MONEY = "Trade between the two reached $1 billion."
WRONG, RIGHT = "<p>双方贸易额达10亿元。</p>", "<p>双方贸易额达10亿美元。</p>"


@pytest.fixture
def translation() -> Translation:
    """A draft with one error in its one paragraph."""
    return make_draft(WRONG)


def make_draft(text: str) -> Translation:
    article = make_article("Trade grows", body=make_body(MONEY))
    key = rows(article.translations.get())[1].source.key
    return translate(article, publish=False, headline="贸易增长", **{key: text})


def paragraph(translation: Translation) -> str:
    return rows(again(translation).get_latest_revision_as_object())[1].source.key


def type_in(translation: Translation, text: str) -> None:
    key = paragraph(translation)
    draft = again(translation).get_latest_revision_as_object()
    base = version_of(draft.segments.get(key=key))
    (outcome,) = save_segments(translation, [SegmentChange(key, text, base)], user=None)
    assert outcome.kind == "saved"


def found(translation: Translation) -> list[str]:
    found = findings_of(again(translation))
    return [one.finding.check_id for one in found if one.waiver is None]


def let_pass(translation: Translation, **extra: object) -> CheckWaiver:
    values = {"reason": "The paper meant yuan.", "user": None, **extra}
    return waive(translation, paragraph(translation), "money-value", **values)


def test_a_waived_finding_is_no_longer_open_and_tells_who_and_why(translation):
    user = make_translator()
    assert found(translation) == ["money-value"]
    let_pass(translation, user=user)
    assert found(translation) == []
    (judged,) = findings_of(again(translation))
    assert (judged.waiver.author, judged.waiver.reason) == (user, "The paper meant yuan.")


def test_a_waiver_holds_for_these_words_only(translation):
    let_pass(translation)
    type_in(translation, "<p>双方的贸易额达10亿元。</p>")
    assert found(translation) == ["money-value"]
    type_in(translation, WRONG)
    assert found(translation) == []


def test_another_finding_in_the_same_words_stays_open():
    translation = make_draft("<p>双方的的贸易额达10亿元。</p>")
    let_pass(translation)
    assert found(translation) == ["doubled-word"]


def test_taken_back_the_finding_stands_again(translation):
    unwaive(let_pass(translation), user=None)
    assert found(translation) == ["money-value"]


def test_the_audit_log_has_who_let_what_pass_and_why(translation):
    user = make_translator()
    unwaive(let_pass(translation, user=user), user=user)
    entries = list(ModelLogEntry.objects.filter(action__contains="waive").order_by("pk"))
    assert [entry.user for entry in entries] == [user, user]
    assert [entry.message for entry in entries] == [
        "Dismissed “Sum of money”: The paper meant yuan.",
        "“Sum of money” is reopened; it was dismissed for: The paper meant yuan.",
    ]


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 301])
def test_a_waiver_needs_a_reason_of_reasonable_length(translation, reason):
    with pytest.raises(DeskError):
        let_pass(translation, reason=reason)
    assert not CheckWaiver.objects.exists()


def test_what_isnt_found_or_was_changed_cant_be_let_pass(translation):
    with pytest.raises(DeskError):
        waive(translation, "headline", "money-value", reason="Why not", user=None)
    seen = findings_of(translation)[0].digest
    type_in(translation, "<p>双方贸易额达11亿元。</p>")
    with pytest.raises(DeskError):
        let_pass(again(translation), seen=seen)


def test_what_is_left_out_or_joined_is_no_finding():
    article = make_article("Two", body=make_body("It has 114 routes.", "It has 20 ships."))
    translation = article.translations.get()
    first, second = [row.source.key for row in rows(translation)][1:]
    changes = [
        SegmentChange("headline", "两段"),
        SegmentChange(first, "<p>航线114条，船舶20艘。</p>"),
        SegmentChange(second, joined=True),
    ]
    save_segments(translation, changes, user=None)
    assert found(translation) == []


def test_the_checks_read_the_words_of_a_joined_paragraph_with_those_before():
    article = make_article("Two", body=make_body("It has 114 routes.", "It has 20 ships."))
    translation = article.translations.get()
    first, second = [row.source.key for row in rows(translation)][1:]
    changes = [
        SegmentChange("headline", "两段"),
        SegmentChange(first, "<p>航线114条，</p>"),
        SegmentChange(second, "<p>船舶20艘。</p>", joined=True),
    ]
    save_segments(translation, changes, user=None)
    assert found(translation) == []


def test_the_form_refuses_to_publish_an_error_and_keeps_the_text(translation):
    person = Person(make_translator())
    form = person.edits(translation)
    key = paragraph(translation)
    text = form.put(key, "双方贸易额达13亿元。").refused("publish")
    assert "Sum of money" in text
    assert "dismiss it with a reason" in text
    assert form.shows(key) == "双方贸易额达13亿元。"
    assert not again(translation).live
    form.put(key, "双方贸易额达10亿美元。").publish()
    assert again(translation).live


def test_a_draft_with_an_error_is_saved_all_the_same(translation):
    form = Person(make_translator()).edits(translation)
    form.put(paragraph(translation), "双方贸易额达13亿元。").save()
    assert found(translation) == ["money-value"]


def test_a_waived_error_and_a_warning_let_the_form_publish(translation):
    let_pass(translation)
    Person(make_translator()).edits(translation).publish()
    assert again(translation).live


def test_no_other_way_of_publishing_goes_round_the_checks(translation):
    user = make_translator()
    with pytest.raises(PublicationRefusedError, match="1 error prevents publication"):
        translation.latest_revision.publish(user=user)
    assert not again(translation).live
    let_pass(translation, user=user)
    translation.latest_revision.publish(user=user)
    assert again(translation).live


def test_what_readers_have_already_is_taken_over_unasked(translation):
    """A copy of a story, or a text that was there before the desk, has nobody to ask."""
    translation.latest_revision.publish()
    assert again(translation).live


class Screen:
    """The translator's browser at the checks of one translation."""

    def __init__(self, person: Person, translation: Translation) -> None:
        self.person = person
        self.translation = translation

    def waive(self, **data: str) -> object:
        posted = {
            "key": paragraph(self.translation),
            "check": "money-value",
            "reason": "The paper meant yuan.",
            **data,
        }
        return self.person.post("archive_translation:waive_finding", self.translation.pk, **posted)

    def unwaive(self, waiver: CheckWaiver) -> object:
        return self.person.post("archive_translation:unwaive_finding", waiver.pk)

    def panel(self) -> object:
        url = reverse("archive_translation:findings", args=[self.translation.pk])
        return self.person.client.get(url)


def test_a_translator_lets_a_finding_pass_and_takes_it_back(translation):
    screen = Screen(Person(make_translator()), translation)
    assert screen.waive().status_code == 200
    assert found(translation) == []
    assert screen.unwaive(CheckWaiver.objects.get()).status_code == 200
    assert found(translation) == ["money-value"]


def test_a_refusal_says_why(translation):
    screen = Screen(Person(make_translator()), translation)
    response = screen.waive(reason="")
    assert response.status_code == 400
    assert "Explain briefly" in response.json()["error"]


def test_who_may_not_change_the_translation_lets_nothing_pass(translation):
    waiver = let_pass(translation)
    screen = Screen(Person(make_editor()), translation)
    assert [r.status_code for r in (screen.waive(), screen.unwaive(waiver), screen.panel())] == [
        403
    ] * 3
    assert CheckWaiver.objects.count() == 1


def test_a_locked_translation_is_left_alone(translation):
    translation.locked, translation.locked_by = True, make_translator("keeper")
    translation.save()
    response = Screen(Person(make_translator()), translation).waive()
    assert response.status_code == 423
    assert "<" not in response.json()["error"]


def test_nothing_is_changed_by_looking(translation):
    waiver = let_pass(translation)
    client = Person(make_translator()).client
    for name, pk in (("waive_finding", translation.pk), ("unwaive_finding", waiver.pk)):
        assert client.get(reverse(f"archive_translation:{name}", args=[pk])).status_code == 405


def test_the_panel_lists_what_is_open_with_a_way_to_its_row(translation):
    page = Screen(Person(make_translator()), translation).panel().content.decode()
    assert 'href="#row-2"' in page
    assert "1 error" in page
    assert "<mark>10亿元</mark>" in page


def test_the_panel_says_it_when_all_is_well():
    translation = make_draft(RIGHT)
    page = Screen(Person(make_translator()), translation).panel().content.decode()
    assert "No open findings" in page


def test_the_aid_shows_the_findings_of_its_row_and_the_waived_ones_apart(translation):
    draft = translation.get_latest_revision_as_object()
    headline, row = rows(draft)
    assert findings_section(draft, headline, None) == {}
    (shown,) = findings_section(draft, row, None)["open"]
    assert [piece.text for piece in shown.target if piece.is_spot] == ["10亿元"]
    let_pass(translation)
    context = findings_section(draft, row, None)
    assert (context["open"], len(context["waived"])) == ([], 1)


def test_the_aid_is_drawn_for_open_and_for_waived_findings(translation, rf):
    from django.template.loader import render_to_string

    def drawn() -> str:
        draft = translation.get_latest_revision_as_object()
        context = {"translation": draft, **findings_section(draft, rows(draft)[1], None)}
        return render_to_string("archive/admin/sidebar/findings.html", context, rf.get("/"))

    assert "data-section-post" in drawn()
    let_pass(translation, user=make_translator())
    assert "The paper meant yuan." in drawn()


def test_the_list_of_findings_has_as_many_as_the_rows_mark():
    article = make_article("Trade grows", body=make_body(MONEY, MONEY))
    [_, first, second] = [one.source.key for one in rows(article.translations.get())]
    translation = translate(article, publish=False, **{first: WRONG, second: ""})
    found = story_findings(translation)
    marked = json.loads(found["marks"])
    assert second not in marked
    assert found["error_count"] == sum(errors for errors, *_ in marked.values())
    assert found["warning_count"] == sum(warnings for _, warnings, _ in marked.values())


@pytest.mark.parametrize("paragraphs", [1, 12])
def test_findings_cost_the_same_few_queries_in_any_story(paragraphs, django_assert_max_num_queries):
    article = make_article("Trade grows", body=make_body(*[MONEY] * paragraphs))
    draft = article.translations.get()
    keys = [row.source.key for row in rows(draft)]
    translation = translate(article, publish=False, **dict.fromkeys(keys, WRONG))
    draft = translation.get_latest_revision_as_object()
    row = rows(draft)[1]
    # The glossary and the terms are read once by each process.
    findings_section(draft, row, None)
    # The waivers, and whether the names have changed.
    with django_assert_max_num_queries(2):
        findings_section(draft, row, None)
    with django_assert_max_num_queries(2):
        story_findings(translation, draft)


def test_a_link_to_a_merged_name_is_one_to_the_name_that_is_kept():
    kept, old = make_entity(), make_entity("tsamkong", "Tsamkong", "")
    article = make_article("Trade grows", body=make_body(f"{linked(old, 'Tsamkong')} grows fast."))
    key = rows(article.translations.get())[1].source.key
    text = f"<p>{linked(kept, '湛江')}发展很快。</p>"
    translation = translate(article, publish=False, headline="贸易增长", **{key: text})
    assert set(found(translation)) >= {"link-added", "link-lost"}
    merge_entities(kept, [old], user=None)
    assert found(translation) == []


def linked(entity: Entity, words: str) -> str:
    return f'<a linktype="entity" id="{entity.pk}">{words}</a>'

"""Files that come back: what is stored, what is only shown, and what nobody may touch."""

import re
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from archive.contrib.exchange import actions
from archive.contrib.exchange.actions import import_files
from archive.contrib.exchange.plan import ReplyVerdict
from archive.contrib.exchange.stories import stories
from archive.contrib.exchange.units import MemoryMatch
from archive.desk.saving import SegmentChange, save_segments
from archive.models import Notice, Translation
from archive.stories.body import raw
from archive.text.language import column
from tests.contrib.exchange.stories import (
    draft_texts,
    exported,
    imported,
    make_rich_story,
    row_of,
    type_at_the_desk,
    verdicts,
)
from tests.factories import make_article, make_translator, make_user, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation() -> Translation:
    return make_rich_story().translations.get()


def fill(data: bytes, state: str = "translated", **texts: str) -> bytes:
    """The file with a target behind each source that `texts` names by its beginning."""
    text = data.decode()
    for source, target in texts.items():
        at = text.index("</source>", text.index(f"<source>{source}")) + len("</source>")
        text = f'{text[:at]}<target state="{state}">{target}</target>{text[at:]}'
    return text.encode()


def change_source(translation: Translation, **texts: str) -> None:
    """Publish the story with paragraphs that say something else."""
    article = translation.article
    body = str(raw(article.source("body")))
    blocks = raw(article.source("body"))
    for old, new in texts.items():
        assert old in body
        for one in blocks:
            one["value"] = one["value"].replace(old, new)
    field = column("body", "en")
    setattr(article, field, article._meta.get_field(field).to_python(blocks))
    article.save_revision().publish()


def test_a_filled_file_is_taken_over(translation):
    data = fill(exported(translation), City="城市", Second="第二。")
    (report,) = imported(data)
    assert (report.count(ReplyVerdict.APPLIED), report.count(ReplyVerdict.EMPTY)) == (2, 2)
    assert draft_texts(translation)["headline"] == "城市"
    assert "<p>第二。</p>" in draft_texts(translation).values()
    assert row_of(translation, "headline").segment.origin == "file"
    translation.refresh_from_db()
    assert translation.done_count == 2


def test_importing_twice_changes_nothing(translation):
    data = fill(exported(translation), City="城市")
    imported(data)
    revisions = translation.revisions.count()
    assert verdicts(imported(data)[0]) == {ReplyVerdict.UNCHANGED, ReplyVerdict.EMPTY}
    assert translation.revisions.count() == revisions


def test_a_dry_run_says_the_same_and_stores_nothing(translation):
    data = fill(exported(translation), City="城市")
    (report,) = imported(data, dry_run=True)
    assert report.count(ReplyVerdict.APPLIED) == 1
    assert set(draft_texts(translation).values()) == {""}
    assert not ModelLogEntry.objects.filter(action=actions.ACTION).exists()


def test_what_was_typed_at_the_desk_meanwhile_stays_and_both_are_shown(translation):
    data = fill(exported(translation), City="文件", Second="第二。")
    type_at_the_desk(translation, "headline", "桌上")
    (report,) = imported(data)
    conflict = next(line for line in report.lines if line.verdict is ReplyVerdict.CONFLICT)
    assert (conflict.key, conflict.offered, conflict.stored) == ("headline", "文件", "桌上")
    assert report.count(ReplyVerdict.APPLIED) == 1
    assert draft_texts(translation)["headline"] == "桌上"
    assert "history" in conflict.remark
    assert "文件" in versions_of(translation, "headline")


def test_words_that_a_file_takes_the_place_of_are_in_the_history(translation):
    type_at_the_desk(translation, "headline", "桌上")
    data = exported(translation).decode().replace("桌上", "文件").encode()
    (report,) = imported(data)
    assert report.count(ReplyVerdict.APPLIED) == 1
    assert draft_texts(translation)["headline"] == "文件"
    assert "桌上" in versions_of(translation, "headline")


def test_other_words_for_confirmed_ones_are_said_to_be_confirmed_by_the_file(translation):
    imported(fill(exported(translation), City="城市"))
    (report,) = imported(exported(translation).decode().replace("城市", "都市").encode())
    line = next(line for line in report.lines if line.key == "headline")
    assert (line.verdict, row_of(translation, "headline").segment.state) == (
        ReplyVerdict.APPLIED,
        "confirmed",
    )
    assert line.remark.startswith("Other words than those that were confirmed")


def versions_of(translation: Translation, key: str) -> list[str]:
    """What the segment says in each version of the translation."""
    return [
        one["target"]
        for version in translation.revisions.all()
        for one in version.content["segments"]
        if one["key"] == key
    ]


def test_who_saves_between_the_look_and_the_save_isnt_overwritten(translation, monkeypatch):
    data = fill(exported(translation), City="文件")
    save = actions.save_segments

    def save_after_a_colleague(*args, **options):
        type_at_the_desk(translation, "headline", "桌上")
        return save(*args, **options)

    monkeypatch.setattr(actions, "save_segments", save_after_a_colleague)
    (report,) = imported(data)
    conflict = next(line for line in report.lines if line.key == "headline")
    assert (conflict.verdict, conflict.stored) == (ReplyVerdict.CONFLICT, "桌上")
    assert draft_texts(translation)["headline"] == "桌上"


def test_a_source_that_changed_since_makes_the_text_stale(translation):
    data = fill(exported(translation), Second="第二。")
    change_source(translation, Second="Last")
    (report,) = imported(data)
    (line,) = [line for line in report.lines if line.verdict is ReplyVerdict.MOVED]
    row = row_of(translation, line.key)
    assert (row.target, row.is_stale) == ("<p>第二。</p>", True)
    assert [(part.kind, part.text) for part in row.changes][:2] == [
        ("gone", "Second"),
        ("new", "Last"),
    ]


def test_what_a_file_calls_unfinished_is_stored_and_not_done(translation):
    data = fill(exported(translation), "needs-translation", City="城市")
    imported(data)
    row = row_of(translation, "headline")
    assert (row.target, row.is_done) == ("城市", False)


def test_a_left_out_segment_goes_out_locked(translation):
    *_others, last = draft_texts(translation)
    change = SegmentChange(last, left_out=True, note="not ours")
    save_segments(translation, [change], user=None)
    data = exported(translation)
    assert b'translate="no"' in data
    assert "已略去" in data.decode() or b"not ours" in data
    assert imported(fill(data, Second="第二。"))[0].count(ReplyVerdict.LOCKED) == 1


def test_comments_go_out_and_come_back_once(translation):
    user = make_translator("li")
    translation.comments.create(key="headline", text="Which city?", author=user)
    data = exported(translation)
    assert b'<note from="li">Which city?</note>' in data
    remarked = data.replace(b"Which city?</note>", b"Which city?</note><note>Zhanjiang?</note>")
    assert imported(remarked)[0].comments == 1
    assert imported(remarked)[0].comments == 0
    assert list(translation.comments.values_list("text", flat=True)) == [
        "Which city?",
        "Zhanjiang?",
    ]


def test_ones_own_comment_comes_in_without_ones_name(translation):
    li = make_translator("li")
    li.first_name, li.last_name = "Na", "Li"
    li.save()
    data = exported(translation)
    note = b'<note from="%s">%s</note></trans-unit>'
    for who, text in ((b"Na Li", b"Which city?"), (b"Tom Reed", b"Zhanjiang.")):
        data = data.replace(b"</trans-unit>", note % (who, text), 1)
    assert imported(data, user=li)[0].comments == 2
    said = set(translation.comments.values_list("signed_by", "text"))
    assert said == {("", "Which city?"), ("Tom Reed", "Zhanjiang.")}
    data = exported(translation)
    assert b'<note from="Na Li">Which city?</note>' in data
    assert b'<note from="Tom Reed">Zhanjiang.</note>' in data
    assert imported(data, user=make_translator("wang"))[0].comments == 0


def test_a_comment_of_a_file_is_its_writers_and_said_to_be_of_a_file(translation, client):
    data = exported(translation).replace(
        b"</trans-unit>", b'<note from="Tom Reed">Which city?</note></trans-unit>', 1
    )
    assert imported(data, user=make_translator("li"))[0].comments == 1
    client.force_login(make_translator("wang"))
    address = reverse("archive_translation:sidebar", args=[translation.pk])
    shown = client.get(address, {"key": "headline"}).content.decode()
    assert "<strong>Tom Reed</strong> from a file, imported by li" in shown


def test_whose_work_it_is_gets_notice_of_a_files_comment(translation):
    li, wang = make_translator("li"), make_translator("wang")
    Translation.objects.filter(pk=translation.pk).update(assignee=li)
    data = exported(translation).replace(
        b"</trans-unit>", b'<note from="Tom Reed">Which city?</note></trans-unit>', 1
    )
    imported(data, user=wang)
    told = Notice.objects.values_list("person", "actor", "key", "text")
    assert list(told) == [(li.pk, wang.pk, "headline", "Which city?")]


def test_a_comment_without_a_writer_is_its_files_and_no_importers(translation, client):
    data = exported(translation).replace(b"</trans-unit>", b"<note>Odd.</note></trans-unit>", 1)
    li = make_translator("li")
    assert imported(data, user=li)[0].comments == 1
    client.force_login(li)
    address = reverse("archive_translation:sidebar", args=[translation.pk])
    shown = client.get(address, {"key": "headline"}).content.decode()
    assert "<strong>story.xlf</strong> from a file, imported by li" in shown


@pytest.mark.parametrize("format_name", ["xliff12", "xliff21", "po", "docx", "xlsx"])
def test_threads_go_out_together_and_do_not_come_back(translation, format_name):
    say = partial(translation.comments.create, key="headline", author=make_translator("li"))
    first, _second = say(text="Which city?"), say(text="Too long?")
    say(text="Zhanjiang.", parent=first)
    done = say(text="Settled", resolved_at=timezone.now())
    say(text="Indeed", parent=done)
    [story] = stories(Translation.objects.filter(pk=translation.pk))
    unit = story.units[0]
    assert [note.text for note in unit.notes] == ["Which city?", "Zhanjiang.", "Too long?"]
    assert imported(exported(translation, format_name=format_name))[0].comments == 0


def test_the_desks_own_notes_are_no_comments_when_a_tool_drops_whose_they_are(translation):
    *_others, last = draft_texts(translation)
    omitted = SegmentChange(last, left_out=True, note="not ours")
    save_segments(translation, [omitted], user=None)
    data = exported(translation).replace(b'<note from="desk">', b"<note>")
    assert data.count(b"<note>") > 3
    assert imported(data)[0].comments == 0


def test_a_persons_unfinished_entry_is_a_draft_of_a_file_and_no_machines(translation):
    data = exported(translation, format_name="po").decode()
    data = data.replace('msgstr ""\n\n', 'msgstr "城市"\n\n', 2).replace(
        "\nmsgctxt", "\n#, fuzzy\nmsgctxt"
    )
    imported(data.encode())
    row = row_of(translation, "headline")
    assert (row.target, row.state, row.is_by_machine) == ("城市", "file", False)


def test_segments_that_a_file_has_lost_are_named(translation):
    text = fill(exported(translation), City="城市").decode()
    kept = re.sub(r"(?s)(</trans-unit>).*(</body>)", r"\1\2", text)
    (report,) = imported(kept.encode())
    lost = [line.number for line in report.lines if line.verdict is ReplyVerdict.ABSENT]
    assert (report.count(ReplyVerdict.APPLIED), lost) == (1, [2, 3, 4])


def test_what_the_memory_suggests_goes_along(translation):
    def suggest(_draft, row):
        return (
            [MemoryMatch(row.source.text, "建议", 88, "Another story")] if row.source.kind else []
        )

    assert b'match-quality="88%"' in exported(translation, suggest=suggest)


def test_a_story_that_fails_doesnt_stop_the_others():
    first, second = (make_article(f"Story {n}").translations.get() for n in (1, 2))
    data = exported(first, second).decode()
    data = data.replace(str(first.article.translation_key), "0" * 8 + "-0000-4000-8000-" + "0" * 12)
    reports = imported(fill(data.encode(), **{"Story 2": "第二个"}))
    assert "not in the archive" in reports[0].trouble
    assert draft_texts(second)["headline"] == "第二个"


def test_unexpected_trouble_leaves_the_story_as_it_was(translation, monkeypatch):
    def break_down(*args, **options):
        raise RuntimeError("disk full")

    monkeypatch.setattr(actions, "log", break_down)
    (report,) = imported(fill(exported(translation), City="城市"))
    assert "disk full" in report.trouble
    assert draft_texts(translation)["headline"] == ""


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('target-language="zh-Hans"', 'target-language="fr"', "into fr"),
        ('source-language="en"', 'source-language="zh-Hans"', "from zh-hans"),
        ("original=", "x=", "which story it belongs to"),
    ],
)
def test_a_file_that_is_for_something_else_is_refused(translation, old, new, reason):
    (report,) = imported(exported(translation).decode().replace(old, new).encode())
    assert reason in report.trouble


def test_who_may_not_change_the_translation_imports_nothing(translation):
    data = fill(exported(translation), City="城市")
    (report,) = imported(data, user=make_user("reader"))
    assert "do not have permission to change" in report.trouble
    assert draft_texts(translation)["headline"] == ""


def test_a_lock_is_respected(translation):
    owner, other = make_translator("owner"), make_translator("other")
    translation.locked, translation.locked_by = True, owner
    translation.save()
    data = fill(exported(translation), City="城市")
    (report,) = imported(data, user=other)
    trouble = report.trouble
    assert "is locked" in trouble
    assert (report.title, report.edit_url) == (
        translation.article.title,
        translation.get_edit_url(),
    )
    assert not set("<>&") & set(trouble)
    assert imported(data)[0].trouble
    assert draft_texts(translation)["headline"] == ""
    assert not imported(data, user=owner)[0].trouble


def test_nobody_reviews_their_own_words_nor_anothers_by_a_file(translation):
    data = fill(exported(translation), "final", City="城市")
    li, wang = make_translator("li"), make_translator("wang")
    for person in (li, wang):
        imported(data, user=person)
        segment = row_of(translation, "headline").segment
        assert (segment.state, segment.translated_by_id) == ("confirmed", li.pk)
        assert segment.reviewed_by_id is None


def test_an_import_is_in_the_storys_history(translation):
    user = make_translator()
    imported(fill(exported(translation), City="城市"), user=user)
    entry = ModelLogEntry.objects.get(action=actions.ACTION)
    assert (entry.user, entry.data["file"], entry.data["applied"]) == (user, "story.xlf", 1)


def test_a_published_translation_stays_published_until_someone_publishes():
    translation = translate(make_article())
    data = exported(translation).decode().replace("译文：headline", "新译文")
    assert imported(data.encode())[0].count(ReplyVerdict.APPLIED) == 1
    translation.article.refresh_from_db()
    assert getattr(translation.article, column("headline", "zh-hans")) == "译文：headline"
    assert draft_texts(translation)["headline"] == "新译文"


def test_a_file_nobody_can_read_doesnt_stop_the_next(translation):
    good = fill(exported(translation), City="城市")
    bad, fine = import_files([("bad.xlf", b"<xliff"), ("good.xlf", good)])
    assert "well-formed XML" in bad.trouble
    assert fine.stories[0].count(ReplyVerdict.APPLIED) == 1


@pytest.mark.parametrize("count", [1, 6])
def test_an_export_takes_the_same_queries_whatever_its_size(count, django_assert_max_num_queries):
    drafts = [make_article(f"Story {n}").translations.get() for n in range(count)]
    for one in drafts[::2]:
        type_at_the_desk(one, "headline", "标题")
    with django_assert_max_num_queries(4):
        exported(*drafts)

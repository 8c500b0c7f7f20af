"""What a segment that comes back is told to be: nobody's words are overwritten, none are lost."""

from dataclasses import replace

import pytest

from archive.contrib.exchange.codes import encode
from archive.contrib.exchange.plan import ReplyVerdict, make_plan
from archive.contrib.exchange.units import Code, UnitVersion
from archive.text.segmentation import PLAIN, RICH
from tests.contrib.exchange.values import MENTION, make_reply, make_row, verdict

SOURCE = "<p>A <b>bold</b> city</p>"
TARGET = "<p>一座<b>大胆</b>的城市</p>"


def test_a_new_translation_is_applied():
    row = make_row(SOURCE)
    planned = verdict(make_reply(row, TARGET), row)
    assert (planned.verdict, planned.change.target) == (ReplyVerdict.APPLIED, TARGET)
    assert (planned.change.origin, planned.change.confirmed, planned.remark) == ("file", True, "")


def test_what_the_file_says_like_the_desk_is_unchanged():
    row = make_row(SOURCE, TARGET)
    planned = verdict(make_reply(row, TARGET), row)
    assert (planned.verdict, planned.change) == (ReplyVerdict.UNCHANGED, None)


def test_a_text_that_nobody_filled_in_is_empty():
    row = make_row(SOURCE, TARGET)
    planned = verdict(make_reply(row, ""), row)
    assert (planned.verdict, planned.stored, planned.change) == (ReplyVerdict.EMPTY, TARGET, None)


def test_a_text_changed_on_both_sides_conflicts_and_shows_both():
    now = make_row(SOURCE, "<p>桌上的</p>")
    planned = verdict(make_reply(now, "<p>文件的</p>", made_from=make_row(SOURCE, TARGET)), now)
    assert (planned.verdict, planned.change) == (ReplyVerdict.CONFLICT, None)
    assert (planned.offered, planned.stored) == ("<p>文件的</p>", "<p>桌上的</p>")


def test_a_text_changed_at_the_desk_alone_stays_without_a_conflict_and_isnt_called_the_same():
    now = make_row(SOURCE, "<p>桌上的</p>")
    planned = verdict(make_reply(now, TARGET, made_from=make_row(SOURCE, TARGET)), now)
    assert (planned.verdict, planned.change) == (ReplyVerdict.KEPT, None)
    assert (planned.offered, planned.stored) == (TARGET, "<p>桌上的</p>")


def test_the_same_words_on_both_sides_are_no_conflict():
    now = make_row(SOURCE, '<p data-block-key="x">新的</p>')
    reply = make_reply(now, "<p>新的</p>", made_from=make_row(SOURCE, TARGET))
    assert verdict(reply, now).verdict is ReplyVerdict.UNCHANGED


def test_a_file_whose_versions_a_tool_dropped_never_overwrites():
    row = make_row(SOURCE, TARGET)
    planned = verdict(make_reply(row, "<p>别的</p>", version=UnitVersion()), row)
    assert planned.verdict is ReplyVerdict.CONFLICT
    untouched = make_row(SOURCE)
    assert verdict(make_reply(untouched, TARGET, version=UnitVersion()), untouched).verdict is (
        ReplyVerdict.APPLIED
    )


@pytest.mark.parametrize("version", [None, UnitVersion()])
def test_a_source_that_moved_is_taken_with_the_source_that_was_seen(version):
    then, now = make_row("<p>114 countries</p>"), make_row("<p>115 countries</p>")
    fields = {} if version is None else {"version": version}
    planned = verdict(make_reply(now, "<p>114个国家</p>", made_from=then, **fields), now)
    assert planned.verdict is ReplyVerdict.MOVED
    assert planned.change.seen == then.source.digest
    assert planned.change.source_text == "<p>114 countries</p>"


@pytest.mark.parametrize("said", ["0" * 33, "x" * 32, "0" * 5000])
def test_a_version_that_no_desk_wrote_says_nothing(said):
    row = make_row(SOURCE)
    planned = verdict(make_reply(row, TARGET, version=UnitVersion(said)), row)
    assert (planned.verdict, planned.change.seen) == (ReplyVerdict.APPLIED, row.source.digest)


def test_a_source_that_moved_isnt_taken_over_a_colleagues_text():
    then, now = make_row("<p>old</p>"), make_row("<p>new</p>", "<p>新</p>")
    assert (
        verdict(make_reply(now, "<p>旧</p>", made_from=then), now).verdict is ReplyVerdict.CONFLICT
    )


def test_an_unknown_segment_is_reported_with_its_text():
    row, other = make_row("<p>x</p>"), make_row("<p>gone</p>", key="other")
    planned = make_plan([make_reply(other, "<p>没了</p>")], [row], {})[0]
    assert (planned.verdict, planned.offered) == (ReplyVerdict.UNKNOWN, "没了")


def test_a_block_that_was_made_anew_is_found_by_its_words():
    old, new = make_row(SOURCE, key="old"), make_row(SOURCE, key="new")
    planned = verdict(make_reply(old, TARGET), new)
    assert (planned.verdict, planned.change.key) == (ReplyVerdict.APPLIED, "new")


def test_reordered_and_dropped_units_find_their_segments():
    rows = [make_row(f"<p>{n}</p>", key=str(n)) for n in range(3)]
    replies = [make_reply(rows[n], f"<p>第{n}</p>") for n in (2, 0)]
    planned = make_plan(replies, rows, {})
    assert [(one.key, one.number, one.verdict) for one in planned] == [
        ("2", 3, ReplyVerdict.APPLIED),
        ("0", 1, ReplyVerdict.APPLIED),
        ("1", 2, ReplyVerdict.ABSENT),
    ]


def test_a_segment_that_the_file_has_twice_is_taken_once():
    row = make_row(SOURCE)
    replies = [make_reply(row, text) for text in ("<p>甲</p>", "<p>甲</p>", "<p>乙</p>")]
    planned = make_plan(replies, [row], {})
    assert planned[2].verdict is ReplyVerdict.BROKEN
    assert planned[2].offered == "<p>乙</p>"


@pytest.mark.parametrize(
    ("pieces", "reason"),
    [
        ((Code("open", "9"), "字", Code("close", "9")), "has no tag “9”"),
        ((Code("open", "1"), "字"), "isn't closed"),
        (("字", Code("close", "1")), "never opened"),
        ((Code("empty", "1"), "字"), "isn't used as in the source"),
        (
            (Code("open", "1"), Code("open", "2"), "字", Code("close", "1"), Code("close", "2")),
            "overlaps another",
        ),
        ((Code("open", "x", "<script>"), "字", Code("close", "x")), "isn't allowed"),
        ((Code("empty", "x", '<img src="x" onerror="y"/>'), "字"), "isn't allowed"),
        (
            (Code("open", "x", '<a href="javascript:alert(1)">'), "字", Code("close", "x")),
            "isn't allowed",
        ),
        ((Code("open", "x", "<b><script>"), "字", Code("close", "x")), "has no tag “x”"),
        ((Code("open", "x", "<li>"), "字", Code("close", "x")), "not allowed at this position"),
        ((Code("open", "x", "<p>"), "字", Code("close", "x"), "外"), "outside the paragraph tags"),
        ((Code("open", "1"),) * 60 + ("字",), "nested too deeply"),
    ],
)
def test_broken_tags_are_refused_with_the_reason_and_the_words(pieces, reason):
    row = make_row(f"<p>A <b>bold</b> and <i>old</i> {MENTION}city</a></p>")
    planned = verdict(make_reply(row, "", target=pieces), row)
    assert planned.verdict is ReplyVerdict.BROKEN
    assert reason in planned.remark
    assert "字" in planned.offered


def test_blocks_of_a_refused_text_stay_apart():
    row = make_row(f"<p>A {MENTION}city</a></p>")
    paragraphs = encode("<p>第一段。</p><p>第二段。</p>", RICH)
    planned = verdict(make_reply(row, "", target=(*paragraphs, Code("close", "9"))), row)
    assert (planned.verdict, planned.offered) == (ReplyVerdict.BROKEN, "第一段。\n第二段。")


def test_tags_may_move_repeat_and_be_added_as_in_the_desks_editor():
    row = make_row(f"<p>A <b>bold</b> {MENTION}city</a></p>")
    target = f"<p>{MENTION}城</a><b>大</b><b>胆</b><i>新</i></p>"
    planned = verdict(make_reply(row, target), row)
    assert (planned.verdict, planned.change.target) == (ReplyVerdict.APPLIED, target)


def test_missing_tags_are_remarked_on():
    row = make_row(f"<p>A {MENTION}city</a></p>")
    planned = verdict(make_reply(row, "<p>城</p>"), row)
    assert planned.verdict is ReplyVerdict.APPLIED
    assert planned.remark == "A tag of the source is missing: name on “city”."


def test_a_tool_that_drops_what_tags_are_may_still_place_them():
    row = make_row(SOURCE)
    bare = ("A ", Code("open", "1"), "bold", Code("close", "1"), " city")
    target = (Code("open", "1"), "大胆", Code("close", "1"), "的城市")
    planned = verdict(make_reply(row, "", source=bare, target=target), row)
    assert planned.change.target == "<p><b>大胆</b>的城市</p>"


def test_what_the_story_itself_holds_may_come_back():
    odd = '<p>A <span class="x">city</span></p>'
    row = make_row(odd)
    assert verdict(make_reply(row, odd), row).verdict is ReplyVerdict.APPLIED


def test_plain_text_has_no_tags_and_isnt_markup():
    row = make_row("A < B", markup=PLAIN)
    assert verdict(make_reply(row, "甲 < 乙 <b>"), row).change.target == "甲 < 乙 <b>"
    reply = make_reply(row, "", target=(Code("open", "1"), "字", Code("close", "1")))
    assert verdict(reply, row).verdict is ReplyVerdict.BROKEN


def test_a_text_too_long_for_its_column_is_refused():
    row = make_row("City", markup=PLAIN, key="headline")
    planned = verdict(make_reply(row, "字" * 256), row, headline=255)
    assert (planned.verdict, planned.change) == (ReplyVerdict.BROKEN, None)
    assert "256" in planned.remark


@pytest.mark.parametrize("field", ["left_out", "joined"])
def test_what_the_desk_left_out_stays_so_and_the_text_is_shown(field):
    row = make_row(SOURCE, **{field: True})
    planned = verdict(make_reply(row, TARGET), row)
    assert (planned.verdict, planned.offered) == (ReplyVerdict.LOCKED, TARGET)
    assert planned.change is None
    assert (planned.answer.left_out, planned.answer.joined) == (False, False)


@pytest.mark.parametrize("field", ["left_out", "joined"])
@pytest.mark.parametrize("stored", ["", TARGET])
def test_a_locked_segment_into_which_a_tool_copies_the_source_is_unchanged(field, stored):
    row = make_row(SOURCE, stored, **{field: True})
    for version in ({}, {"version": UnitVersion()}):
        planned = verdict(make_reply(row, SOURCE, **version), row)
        assert (planned.verdict, planned.change) == (ReplyVerdict.UNCHANGED, None)


@pytest.mark.parametrize(
    ("said", "is_confirmed"),
    [
        ("", False),
        ("draft", False),
        ("machine", False),
        ("check", False),
        ("stale", False),
        ("translated", True),
        ("reviewed", True),
    ],
)
def test_new_words_are_drafts_unless_their_file_stands_by_them(said, is_confirmed):
    row = make_row(SOURCE)
    assert verdict(make_reply(row, TARGET, state=said), row).change.confirmed is is_confirmed


@pytest.mark.parametrize(
    ("exported", "said", "is_confirmed"),
    [
        ("translated", "translated", False),
        ("reviewed", "reviewed", False),
        ("draft", "translated", True),
        ("translated", "reviewed", True),
        ("reviewed", "translated", True),
        ("translated", "draft", False),
    ],
)
@pytest.mark.parametrize("is_known", [True, False], ids=["told by the file", "told by the desk"])
def test_a_status_that_a_table_went_out_with_says_nothing_of_new_words(
    exported, said, is_confirmed, is_known
):
    row = make_row(SOURCE, TARGET, state={"translated": "confirmed"}.get(exported, exported))
    version = replace(make_reply(row, "").version, state=exported if is_known else "")
    reply = make_reply(row, "<p>新的</p>", state=said, place="row 2", version=version)
    planned = verdict(reply, row)
    assert (planned.verdict, planned.change.confirmed) == (ReplyVerdict.APPLIED, is_confirmed)
    assert ("status is that of the words before" in planned.remark) is (exported == said)


@pytest.mark.parametrize("said", ["translated", "reviewed"])
def test_words_that_stay_are_told_to_be_confirmed_in_the_editor(said):
    row = make_row(SOURCE, TARGET, state="draft")
    planned = verdict(make_reply(row, TARGET, state=said), row)
    assert (planned.verdict, planned.change) == (ReplyVerdict.UNCHANGED, None)
    assert "confirm it in the editor" in planned.remark


def test_a_stale_text_that_stays_is_stale_whatever_its_file_says():
    row = make_row("<p>new</p>", "<p>旧</p>", source_text="<p>old</p>", source_digest="old")
    planned = verdict(make_reply(row, "<p>旧</p>"), row)
    assert (planned.verdict, planned.change) == (ReplyVerdict.UNCHANGED, None)


def test_notes_of_the_desk_survive_the_files_text():
    row = make_row(SOURCE, TARGET, note="careful")
    assert verdict(make_reply(row, "<p>新</p>"), row).change.note == "careful"


def test_html_in_a_catalogue_is_read_as_the_segments_markup():
    row = make_row(f"<p>A {MENTION}city</a> &amp; port</p>")
    reply = make_reply(
        row,
        "",
        source=(f"A {MENTION}city</a> &amp; port",),
        target=(f"{MENTION}城</a> & 港",),
        is_html=True,
    )
    assert verdict(reply, row).change.target == f"<p>{MENTION}城</a> &amp; 港</p>"
    assert encode(row.source.text, RICH)


def without_tags(text):
    """Its codes, as a file has them whose tool dropped what they are."""
    pieces = encode(text, RICH)
    return tuple(p if isinstance(p, str) else Code(p.kind, p.id) for p in pieces)


def test_codes_without_their_tags_are_those_of_the_source_while_it_is_the_same():
    row = make_row(SOURCE)
    reply = make_reply(row, "", source=without_tags(SOURCE), target=without_tags(TARGET))
    assert verdict(reply, row).change.target == TARGET


def test_codes_without_their_tags_are_refused_once_the_source_has_changed():
    then, now = make_row(SOURCE), make_row("<p>A <i>new</i> city</p>")
    fields = {"source": without_tags(SOURCE), "target": without_tags(TARGET)}
    planned = verdict(make_reply(now, "", made_from=then, **fields), now)
    assert (planned.verdict, planned.offered) == (ReplyVerdict.BROKEN, "一座大胆的城市")
    assert "Export the story again" in planned.remark


def test_a_tag_with_the_same_attribute_twice_means_what_browsers_make_of_it():
    row = make_row('<p>A <a href="https://example.org/">link</a></p>')
    twice = '<a href="javascript:alert(1)" href="https://example.org/">'
    target = (Code("open", "9", twice), "链接", Code("close", "9"))
    planned = verdict(make_reply(row, "", target=target), row)
    assert "javascript" not in (planned.change.target if planned.change else "")

"""The desk by its keys: from row to row, copies, tags, undo, sidebar; shortcuts of one's own."""

import re

import pytest
from django.utils.safestring import mark_safe
from playwright.sync_api import Page, expect

from archive.contrib.machinery.drafts import draft_segment
from archive.desk.editor.forms import LEFT_OUT, TARGET, field_name
from archive.desk.editor.sidebar import Section
from archive.desk.segments import rows
from archive.models import Entity, Translation
from archive.text import richtext
from archive.text.segmentation import digest
from tests.browser import acting, server
from tests.factories import block, make_article, make_entity, make_translator, translate

FIRST, SECOND, THIRD = (f"00000000-0000-4000-8000-{number:012d}" for number in (911, 912, 913))


HEADLINE = field_name(TARGET, "headline")


SAVES, SIDEBAR = re.compile("/segments/$"), re.compile("/sidebar/")


@pytest.fixture
def entity() -> Entity:
    return make_entity()


@pytest.fixture
def translation(entity: Entity) -> Translation:
    mention = f'<a linktype="entity" id="{entity.pk}">Zhanjiang</a>'
    link = '<a href="https://example.org/port">port</a>'
    body = [
        block("paragraph", f"<p>Ships <b>came</b> to {mention} and its {link}.</p>", FIRST),
        block("subhead", "They left", SECOND),
        block("paragraph", "<p>The end.</p>", THIRD),
    ]
    return make_article("Harbour notes", body=body).translations.get()


def has_focus(page: Page, key: str) -> None:
    expect(acting.desk_row(page, key).locator(":focus")).to_have_count(1)


def stored(translation: Translation, key: str) -> str:
    draft = Translation.objects.get(pk=translation.pk).get_latest_revision_as_object()
    found = [segment.target for segment in draft.segments.all() if segment.key == key]
    return richtext.without_block_keys(found[0]) if found else ""


def test_confirm_saves_and_goes_on(desk, translation):
    acting.target_box(desk, "headline").click()
    desk.keyboard.type("港口札记")
    desk.keyboard.press("Control+Enter")
    has_focus(desk, FIRST)
    desk.keyboard.type("船来了。")
    desk.keyboard.press("Control+Enter")
    has_focus(desk, SECOND)
    acting.wait_for_autosave(desk)
    assert stored(translation, "headline") == "港口札记"
    assert stored(translation, FIRST) == "<p>船来了。</p>"


def hold_key(page: Page, key: str) -> None:
    """As long as the keyboard tells of it four times."""
    for _time in range(4):
        page.keyboard.down(key)
        page.wait_for_timeout(35)
    page.keyboard.up(key)


def test_a_held_key_confirms_one_segment_and_writes_in_no_other(desk, translation):
    acting.translate(desk, {"headline": "港口札记", FIRST: "船来了。", SECOND: "他们走了"})
    acting.wait_for_autosave(desk)
    acting.target_box(desk, "headline").click()
    desk.keyboard.down("Control")
    hold_key(desk, "Enter")
    desk.keyboard.up("Control")
    has_focus(desk, FIRST)
    # Ctrl let go first is no new paragraph.
    acting.target_box(desk, "headline").click()
    desk.keyboard.down("Control")
    desk.keyboard.down("Enter")
    desk.keyboard.up("Control")
    hold_key(desk, "Enter")
    acting.wait_for_autosave(desk)
    assert stored(translation, FIRST) == "<p>船来了。</p>"
    states = {key: acting.desk_row(desk, key) for key in ("headline", FIRST, SECOND)}
    expect(states["headline"]).to_have_attribute("data-state", "confirmed")
    expect(states[FIRST]).to_have_attribute("data-state", "draft")
    expect(states[SECOND]).to_have_attribute("data-state", "draft")
    # A button that is pressed by the keyboard is one press as well; moving goes on.
    states[FIRST].get_by_role("button", name="Confirm", exact=True).focus()
    hold_key(desk, "Enter")
    acting.wait_for_autosave(desk)
    expect(states[FIRST]).to_have_attribute("data-state", "confirmed")
    expect(states[SECOND]).to_have_attribute("data-state", "draft")
    acting.target_box(desk, "headline").click()
    desk.keyboard.down("Alt")
    hold_key(desk, "ArrowDown")
    desk.keyboard.up("Alt")
    has_focus(desk, THIRD)


@pytest.mark.exhaustive
def test_keys_go_up_and_down_and_to_what_is_unfinished(desk):
    acting.target_box(desk, "headline").click()
    desk.keyboard.press("Alt+ArrowDown")
    has_focus(desk, FIRST)
    desk.keyboard.press("Alt+ArrowUp")
    has_focus(desk, "headline")
    acting.translate(desk, {FIRST: "船来了。"})
    acting.target_box(desk, FIRST).press("Control+Enter")
    acting.wait_for_autosave(desk)
    acting.target_box(desk, "headline").click()
    desk.keyboard.press("Control+Alt+j")
    has_focus(desk, SECOND)


@pytest.mark.exhaustive
def test_what_the_mouse_presses_stays_under_it_when_the_sidebar_moves(desk):
    acting.target_box(desk, FIRST).click()
    expect(desk.locator("[data-desk-sidebar]")).to_be_visible()
    summary = acting.desk_row(desk, SECOND).locator("summary").last
    # Without scroll anchoring, as on a page that isn't scrolled, or in Safari.
    desk.add_style_tag(content="* { overflow-anchor: none }")
    summary.hover()
    before = summary.bounding_box()
    desk.mouse.down()
    has_focus(desk, SECOND)
    acting.pause(desk, 500)
    assert summary.bounding_box() == before
    desk.mouse.up()
    expect(acting.field(desk, field_name(LEFT_OUT, SECOND))).to_be_visible()
    expect(acting.desk_row(desk, FIRST).locator("[data-desk-sidebar]")).to_have_count(0)


def test_the_source_is_copied_with_its_tags_and_one_undo_brings_the_old_back(
    desk, translation, entity
):
    box = acting.target_box(desk, FIRST)
    box.click()
    desk.keyboard.type("旧文")
    desk.keyboard.press("Control+Alt+c")
    expect(box).to_contain_text("Ships came to")
    acting.wait_for_autosave(desk)
    source = translation.article.source("body")[0].value.source
    assert richtext.folded(stored(translation, FIRST)) == richtext.folded(source)
    desk.keyboard.press("ControlOrMeta+z")
    expect(box).to_have_text("旧文")
    acting.wait_for_autosave(desk)
    assert stored(translation, FIRST) == "<p>旧文</p>"


@pytest.mark.exhaustive
def test_what_is_typed_after_a_pause_is_undone_by_itself_and_done_again(desk):
    box = acting.target_box(desk, FIRST)
    box.click()
    desk.keyboard.insert_text("第一句。")
    # A step of undo ends a second after the last key.
    acting.pause(desk, 1100)
    desk.keyboard.insert_text("第二句。")
    expect(box).to_have_text("第一句。第二句。")
    desk.keyboard.press("Control+z")
    expect(box).to_have_text("第一句。")
    desk.keyboard.press("Control+y")
    expect(box).to_have_text("第一句。第二句。")
    desk.keyboard.press("Control+z")
    desk.keyboard.press("Control+z")
    expect(box).to_have_text("")


def test_a_text_pasted_with_empty_lines_is_undone_at_once(desk, translation):
    acting.translate(desk, {FIRST: "旧文。"})
    acting.wait_for_autosave(desk)
    box = acting.target_box(desk, FIRST)
    box.click()
    desk.keyboard.press("ControlOrMeta+a")
    acting.paste(desk, "", "第一行。\n第二行。\n\n第三行。\n")
    expect(box).to_contain_text("第三行。")
    acting.wait_for_autosave(desk)
    assert stored(translation, FIRST) == "<p>第一行。</p><p>第二行。</p><p>第三行。</p>"
    desk.keyboard.press("ControlOrMeta+z")
    expect(box).to_have_text("旧文。")
    desk.keyboard.press("ControlOrMeta+y")
    expect(box).to_contain_text("第三行。")
    assert box.inner_text().split("\n") == ["第一行。", "第二行。", "第三行。"]


def test_in_a_plain_text_one_undo_brings_the_old_back_too(desk):
    box = acting.field(desk, HEADLINE)
    box.click()
    desk.keyboard.type("旧题")
    desk.keyboard.press("Control+Alt+c")
    expect(box).to_have_value("Harbour notes")
    desk.keyboard.press("ControlOrMeta+z")
    expect(box).to_have_value("旧题")


def test_undo_stays_in_the_text_that_has_the_cursor(desk, translation):
    """A browser's own goes back to what was typed last, in whichever text of the page."""
    paragraph, headline = acting.target_box(desk, FIRST), acting.field(desk, HEADLINE)
    acting.translate(desk, {FIRST: "船来了。"})
    paragraph.press("Control+Enter")
    acting.wait_for_autosave(desk)
    paragraph.press("End")
    desk.keyboard.type("又走了。")
    paragraph.press("Control+Enter")
    acting.wait_for_autosave(desk)
    headline.click()
    desk.keyboard.type("旧")
    for _again in range(3):
        desk.keyboard.press("ControlOrMeta+z")
    expect(headline).to_have_value("")
    expect(headline).to_be_focused()
    acting.desk_row(desk, FIRST).locator("[data-desk-do=confirm]").focus()
    desk.keyboard.press("ControlOrMeta+z")
    expect(paragraph).to_have_text("船来了。又走了。")
    acting.wait_for_autosave(desk)
    assert stored(translation, FIRST) == "<p>船来了。又走了。</p>"
    expect(acting.desk_row(desk, FIRST)).to_have_attribute("data-state", "confirmed")


def test_a_plain_text_is_undone_and_done_again_step_by_step(desk):
    box = acting.field(desk, HEADLINE)
    box.click()
    desk.keyboard.type("Harbour")
    acting.pause(desk, 1100)
    desk.keyboard.insert_text("札记")
    for key, wanted in (
        ("ControlOrMeta+z", "Harbour"),
        ("ControlOrMeta+z", ""),
        ("ControlOrMeta+z", ""),
        ("ControlOrMeta+Shift+z", "Harbour"),
        ("Control+y", "Harbour札记"),
        ("Control+y", "Harbour札记"),
    ):
        desk.keyboard.press(key)
        expect(box).to_have_value(wanted)
    # A menu or a phone asks without a key.
    box.evaluate(
        """(box) => box.dispatchEvent(new InputEvent("beforeinput",
            { bubbles: true, cancelable: true, inputType: "historyUndo" }))"""
    )
    expect(box).to_have_value("Harbour")
    acting.wait_for_autosave(desk)


def replace_here(page: Page, find: str, new: str) -> None:
    page.keyboard.press("Control+h")
    page.keyboard.type(find)
    page.locator("[data-replace-name=replace]").fill(new)
    page.locator("[data-replace-preview]").click()
    page.locator("[data-replace-apply]").click()
    expect(page.locator("[data-desk-done]")).to_be_visible()


def test_a_replacement_is_undone_in_each_text_whatever_its_editor_is(desk, translation):
    texts = {"headline": "港口记", FIRST: "旧港口。", SECOND: "离开港口"}
    acting.translate(desk, texts)
    acting.wait_for_autosave(desk)
    replace_here(desk, "港口", "码头")
    for key, text in texts.items():
        box = acting.target_box(desk, key)
        new = text.replace("港口", "码头")
        shows = expect(box).to_have_text if key == FIRST else expect(box).to_have_value
        shows(new)
        box.click()
        for press, wanted in (("z", text), ("Shift+z", new), ("z", text)):
            desk.keyboard.press(f"ControlOrMeta+{press}")
            shows(wanted)
    acting.wait_for_autosave(desk)
    assert stored(translation, "headline") == "港口记"
    assert stored(translation, SECOND) == "离开港口"


def test_a_replacement_far_below_is_undone_once_its_editor_has_begun(open_tab):
    body = [
        block("paragraph", "<p>Ships came.</p>", f"00000000-0000-4000-8000-{1000 + number:012d}")
        for number in range(40)
    ]
    article = make_article("Harbour notes", body=body)
    translation = translate(article, publish=False, **{body[-1]["id"]: "<p>船到港口。</p>"})
    page = open_tab(make_translator("li"))
    acting.edit(page, translation)
    acting.wait_until_watched(page)
    acting.field(page, HEADLINE).click()
    last = acting.desk_row(page, body[-1]["id"])
    expect(last.locator(".Draftail-Editor")).to_have_count(0)
    replace_here(page, "港口", "码头")
    expect(last.locator("[data-desk-still]")).to_have_text("船到码头。")
    box = acting.target_box(page, body[-1]["id"])
    expect(box).to_have_text("船到码头。")
    box.click()
    page.keyboard.press("ControlOrMeta+z")
    expect(box).to_have_text("船到港口。")
    acting.wait_for_autosave(page)
    assert stored(translation, body[-1]["id"]) == "<p>船到港口。</p>"


def test_missing_tags_are_shown_and_inserted_one_by_one(desk, translation, entity):
    box = acting.target_box(desk, FIRST)
    box.click()
    desk.keyboard.type("船到")
    tags = acting.desk_row(desk, FIRST).locator("[data-desk-tags] .archive-desk__tag")
    expect(tags).to_have_text(["Not marked: Zhanjiang", "Not marked: port"])
    desk.keyboard.press("Control+Alt+m")
    expect(tags).to_have_text(["Not marked: port"])
    # The name in its words of this language.
    expect(box).to_have_text("船到湛江")
    desk.keyboard.type("的")
    tags.first.click()
    expect(tags).to_have_count(0)
    acting.wait_for_autosave(desk)
    text = stored(translation, FIRST)
    assert f'id="{entity.pk}"' in text
    assert 'href="https://example.org/port"' in text
    desk.keyboard.press("ControlOrMeta+z")
    expect(tags).to_have_text(["Not marked: port"])


def test_a_names_further_mentions_and_forms_are_known_to_be_there(open_tab):
    make_entity("shaanxi", "Shaanxi", "陕西省", aliases={"陕西": "zh-hans"}, place_type="region")
    make_entity("heilongjiang", "Heilongjiang", "黑龙江省", place_type="region")
    harbin = make_entity("harbin", "Harbin", "哈尔滨")
    mention = f'<a linktype="entity" id="{harbin.pk}">Harbin</a>'
    words = f"<p>From Shaanxi to Heilongjiang: {mention}, only Harbin.</p>"
    article = make_article("Two provinces", body=[block("paragraph", words, FIRST)])
    page = open_tab(make_translator("li"))
    acting.edit(page, article.translations.get())
    acting.wait_until_watched(page)
    box = acting.target_box(page, FIRST)
    box.click()
    page.keyboard.type("陕西")
    expect(page.locator("[data-desk-sidebar]")).to_contain_text("in the translation")
    page.keyboard.press("Control+Alt+g")
    expect(box).to_have_text("陕西黑龙江省")
    for text in ("陕西黑龙江省哈尔滨", "陕西黑龙江省哈尔滨，哈尔滨"):
        page.keyboard.type("哈" if text.endswith("省哈尔滨") else "，哈")
        page.locator("[data-desk-completions] [role=option]").wait_for()
        page.keyboard.press("Tab")
        expect(box).to_have_text(text)
    # Linked as often as in the source.
    expect(box.locator(".TooltipEntity")).to_have_count(1)
    row = acting.desk_row(page, FIRST)
    expect(row.locator("[data-desk-tags] .archive-desk__tag")).to_have_count(0)
    # A name that the source numbers has that number for its key.
    expect(row.locator("mark[data-tag='1']")).to_have_text("Harbin")
    numbers = page.locator("[data-section=names] [data-desk-nth]")
    expect(numbers).to_have_text(["陕西省", "黑龙江省", "哈尔滨"])
    assert numbers.evaluate_all("(all) => all.map((one) => one.dataset.deskNth)") == ["2", "3", "1"]
    page.keyboard.press("Control+Alt+Shift+1")
    expect(box).to_have_text("陕西黑龙江省哈尔滨，哈尔滨哈尔滨")


@pytest.mark.exhaustive
def test_a_doubled_tag_and_a_strange_one_are_shown(open_tab, translation, entity):
    other = make_entity("seattle", "Seattle", "西雅图")
    mention = '<a linktype="entity" id="{}">{}</a>'
    words = f"{mention.format(entity.pk, '湛江')}和{mention.format(entity.pk, '湛江市')}"
    words += f'<a href="https://example.org/port">港</a>{mention.format(other.pk, "西雅图")}'
    translate(translation.article, publish=False, **{FIRST: f"<p>{words}</p>"})
    page = open_tab(make_translator("li"))
    acting.edit(page, translation)
    tags = acting.desk_row(page, FIRST).locator(".archive-desk__tag")
    expect(tags).to_have_text(["Twice: 湛江市", "Not in the source: 西雅图"])


@pytest.mark.exhaustive
def test_leaving_out_by_key(desk):
    acting.target_box(desk, THIRD).click()
    desk.keyboard.press("Control+Alt+o")
    expect(acting.field(desk, field_name(LEFT_OUT, THIRD))).to_be_checked()
    expect(acting.desk_row(desk, THIRD)).to_have_attribute("data-state", "left-out")


@pytest.mark.exhaustive
def test_still_right_is_one_click_and_saved_at_once(open_tab, translation):
    translate(translation.article)
    revision = translation.revisions.latest("pk")
    for segment in revision.content["segments"]:
        if segment["key"] == SECOND:
            segment["source_digest"], segment["source_text"] = digest("They stayed"), "They stayed"
    revision.save()
    revision.publish()
    page = open_tab(make_translator("li"))
    acting.edit(page, translation)
    row = acting.desk_row(page, SECOND)
    expect(row).to_have_attribute("data-state", "stale")
    expect(row.locator("[data-desk-stale] ins")).to_have_text("left")
    row.get_by_role("button", name="Still correct").click()
    expect(row).to_have_attribute("data-state", "confirmed")
    expect(row.locator("[data-desk-stale]")).to_have_count(0)


def test_confirming_words_of_a_former_source_says_what_is_needed(open_tab, translation):
    translate(translation.article)
    revision = translation.revisions.latest("pk")
    for segment in revision.content["segments"]:
        if segment["key"] == SECOND:
            segment["source_digest"], segment["source_text"] = "0" * 32, "They stayed"
    revision.save()
    revision.publish()
    page = open_tab(make_translator("li"))
    acting.edit(page, translation)
    acting.target_box(page, SECOND).click()
    page.keyboard.press("Control+Enter")
    # What is typed next is the next segment's.
    has_focus(page, THIRD)
    told = "The source changed: press Ctrl+Alt+R if the translation is still correct"
    expect(page.locator("[data-desk-summary]")).to_contain_text(told)
    row = acting.desk_row(page, SECOND)
    expect(row.locator("[data-desk-saved]")).to_contain_text(told)
    expect(row).to_have_attribute("data-state", "stale")
    acting.target_box(page, SECOND).click()
    page.keyboard.press("Control+Alt+r")
    expect(acting.desk_row(page, SECOND)).to_have_attribute("data-state", "confirmed")


def test_who_comes_to_the_last_segment_is_told_and_loses_nothing_that_is_typed(desk, translation):
    acting.translate(desk, {THIRD: "完。"})
    desk.keyboard.press("Control+Enter")
    acting.wait_for_autosave(desk)
    expect(desk.locator("[data-desk-summary]")).to_have_text("This was the last segment.")
    desk.keyboard.type("more")
    expect(acting.desk_row(desk, THIRD)).to_have_attribute("data-state", "draft")
    desk.keyboard.press("Alt+ArrowUp")
    has_focus(desk, SECOND)
    acting.wait_for_autosave(desk)
    assert stored(translation, THIRD) == "<p>完。more</p>"


def test_omitting_and_restoring_by_key_costs_no_confirmation(desk, translation):
    acting.translate(desk, {THIRD: "完。"})
    desk.keyboard.press("Control+Enter")
    row = acting.desk_row(desk, THIRD)
    expect(row).to_have_attribute("data-state", "confirmed")
    acting.target_box(desk, THIRD).click()
    for state in ("left-out", "confirmed"):
        desk.keyboard.press("Control+Alt+o")
        expect(row).to_have_attribute("data-state", state)
        acting.wait_for_autosave(desk)
    assert stored(translation, THIRD) == "<p>完。</p>"


def test_a_tag_goes_around_the_selected_words(desk, translation):
    box = acting.target_box(desk, FIRST)
    box.click()
    desk.keyboard.insert_text("那座港城")
    for _ in range(2):
        desk.keyboard.press("Shift+ArrowLeft")
    desk.keyboard.press("Control+Alt+m")
    expect(box).to_have_text("那座港城")
    acting.wait_for_autosave(desk)
    assert re.search(r"<p>那座<a [^>]*>港城</a></p>", stored(translation, FIRST))


def test_a_name_takes_the_place_of_a_wrong_word_and_keeps_another_form(desk, translation):
    box = acting.target_box(desk, FIRST)
    box.click()
    desk.keyboard.insert_text("船到了深川")
    for _ in range(2):
        desk.keyboard.press("Shift+ArrowLeft")
    desk.keyboard.press("Control+Alt+g")
    expect(box).to_have_text("船到了湛江")
    acting.wait_for_autosave(desk)
    assert re.search(r"<p>船到了<a [^>]*>湛江</a></p>", stored(translation, FIRST))
    # What is selected is the name already: it is marked.
    desk.keyboard.press("ControlOrMeta+a")
    desk.keyboard.insert_text("湛江")
    desk.keyboard.press("ControlOrMeta+a")
    desk.keyboard.press("Control+Alt+g")
    acting.wait_for_autosave(desk)
    assert re.search(r"<p><a [^>]*>湛江</a></p>", stored(translation, FIRST))


def test_a_name_that_was_replaced_is_missing_again(desk):
    box = acting.target_box(desk, FIRST)
    box.click()
    desk.keyboard.insert_text("船到了湛江。")
    desk.keyboard.press("Control+Enter")
    acting.wait_for_autosave(desk)
    box.click()
    expect(desk.locator("[data-section=names] [data-there]")).to_have_count(1)
    # Though the sidebar still speaks of the former words.
    acting.Held(desk, SIDEBAR)
    desk.keyboard.press("ControlOrMeta+a")
    desk.keyboard.insert_text("昨天")
    acting.wait_for_autosave(desk)
    expect(desk.locator("[data-section=names] [data-there]")).to_have_count(1)
    desk.keyboard.press("Control+Alt+g")
    expect(box).to_have_text("昨天湛江")


def test_an_error_refuses_a_confirmation_once_and_holds_nobody(open_tab):
    texts = {FIRST: "<p>The harbour opened in 1985.</p>", SECOND: "<p>The end.</p>"}
    body = [block("paragraph", text, key) for key, text in texts.items()]
    desk: Page = open_tab(make_translator("li"))
    acting.edit(desk, make_article("Harbour notes", body=body).translations.get())
    acting.wait_until_watched(desk)
    row = acting.desk_row(desk, FIRST)
    # The text as it stands when the key is pressed: nothing is saved of it by then.
    acting.target_box(desk, FIRST).click()
    desk.keyboard.insert_text("港口1986年启用。")
    desk.keyboard.press("Control+Enter")
    expect(row.locator("[data-desk-tags]")).to_contain_text("confirm once more")
    expect(row).to_have_attribute("data-state", "draft")
    expect(desk.locator("[data-desk-summary]")).to_have_text(
        "Saved · Not confirmed, for an error: segment 2"
    )
    has_focus(desk, SECOND)
    # Known by now, it is no other; what is typed next is the next segment's.
    desk.reload()
    expect(row.locator("[data-desk-found]")).to_contain_text("Errors: 1")
    acting.target_box(desk, FIRST).click()
    desk.keyboard.press("Control+Enter")
    desk.keyboard.insert_text("完。")
    desk.keyboard.press("Control+Enter")
    expect(row.locator("[data-desk-tags]")).to_contain_text("confirm once more")
    expect(acting.desk_row(desk, SECOND)).to_have_attribute("data-state", "confirmed")
    expect(row).to_have_attribute("data-state", "draft")
    acting.target_box(desk, FIRST).click()
    desk.keyboard.press("Control+Enter")
    expect(row).to_have_attribute("data-state", "confirmed")
    expect(row.locator("[data-desk-tags]")).to_be_empty()
    has_focus(desk, SECOND)


def test_the_list_of_wagtails_keys_leaves_out_what_the_desk_does(desk):
    rows = desk.locator(".w-keyboard_shortcuts__key")
    expect(rows.filter(has_text="Toggle sidebar")).to_have_count(1)
    expect(rows.filter(has_text="comments")).to_have_count(0)


def test_a_key_that_finds_nothing_to_do_says_so(desk):
    said = desk.locator("[data-desk-summary]")
    acting.work_in(desk, FIRST)
    desk.keyboard.press("Control+Alt+m")
    expect(acting.target_box(desk, FIRST)).to_have_text("湛江")
    for keys, words in {
        "g": "All names and terms of the source are in the translation.",
        # The source's second mark is a link, and has that key.
        "Shift+3": "There is no name or term 3.",
        "r": "The source of this segment hasn’t changed.",
        "z": "Nothing was changed here in the review.",
    }.items():
        desk.keyboard.press(f"Control+Alt+{keys}")
        expect(said).to_have_text(words)
    desk.keyboard.press("Control+Alt+m")
    desk.keyboard.press("Control+Alt+m")
    expect(said).to_have_text("All links and names of the source are marked.")
    acting.work_in(desk, THIRD)
    for keys, words in {
        "g": "No name or term can be inserted here.",
        "m": "The source has no link or name to mark here.",
    }.items():
        desk.keyboard.press(f"Control+Alt+{keys}")
        expect(said).to_have_text(words)


def test_a_number_without_a_suggestion_is_told(desk):
    acting.target_box(desk, FIRST).click()
    desk.keyboard.press("Control+Alt+1")
    expect(desk.locator("[data-desk-summary]")).to_have_text("There is no suggestion 1.")


def test_the_list_of_keys_opens_at_its_top(open_tab, translation):
    page = open_tab(make_translator("li"), viewport={"width": 1366, "height": 768})
    acting.edit(page, translation)
    acting.wait_until_watched(page)
    page.locator("[data-desk-keys]").click()
    keys = page.locator("[data-desk-keylist]")
    expect(keys).to_be_visible()
    assert keys.evaluate("(list) => list.scrollTop") == 0
    expect(keys).to_contain_text("Ctrl+P")


def test_no_key_is_taken_while_an_input_method_composes(desk):
    acting.target_box(desk, "headline").click()
    composing = "(box) => box.dispatchEvent(new KeyboardEvent('keydown', {init}))"
    for init in (
        "{key: 'Enter', ctrlKey: true, isComposing: true, bubbles: true}",
        "{key: 'Process', code: 'KeyJ', keyCode: 229, ctrlKey: true, altKey: true, bubbles: true}",
    ):
        acting.field(desk, HEADLINE).evaluate(composing.replace("{init}", init))
    has_focus(desk, "headline")


@pytest.mark.exhaustive
def test_the_keys_are_listed(desk):
    keys = desk.locator("[data-desk-keylist]")
    desk.locator("[data-desk-keys]").click()
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("Confirm and go to the next segment")
    desk.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    desk.locator("body").press("?")
    expect(keys).to_be_visible()


def test_comments_are_said_and_settled_beside_the_row(desk, translation):
    acting.target_box(desk, "headline").click()
    desk.keyboard.press("Control+Alt+k")
    box = desk.locator("[data-section=comments] textarea")
    expect(box).to_be_focused()
    box.fill("Is it 湛江?")
    desk.get_by_role("button", name="Add comment").click()
    expect(desk.locator("[data-section=comments] li")).to_contain_text("Is it 湛江?")
    badge = acting.desk_row(desk, "headline").locator("[data-desk-comments] > span").first
    expect(badge).to_have_text("1")
    desk.get_by_role("button", name="Resolve").click()
    expect(badge).to_be_hidden()


@pytest.fixture
def with_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two made-up rooms: a list of names, and a memory."""
    names = (
        '<ul><li>Wang Zhongbing <button type="button" data-insert="王中丙">王中丙</button></li>'
        '<li>Zhanjiang <button type="button" data-insert="湛江">湛江</button></li></ul>'
    )
    memory = (
        '<button type="button" data-replace="港口记" data-origin="memory" data-score="87">'
        "港口记</button>"
        '<button type="button" data-replace="机器标题" data-origin="machine">机器标题</button>'
    )
    shown = [Section("names", mark_safe(names)), Section("memory", mark_safe(memory))]
    monkeypatch.setattr("archive.desk.editor.views.sections", lambda *a, **k: shown)


@pytest.mark.usefixtures("with_rooms")
def test_names_are_inserted_by_number_by_their_beginning_or_as_missing(desk):
    box = acting.field(desk, HEADLINE)
    box.click()
    expect(desk.locator("[data-section=names] button")).to_have_count(2)
    desk.keyboard.press("Control+Alt+Shift+2")
    expect(box).to_have_value("湛江")
    desk.keyboard.type("的Wang")
    desk.keyboard.press("Control+Alt+g")
    expect(box).to_have_value("湛江的王中丙")
    box.fill("")
    desk.keyboard.press("Control+Alt+g")
    expect(box).to_have_value("王中丙")
    desk.keyboard.press("ControlOrMeta+z")
    expect(box).to_have_value("")


@pytest.mark.usefixtures("with_rooms")
def test_a_key_waits_for_the_sidebar_though_a_save_asks_anew(desk):
    saves = acting.Held(desk, SAVES)
    acting.translate(desk, {THIRD: "结束。"})
    expect(desk.locator("[data-section=memory] button")).to_have_count(2)
    asks = acting.Held(desk, SIDEBAR)
    acting.field(desk, HEADLINE).click()
    for held in (saves, asks):
        held.wait()
    desk.keyboard.press("Control+Alt+1")
    # The row that was left is saved now: the sidebar is asked once more, and the first answer
    # never comes.
    asks.stop()
    saves.release()
    expect(acting.field(desk, HEADLINE)).to_have_value("港口记")


@pytest.mark.usefixtures("with_rooms")
def test_another_rows_suggestions_go_where_this_rows_cannot_be_had(desk):
    acting.field(desk, HEADLINE).click()
    expect(desk.locator("[data-section=memory] button")).to_have_count(2)
    desk.route(SIDEBAR, lambda route: route.abort())
    acting.target_box(desk, THIRD).click()
    expect(desk.locator("[data-desk-aids]")).to_have_text("The sidebar can’t be loaded right now.")
    # A key for what isn't there isn't silent.
    summary = desk.locator("[data-desk-summary]")
    expect(summary).not_to_have_text("The sidebar can’t be loaded right now.")
    desk.keyboard.press("Control+Alt+m")
    expect(summary).to_have_text("The sidebar can’t be loaded right now.")


@pytest.mark.parametrize("is_told", [True, False])
def test_the_sidebar_comes_again_with_the_line(desk, is_told):
    """Some browsers are told that the line is back, some that somebody comes back to the window."""
    desk.route(SIDEBAR, lambda route: route.abort())
    acting.target_box(desk, FIRST).click()
    aids = desk.locator("[data-desk-aids]")
    expect(aids).to_have_text("The sidebar can’t be loaded right now.")
    desk.unroute(SIDEBAR)
    if is_told:
        # Long before it is tried again without being told.
        with desk.expect_request(SIDEBAR, timeout=5_000):
            desk.evaluate("window.dispatchEvent(new Event('online'))")
    expect(aids).to_contain_text("Translation memory")
    has_focus(desk, FIRST)


def test_what_is_typed_without_a_text_reaches_the_row(desk):
    acting.target_box(desk, FIRST).click()
    desk.keyboard.type("港")
    acting.desk_row(desk, FIRST).locator("summary").last.focus()
    desk.keyboard.type("a，")
    expect(acting.target_box(desk, FIRST)).to_have_text("港a，")
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.type("b")
    expect(acting.target_box(desk, FIRST)).to_have_text("港a，b")
    # A list is chosen from by its letters.
    desk.locator("[data-desk-filter]").focus()
    desk.keyboard.type("d")
    expect(acting.target_box(desk, FIRST)).to_have_text("港a，b")


def test_a_phone_confirms_by_a_button(open_tab, translation):
    page = open_tab(make_translator("li"), "zh-hans", acting.NARROW, has_touch=True)
    acting.edit(page, translation)
    acting.wait_until_watched(page)
    acting.field(page, HEADLINE).fill("港口札记")
    button = acting.desk_row(page, "headline").get_by_role("button", name="确认", exact=True)
    size = button.bounding_box()
    assert min(size["width"], size["height"]) >= 44
    button.tap()
    expect(acting.desk_row(page, "headline")).to_have_attribute("data-state", "confirmed")
    has_focus(page, FIRST)
    assert stored(translation, "headline") == "港口札记"


@pytest.mark.parametrize(
    ("interface", "unfinished"),
    [("en", "Next"), pytest.param("zh-hans", "下一个", marks=pytest.mark.exhaustive)],
)
def test_a_phone_finds_what_is_unfinished(open_tab, translation, interface, unfinished):
    page = open_tab(make_translator("li"), interface, acting.NARROW, has_touch=True)
    acting.edit(page, translation)
    acting.wait_until_watched(page)
    acting.field(page, HEADLINE).fill("港口札记")
    acting.desk_row(page, "headline").locator("[data-desk-do=confirm]").tap()
    has_focus(page, FIRST)
    # The list has the rows that are of a state as it is chosen.
    expect(acting.desk_row(page, "headline")).to_have_attribute("data-state", "confirmed")
    shown, going = page.get_by_role("combobox").last, page.get_by_role("button", name=unfinished)
    shown.select_option("confirmed")
    expect(acting.desk_row(page, FIRST)).to_be_hidden()
    shown.select_option("unfinished")
    expect(acting.desk_row(page, "headline")).to_be_hidden()
    going.tap()
    has_focus(page, SECOND)
    acting.wait_for_autosave(page)
    # One line of the little there is of a phone's screen.
    places = [one.bounding_box() for one in (shown, going)]
    assert abs(places[0]["y"] - places[1]["y"]) < 4
    assert page.locator(".archive-desk__bar").bounding_box()["height"] < 120


def test_who_types_on_after_confirming_has_a_draft_again(desk):
    saves = acting.Held(desk, SAVES)
    acting.translate(desk, {THIRD: "结束。"})
    saves.wait()
    # The answer to this one is awaited; the next is sent once it is here.
    desk.keyboard.press("Control+Enter")
    desk.keyboard.type("了")
    saves.release()
    acting.wait_for_autosave(desk)
    expect(acting.desk_row(desk, THIRD)).to_have_attribute("data-state", "draft")


def confirm_twice_within_one_request(page: Page) -> None:
    saves = acting.Held(page, SAVES)
    for text in ("结束", "了"):
        acting.target_box(page, THIRD).click()
        page.keyboard.press("End")
        page.keyboard.type(text)
        page.keyboard.press("Control+Enter")
        saves.wait()
    saves.release()


def test_a_confirm_pressed_while_another_is_on_its_way_counts(desk, translation):
    confirm_twice_within_one_request(desk)
    expect(acting.desk_row(desk, THIRD)).to_have_attribute("data-state", "confirmed")
    acting.wait_for_autosave(desk)
    expect(acting.desk_row(desk, THIRD)).to_have_attribute("data-state", "confirmed")
    assert stored(translation, THIRD) == "<p>结束了</p>"


@pytest.mark.exhaustive
def test_a_confirm_during_a_request_survives_a_page_that_is_left(desk):
    saves = acting.Held(desk, SAVES)
    acting.translate(desk, {THIRD: "结束。"})
    saves.wait()
    desk.keyboard.press("Control+Enter")
    saves.stop()
    desk.reload()
    acting.wait_for_autosave(desk)
    expect(acting.desk_row(desk, THIRD)).to_have_attribute("data-state", "confirmed")


@pytest.mark.exhaustive
def test_a_figure_that_differs_is_confirmed_by_pressing_the_key_twice(desk, monkeypatch):
    differing = "[[&quot;14人&quot;,&quot;14人&quot;]]"
    memory = (
        f'<button type="button" data-replace="来了14人" data-differing="{differing}"'
        ' data-adapted="[&quot;10日 → 11日&quot;]">M</button>'
    )
    shown = [Section("memory", mark_safe(memory))]
    monkeypatch.setattr("archive.desk.editor.views.sections", lambda *a, **k: shown)
    acting.field(desk, HEADLINE).click()
    desk.keyboard.press("Control+Alt+1")
    row = acting.desk_row(desk, "headline")
    expect(row.locator("[data-desk-tags]")).to_have_text("Differs from the source: 14人")
    expect(row).to_have_attribute("data-state", "draft")
    desk.keyboard.press("Control+Enter")
    expect(row.locator("[data-desk-tags]")).to_contain_text("confirm once more")
    has_focus(desk, FIRST)
    acting.wait_for_autosave(desk)
    desk.reload()
    expect(row.locator("[data-desk-tags]")).to_have_text("Differs from the source: 14人")
    row.locator("[data-desk-do=confirm]").click()
    expect(row.locator("[data-desk-tags]")).to_contain_text("confirm once more")
    expect(row).to_have_attribute("data-state", "draft")
    # Nobody has read it sooner.
    acting.pause(desk, 500)
    acting.field(desk, HEADLINE).click()
    desk.keyboard.press("Control+Enter")
    expect(row).to_have_attribute("data-state", "confirmed")
    has_focus(desk, FIRST)


@pytest.mark.exhaustive
def test_findings_are_marked_in_the_row_and_reached_by_key(desk):
    acting.translate(desk, {SECOND: "他们走了", THIRD: "结束，花了10亿元。"})
    mark = acting.desk_row(desk, THIRD).locator("[data-desk-found]")
    expect(mark).to_contain_text("Warnings: ")
    expect(acting.desk_row(desk, "headline").locator("[data-desk-found]")).to_be_hidden()
    expect(desk.locator(".archive-desk__bar [data-desk-findings]")).to_contain_text("Warnings: ")
    acting.target_box(desk, SECOND).focus()
    desk.keyboard.press("Control+Alt+f")
    has_focus(desk, THIRD)
    sections = desk.locator("[data-desk-aids] .archive-desk__section")
    expect(sections.first).to_have_attribute("data-section", "memory")
    expect(sections.nth(1)).to_have_attribute("data-section", "findings")


def test_a_finding_waits_for_the_end_of_the_sentence_and_is_put_right_by_a_key(desk):
    acting.work_in(desk, THIRD)
    mark = acting.desk_row(desk, THIRD).locator("[data-desk-found]")
    for letters in ("结束了", ",花了", "钱"):
        with desk.expect_response("**/segments/"):
            desk.keyboard.insert_text(letters)
        expect(mark).to_be_hidden()
    expect(desk.locator("[data-fix]").first).to_contain_text(", → ，")
    expect(mark).to_be_visible()
    # What was found is said of no other words, not for a moment.
    desk.keyboard.insert_text("了")
    expect(mark).to_be_hidden(timeout=1_000)
    expect(mark).to_be_visible()
    desk.keyboard.press("Control+Alt+x")
    expect(acting.target_box(desk, THIRD)).to_have_text("结束了，花了钱了")


@pytest.mark.exhaustive
def test_rows_of_one_state_are_shown_alone(desk):
    acting.translate(desk, {THIRD: "结束。"})
    desk.keyboard.press("Control+Enter")
    expect(acting.desk_row(desk, THIRD)).to_have_attribute("data-state", "confirmed")
    desk.locator("[data-desk-filter]").select_option("unfinished")
    expect(acting.desk_row(desk, THIRD)).to_be_hidden()
    acting.target_box(desk, SECOND).focus()
    desk.keyboard.press("Alt+ArrowDown")
    has_focus(desk, SECOND)


@pytest.mark.usefixtures("with_rooms")
def test_rows_are_shown_by_match_origin_and_writer(desk, translation):
    """By keyboard: the list is a plain one, which a phone shows in its own way."""
    acting.translate(desk, {THIRD: "结束。"})
    acting.field(desk, HEADLINE).click()
    expect(desk.locator("[data-section=memory] button")).to_have_count(2)
    desk.keyboard.press("Control+Alt+1")
    acting.wait_for_autosave(desk)
    headline = acting.desk_row(desk, "headline")
    expect(headline).to_have_attribute("data-score", "87")
    chosen = desk.locator("[data-desk-filter]")
    for option, shown in (
        ("match-75", ["headline"]),
        ("match-100", []),
        ("match-none", [THIRD]),
        ("origin-memory", ["headline"]),
        ("origin-human", [THIRD]),
        ("origin-machine", []),
        ("mine", ["headline", THIRD]),
    ):
        chosen.select_option(option)
        rows = desk.locator("[data-desk-row]:not([hidden])")
        assert rows.evaluate_all("(rows) => rows.map((row) => row.dataset.key)") == shown, option
    chosen.select_option("")
    # Whoever changes the words makes them their own.
    acting.field(desk, HEADLINE).press_sequentially("！")
    acting.wait_for_autosave(desk)
    expect(headline).to_have_attribute("data-origin", "human")
    # Typed, they are a person's, whatever the memory has.
    desk.keyboard.press("Backspace")
    acting.wait_for_autosave(desk)
    expect(acting.field(desk, HEADLINE)).to_have_value("港口记")
    expect(headline).to_have_attribute("data-origin", "human")
    # All is stored: no other window is told of unsaved changes here.
    expect(desk.locator("[data-w-session-target=unsavedChanges]")).not_to_be_checked()
    chosen.focus()
    chosen.press("End")
    expect(chosen).to_have_value("origin-human")
    expect(headline).to_be_visible()


def test_all_of_100_is_offered_only_where_the_server_finds_some(desk, monkeypatch):
    button = '<button type="button" data-replace="港口" data-origin="memory" data-score="100">'
    shown = [Section("memory", mark_safe(f"{button}港口</button>"))]
    monkeypatch.setattr("archive.desk.editor.views.sections", lambda *a, **k: shown)
    acting.field(desk, HEADLINE).click()
    with desk.expect_response("**/exact*/"):
        desk.keyboard.press("Control+Alt+1")
    acting.wait_for_autosave(desk)
    expect(acting.desk_row(desk, "headline")).to_have_attribute("data-score", "100")
    expect(desk.locator("[data-desk-exact]")).to_be_hidden()


@pytest.mark.exhaustive
@pytest.mark.usefixtures("with_rooms")
def test_a_suggestion_takes_the_texts_place_and_says_where_it_comes_from(desk, translation):
    acting.field(desk, HEADLINE).click()
    expect(desk.locator("[data-section=memory] button")).to_have_count(2)
    desk.keyboard.press("Control+Alt+1")
    acting.wait_for_autosave(desk)
    row = acting.desk_row(desk, "headline")
    expect(row).to_have_attribute("data-state", "draft")
    desk.keyboard.press("Control+Alt+2")
    expect(row).to_have_attribute("data-state", "machine")
    draft = Translation.objects.get(pk=translation.pk).get_latest_revision_as_object()
    assert draft.segments.get(key="headline").origin == "machine"
    desk.keyboard.press("Control+Enter")
    expect(row).to_have_attribute("data-state", "confirmed")


class Engine:
    """Leaves every tag and word where it is, but for one."""

    name = "Echo"
    takes_context = takes_hints = False

    def translate(self, segments, *_args):
        return [segment.replace("Ships", "Boats") for segment in segments]


def test_a_paragraphs_draft_keeps_its_links_and_is_one_step_of_undo(
    desk, translation, entity, monkeypatch
):
    monkeypatch.setattr("archive.contrib.machinery.drafts.get_engines", lambda: [Engine()])
    source = translation.article.source("body")[0].value
    with server.turn:
        user = make_translator("wang")
        row = next(one for one in rows(translation) if one.source.key == FIRST)
        draft_segment(translation, row.source, Engine(), user=user)
    box = acting.target_box(desk, FIRST)
    box.click()
    desk.keyboard.type("旧文")
    desk.get_by_role("button", name="Use this draft").click()
    expect(box).to_have_text("Boats came to Zhanjiang and its port.")
    acting.wait_for_autosave(desk)
    wanted = source.source.replace("Ships", "Boats")
    assert richtext.folded(stored(translation, FIRST)) == richtext.folded(wanted)
    expect(acting.desk_row(desk, FIRST)).to_have_attribute("data-state", "machine")
    desk.keyboard.press("ControlOrMeta+z")
    expect(box).to_have_text("旧文")

"""A correction is published: readers of the translation are told until it has it, too."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from archive.desk.freshness.corrections import MISSING, SETTLED
from archive.desk.freshness.minor import changed_segments
from archive.models import ArticlePage, CheckWaiver, Translation, Urgency
from archive.stories.body import block_with, raw
from archive.text.language import CHINESE, ENGLISH
from tests.desk.helpers import Person, again, page_text, translation_of
from tests.desk.rewriting import rewrite_at_once, text, translated_story
from tests.factories import block as make_block
from tests.factories import make_article, make_body, translate
from tests.site.reading import address

pytestmark = pytest.mark.django_db

ID = "00000000-0000-4000-9000-00000000000c"
KEY = f"{ID}/text"


def note(words: str = "It was 1988.") -> dict[str, Any]:
    value = {"date": "2015-10-01", "text": f"<p>{words}</p>"}
    return {"type": "correction", "value": value, "id": ID}


@pytest.fixture
def article() -> ArticlePage:
    return translated_story()


@pytest.fixture
def corrected(article: ArticlePage, editor: Person) -> ArticlePage:
    """The correction is out, and the translation hasn't it."""
    rewrite_at_once(editor, article, lambda blocks: [*blocks, note()])
    return again(article)


def alarm(article: ArticlePage) -> tuple[bool, bool, int]:
    """What readers see, whether the desk knows, how soon it is wanted."""
    translation = translation_of(article)
    known = translation.correction_since is not None
    return again(article).translation_lacks_correction, known, translation.urgency


QUIET, LOUD = (False, False, Urgency.NORMAL), (True, True, Urgency.URGENT)


def read(article: ArticlePage, language: str = CHINESE) -> str:
    return page_text(Client().get(address(article, language)))


def test_a_new_correction_makes_the_translation_urgent(
    article: ArticlePage, editor: Person
) -> None:
    assert alarm(article) == QUIET
    rewrite_at_once(editor, article, lambda blocks: [*blocks, note()])
    assert alarm(article) == LOUD
    entry = ModelLogEntry.objects.get(action=MISSING)
    assert (entry.user, entry.data["segments"]) == (editor.user, [KEY])


def test_readers_of_the_translation_are_led_to_the_correction(corrected: ArticlePage) -> None:
    notice = BeautifulSoup(read(corrected), "html.parser").select_one(".notice-correction")
    assert notice is not None
    assert notice.a["href"].endswith(f"#{ID}")
    assert f'id="{ID}"' in read(corrected, ENGLISH)
    assert "notice-correction" not in read(corrected, ENGLISH)


def test_english_readers_are_told_in_english(editor: Person) -> None:
    story = make_article("历史", language=CHINESE, body=make_body("第一段。"))
    translate(story, headline="History")
    form = editor.edits(again(story))
    form.put_blocks("body_zh_hans", [*form.blocks["body_zh_hans"], note()]).publish()
    shown = read(again(story), ENGLISH)
    assert "The original was corrected on 1 October 2015." in shown
    assert "This translation doesn’t have the correction yet." in shown


def test_a_change_without_a_correction_is_no_alarm(article: ArticlePage, editor: Person) -> None:
    rewrite_at_once(editor, article, lambda b: [text(b[0], "<p>Other.</p>"), *b[1:]])
    assert alarm(article) == QUIET


def test_a_draft_of_a_correction_is_no_alarm(article: ArticlePage, editor: Person) -> None:
    form = editor.edits(again(article))
    form.put_blocks("body_en", [*form.blocks["body_en"], note()]).save()
    assert alarm(article) == QUIET


def test_the_translated_correction_settles_it_once_published(
    corrected: ArticlePage, translator: Person
) -> None:
    form = translator.edits(translation_of(corrected)).put(KEY, "应为1988年。")
    assert "readers of the translation are told" in page_text(form.response)
    form.save()
    assert alarm(corrected) == LOUD
    translator.edits(translation_of(corrected)).publish()
    assert alarm(corrected) == QUIET
    assert "notice-correction" not in read(corrected)
    assert ModelLogEntry.objects.filter(action=SETTLED).count() == 1


@pytest.mark.parametrize(("reason", "expected"), [("只涉及英文版", QUIET), ("", LOUD)])
def test_left_out_takes_a_reason(
    corrected: ArticlePage, translator: Person, reason: str, expected: Any
) -> None:
    translator.edits(translation_of(corrected)).leave_out(KEY, reason).publish()
    assert alarm(corrected) == expected


def test_the_urgency_from_before_comes_back(
    article: ArticlePage, editor: Person, translator: Person
) -> None:
    Translation.objects.filter(article=article).update(urgency=Urgency.HIGH)
    rewrite_at_once(editor, article, lambda blocks: [*blocks, note()])
    translator.edits(translation_of(article)).put(KEY, "更正").publish()
    assert alarm(article) == (False, False, Urgency.HIGH)


def test_a_changed_correction_raises_it_again(
    corrected: ArticlePage, editor: Person, translator: Person
) -> None:
    translator.edits(translation_of(corrected)).put(KEY, "应为1988年。").publish()
    rewrite_at_once(editor, corrected, lambda blocks: [*blocks[:-1], note("It was 1989.")])
    assert alarm(corrected) == LOUD


@pytest.mark.parametrize("was_translated", [True, False])
def test_an_editor_may_call_a_correction_minor(
    corrected: ArticlePage, editor: Person, translator: Person, was_translated: bool
) -> None:
    if was_translated:
        translator.edits(translation_of(corrected)).put(KEY, "应为1988年。").publish()
        rewrite_at_once(editor, corrected, lambda blocks: [*blocks[:-1], note("It was in 1988.")])
    call_minor(editor, corrected)
    assert alarm(corrected) == QUIET
    editor.edits(again(corrected)).type(headline_en="Another").publish()
    assert alarm(corrected) == QUIET, "for good"
    rewrite_at_once(editor, corrected, lambda blocks: [*blocks[:-1], note("Quite another thing.")])
    assert alarm(corrected) == LOUD, "but only for those words"


def call_minor(editor: Person, article: ArticlePage) -> None:
    url = reverse("archive_translation:changes", args=[article.pk])
    assert "does not have the correction yet" in page_text(editor.client.get(url))
    changed = {c.row.source.key: c.row.source for c in changed_segments(translation_of(article))}
    editor.client.post(url, {f"seen-{KEY}": changed[KEY].digest, f"decision-{KEY}": "minor"})


def test_nobody_reads_an_unpublished_translation(
    corrected: ArticlePage, translator: Person, editor: Person
) -> None:
    translator.unpublishes(translation_of(corrected))
    assert alarm(corrected) == QUIET
    editor.edits(again(corrected)).type(headline_en="Another").publish()
    assert alarm(corrected) == QUIET


def test_a_correction_taken_back_is_none(corrected: ArticlePage, editor: Person) -> None:
    rewrite_at_once(editor, corrected, lambda blocks: blocks[:-1])
    assert alarm(corrected) == QUIET


def test_aliases_and_copies_tell_their_readers_too(article: ArticlePage, editor: Person) -> None:
    alias = article.create_alias(parent=article.get_parent(), update_slug="alias")
    rewrite_at_once(editor, article, lambda blocks: [*blocks, note()])
    assert again(alias).translation_lacks_correction
    editor.edits(again(article)).type(headline_en="Another").publish()
    assert again(alias).translation_lacks_correction
    copy = again(article).copy(update_attrs={"slug": "copy"}, keep_live=True)
    assert alarm(copy) == LOUD


# The mail


@pytest.fixture
def publish(article: ArticlePage, editor: Person, django_capture_on_commit_callbacks: Any) -> Any:
    def publish(change: Any) -> list[Any]:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            rewrite_at_once(editor, article, change)
        return list(mail.outbox)

    return publish


def add_note(blocks: Any) -> Any:
    return [*blocks, note()]


def test_the_assignee_is_written_to(article: ArticlePage, translator: Person, publish: Any) -> None:
    Translation.objects.filter(article=article).update(assignee=translator.user)
    [letter] = publish(add_note)
    assert letter.to == [translator.user.email]
    assert letter.subject == f"Correction to translate: {article.title}"
    assert translation_of(article).get_edit_url() in letter.body


def test_without_an_assignee_it_is_the_last_translator(
    article: ArticlePage, translator: Person, publish: Any
) -> None:
    translator.edits(translation_of(article)).put("headline", "新题").publish()
    [letter] = publish(add_note)
    assert letter.to == [translator.user.email]


def test_nobody_is_written_to_twice_or_about_anything_else(
    article: ArticlePage, translator: Person, publish: Any
) -> None:
    Translation.objects.filter(article=article).update(assignee=translator.user)
    assert publish(lambda b: [text(b[0], "<p>Other.</p>"), *b[1:]]) == []
    assert len(publish(add_note)) == 1
    assert publish(lambda b: [*b[:-1], note("And once more.")]) == []


@pytest.mark.parametrize("lacks", [{"email": ""}, {"is_active": False}])
def test_who_cannot_be_reached_stops_nothing(
    article: ArticlePage, translator: Person, publish: Any, lacks: dict[str, Any]
) -> None:
    type(translator.user).objects.filter(pk=translator.user.pk).update(**lacks)
    Translation.objects.filter(article=article).update(assignee=translator.user)
    assert publish(add_note) == []
    assert alarm(article) == LOUD


def test_a_mail_server_that_fails_stops_nothing(
    article: ArticlePage, translator: Person, publish: Any, settings: Any
) -> None:
    Translation.objects.filter(article=article).update(assignee=translator.user)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert publish(add_note) == []
    assert alarm(article) == LOUD


def test_a_translator_cannot_take_back_that_a_correction_is_minor(
    corrected: ArticlePage, editor: Person, translator: Person
) -> None:
    call_minor(editor, corrected)
    waiver = CheckWaiver.objects.get()
    answer = translator.post("archive_translation:unwaive_finding", waiver.pk)
    assert answer.status_code != 200
    assert CheckWaiver.objects.get() == waiver
    assert alarm(corrected) == QUIET


REMINDER = "changed without a correction note"


@pytest.mark.parametrize(
    ("change", "is_reminded"),
    [
        (lambda blocks: [text(blocks[0], "<p>The 1st.</p>"), *blocks[1:]], True),
        (lambda blocks: [text(blocks[0], "<p>The 1st.</p>"), *blocks[1:], note()], False),
        (lambda blocks: [text(blocks[0], "<p>The <b>first</b>.</p>"), *blocks[1:]], False),
        (lambda blocks: [*blocks, note()], False),
    ],
    ids=["other words", "with a note", "the same words", "a note alone"],
)
def test_an_editor_is_reminded_that_readers_arent_told_of_other_words(
    article: ArticlePage, editor: Person, change: Any, is_reminded: bool
) -> None:
    form = editor.edits(article)
    form.put_blocks("body_en", change(form.blocks["body_en"])).publish()
    assert (REMINDER in page_text(editor.client.get(form.url))) is is_reminded


def test_an_editor_is_reminded_of_a_changed_figure_in_a_table(editor: Person) -> None:
    table = {"data": [["Port", "Tons"], ["Xuwen", "1,240"]], "table_header_choice": "row"}
    article = make_article(body=[*make_body("One."), make_block("table", table)])
    form = editor.edits(article)
    blocks = form.blocks["body_en"]
    cells = [["Port", "Tons"], ["Xuwen", "1,950"]]
    value = {**blocks[1]["value"], "data": cells}
    form.put_blocks("body_en", [blocks[0], {**blocks[1], "value": value}]).publish()
    assert REMINDER in page_text(editor.client.get(form.url))
    stored = raw(again(article).source("body"))
    assert block_with("1,950", stored) == blocks[1]["id"]


@pytest.mark.parametrize("field", ["is_sample", "live"])
def test_nobody_is_reminded_of_words_that_no_reader_took_for_printed_ones(
    article: ArticlePage, editor: Person, field: str
) -> None:
    ArticlePage.objects.filter(pk=article.pk).update(**{field: field == "is_sample"})
    form = editor.edits(again(article))
    blocks = form.blocks["body_en"]
    form.put_blocks("body_en", [text(blocks[0], "<p>The 1st.</p>"), *blocks[1:]]).publish()
    assert REMINDER not in page_text(editor.client.get(form.url))

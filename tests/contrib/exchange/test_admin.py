"""The export and import screens, as translators use them and others mustn't."""

import re
from urllib.parse import urlencode

import bs4
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from archive.contrib.exchange.formats import read_stories
from archive.desk.saving import SegmentChange, save_segments
from archive.models import Translation
from tests.contrib.exchange.stories import (
    draft_texts,
    exported,
    make_rich_story,
    row_of,
    type_at_the_desk,
)
from tests.contrib.exchange.values import TABLES, TEXT_FORMATS, edited
from tests.factories import make_article, make_body, make_editor, make_translator, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation() -> Translation:
    return make_rich_story().translations.get()


@pytest.fixture
def translator(client) -> Client:
    client.force_login(make_translator())
    return client


def export_url(*translations):
    url = reverse("wagtail_bulk_action", args=["archive", "translation", "export"])
    return f"{url}?{urlencode([('id', one.pk) for one in translations])}"


def upload(client, *files, **data):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(reverse("archive_exchange:import"), {"uploads": sent, **data})


def with_headline(translation, text, state=""):
    data = exported(translation).decode()
    target = f'<target state="{state}">{text}</target>' if state else f"<target>{text}</target>"
    return data.replace("</source>", f"</source>{target}", 1).encode()


def test_the_list_offers_the_export_and_the_import(translator, translation):
    page = translator.get(reverse("wagtailsnippets_archive_translation:list")).content.decode()
    assert reverse("wagtail_bulk_action", args=["archive", "translation", "export"]) in page
    assert reverse("archive_exchange:import") in page


def test_a_translations_page_offers_its_export(translator, translation):
    page = translator.get(translation.get_edit_url()).content.decode()
    assert export_url(translation).replace("&", "&amp;") in page


def test_the_export_asks_for_the_format(translator, translation):
    page = translator.get(export_url(translation)).content.decode()
    assert str(translation) in page.replace("&#x27;", "'")
    for label in ("XLIFF 1.2", "XLIFF 2.1", "PO (gettext)"):
        assert label in page


@pytest.mark.parametrize("name", [*TEXT_FORMATS, *TABLES])
def test_the_export_is_a_file_to_download(translator, translation, name):
    other = make_article("Another story").translations.get()
    response = translator.post(export_url(translation, other), {"format": name})
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert {story.ref for story in read_stories("x", response.content)} == {
        str(one.article.translation_key) for one in (translation, other)
    }


def test_the_export_of_a_few_stories_carries_what_the_memory_has(translator):
    translate(make_article("First story"))
    again = make_article("Second story").translations.get()
    response = translator.post(export_url(again), {"format": "xliff12"})
    assert 'match-quality="100%"' in response.content.decode()
    assert "译文：paragraph" in response.content.decode()


def test_a_format_that_isnt_one_is_asked_for_again(translator, translation):
    response = translator.post(export_url(translation), {"format": "rtf"})
    assert response.status_code == 200
    assert "rtf" in response.content.decode()


def test_an_upload_is_reported_segment_by_segment(translator, translation):
    response = upload(translator, ("a.xlf", with_headline(translation, "城市")))
    page = response.content.decode()
    assert response.status_code == 200
    assert 'data-verdict="applied"' in page
    assert f"{translation.get_edit_url()}#row-1" in page
    assert draft_texts(translation)["headline"] == "城市"


def test_a_conflict_shows_both_texts(translator, translation):
    data = with_headline(translation, "文件里的")
    type_at_the_desk(translation, "headline", "桌上的")
    page = upload(translator, ("a.xlf", data)).content.decode()
    assert 'data-verdict="conflict"' in page
    assert "文件里的" in page
    assert "桌上的" in page
    assert draft_texts(translation)["headline"] == "桌上的"


def take(client, page, **changed):
    """Press "Use this text" in a report, or in what it was answered with."""
    form = bs4.BeautifulSoup(page, "html.parser").find("form", action=re.compile("take-from-file"))
    data = {field["name"]: field["value"] for field in form.find_all("input")}
    return client.post(form["action"], {**data, **changed})


def row_in(response):
    """The report's row that stands in an answer: its verdict, its two texts, whether it asks."""
    (row,) = bs4.BeautifulSoup(response.content, "html.parser").select("tbody tr")
    form = row.find("form")
    asks = bool(form and form.extract())
    _verdict, *texts = (cell.get_text(strip=True) for cell in row.find_all("td"))
    return row["data-verdict"], texts, asks


def test_after_a_conflict_the_files_text_may_still_be_taken(translator, translation):
    data = with_headline(translation, "文件里的")
    type_at_the_desk(translation, "headline", "桌上的")
    page = upload(translator, ("a.xlf", data)).content
    answer = take(translator, page)
    assert row_in(answer) == ("applied", ["文件里的", "文件里的"], False)
    assert draft_texts(translation)["headline"] == "文件里的"


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("decided", ["left_out", "joined"])
def test_a_text_for_a_segment_without_one_is_said_and_may_be_taken(translator, decided, name):
    translation = make_article("City", body=make_body("First.", "Second.")).translations.get()
    *_others, last = draft_texts(translation)
    change = SegmentChange(last, note="not ours", **{decided: True})
    assert save_segments(translation, [change], user=None)[0].kind == "saved"
    data = edited(name, exported(translation, format_name=name), {"target": "第二。"}, row=4)
    page = upload(translator, (f"a.{name}", data)).content
    assert "conflict" not in page.decode()
    assert "the segment has no text of its own" in page.decode()
    assert row_in(take(translator, page)) == ("applied", ["第二。", "第二。"], False)
    assert draft_texts(translation)[last] == "<p>第二。</p>"


@pytest.mark.parametrize("name", [*TEXT_FORMATS, *TABLES])
def test_a_file_that_nobody_changed_says_so_and_shows_the_editors_text(
    translator, translation, name
):
    type_at_the_desk(translation, "headline", "旧的")
    data = exported(translation, format_name=name)
    type_at_the_desk(translation, "headline", "桌上的")
    page = bs4.BeautifulSoup(upload(translator, ("a", data)).content, "html.parser")
    cells = [cell.get_text(strip=True) for cell in page.select_one("tr[data-verdict=kept]")("td")]
    assert cells == ["not changed in the file; the editor’s text is kept", "旧的", "桌上的"]


@pytest.mark.parametrize(
    ("said", "state"), [("translated", "confirmed"), ("needs-review-translation", "draft")]
)
def test_a_text_that_is_taken_is_as_far_as_its_file_says(translator, translation, said, state):
    data = with_headline(translation, "文件里的", said)
    type_at_the_desk(translation, "headline", "桌上的")
    take(translator, upload(translator, ("a.xlf", data)).content)
    segment = row_of(translation, "headline").segment
    assert (segment.target, segment.state, segment.origin) == ("文件里的", state, "file")


def test_what_was_typed_after_the_report_isnt_overwritten(translator, translation):
    data = with_headline(translation, "文件里的")
    type_at_the_desk(translation, "headline", "桌上的")
    page = upload(translator, ("a.xlf", data)).content
    type_at_the_desk(translation, "headline", "更新的")
    answer = take(translator, page)
    assert row_in(answer) == ("conflict", ["文件里的", "更新的"], True)
    assert draft_texts(translation)["headline"] == "更新的"
    # Now they have seen it.
    take(translator, answer.content)
    assert draft_texts(translation)["headline"] == "文件里的"


def test_a_text_that_was_taken_already_is_no_conflict(translator, translation):
    data = with_headline(translation, "文件里的")
    type_at_the_desk(translation, "headline", "桌上的")
    page = upload(translator, ("a.xlf", data)).content
    take(translator, page)
    assert row_in(take(translator, page)) == ("unchanged", ["文件里的", "文件里的"], False)


def test_why_nothing_of_a_file_can_be_taken_is_said(translator, translation):
    data = with_headline(translation, "文件里的")
    type_at_the_desk(translation, "headline", "桌上的")
    page = upload(translator, ("a.xlf", data)).content
    Translation.objects.update(locked=True, locked_by=make_editor())
    answer = take(translator, page)
    assert answer.status_code == 409
    assert "locked" in answer.json()["error"]


def test_what_is_taken_is_looked_at_like_a_file(translator, translation):
    key = next(key for key in draft_texts(translation) if key != "headline")
    url = reverse("archive_exchange:take", args=[translation.pk])
    response = translator.post(url, {"key": key, "target": "<p><script>x</script>字</p>"})
    assert "isn&#x27;t allowed" in response.content.decode()
    assert draft_texts(translation)[key] == ""


def test_taking_a_text_needs_the_right_to_change_it(client, translation):
    client.force_login(make_editor())
    url = reverse("archive_exchange:take", args=[translation.pk])
    assert client.post(url, {"key": "headline", "target": "字"}).status_code in (302, 403)
    assert draft_texts(translation)["headline"] == ""


def test_a_dry_run_stores_nothing(translator, translation):
    page = upload(translator, ("a.xlf", with_headline(translation, "城市")), dry_run="on")
    assert "Nothing was saved" in page.content.decode()
    assert draft_texts(translation)["headline"] == ""


def test_what_a_hostile_file_says_is_shown_as_words(translator, translation):
    data = with_headline(translation, "<g id='1'/>&lt;script&gt;alert(1)&lt;/script&gt;")
    page = upload(translator, ("<b>a.xlf", data)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
    assert "<b>a.xlf" not in page


def test_several_files_are_taken_in_and_a_broken_one_stops_none(translator, translation):
    good = with_headline(translation, "城市")
    page = upload(translator, ("bad.xlf", b"<xliff"), ("good.xlf", good)).content.decode()
    assert "well-formed XML" in page
    assert draft_texts(translation)["headline"] == "城市"


@pytest.mark.parametrize("content", [b"", b" " * 2000])
def test_a_file_that_is_empty_or_too_large_is_told_so(translator, settings, content):
    settings.ARCHIVE_DESK_MAX_BYTES = 1000
    page = upload(translator, ("a.xlf", content)).content.decode()
    assert ("too large" if content else "no stories") in page


def test_no_file_is_asked_for_again(translator):
    response = translator.post(reverse("archive_exchange:import"), {})
    assert "This field is required" in response.content.decode()


def test_who_has_nothing_to_do_with_translations_can_do_neither(client, translation):
    client.force_login(make_editor())
    for response in (
        client.get(reverse("archive_exchange:import")),
        upload(client, ("a.xlf", with_headline(translation, "城市"))),
        client.post(export_url(translation), {"format": "xliff12"}),
    ):
        assert response.status_code in (302, 403)
        assert "attachment" not in response.headers.get("Content-Disposition", "")
    assert draft_texts(translation)["headline"] == ""


def test_who_isnt_logged_in_is_sent_to_the_door(client, translation):
    for url in (reverse("archive_exchange:import"), export_url(translation)):
        assert "login" in client.get(url).headers["Location"]


def test_another_site_cant_make_a_translator_import(translation):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_translator())
    response = upload(client, ("a.xlf", with_headline(translation, "城市")))
    assert response.status_code == 403
    assert draft_texts(translation)["headline"] == ""


def test_a_report_takes_the_same_queries_whatever_its_size(
    translator, translation, django_assert_max_num_queries
):
    data = with_headline(translation, "城市")
    upload(translator, ("a.xlf", data))
    with django_assert_max_num_queries(25):
        upload(translator, ("a.xlf", data))

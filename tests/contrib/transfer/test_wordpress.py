"""Posts of a WordPress export, and their translations, become stories."""

from pathlib import Path

import pytest
from wagtail.contrib.redirects.models import Redirect

from archive.desk.segments import rows
from archive.models import ArchiveImage, ArticlePage, MemoryUnit
from archive.stories.body import raw
from tests.contrib.transfer.exports import (
    CHINESE,
    ENGLISH,
    PICTURE,
    item,
    kinds,
    move,
    polylang_pair,
    the_story,
    the_translation,
    write,
)
from tests.factories import make_home

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture(autouse=True)
def home() -> None:
    make_home()


def wpml(id_: int, title: str, code: str, source: str = "", **values: object) -> str:
    meta = {
        "_wpml_import_language_code": code,
        "_wpml_import_translation_group": "9",
        "_wpml_import_source_language_code": source,
    }
    return item(id_, title, f"<p>{title}</p>", meta=meta, **values)


def test_a_polylang_pair_is_one_published_story_in_both_languages(tmp_path: Path) -> None:
    out, error = move(tmp_path, polylang_pair())
    story = the_story()
    assert "1 story: 1 taken over" in out
    assert error == ""
    assert story.languages() == ["en", "zh-hans"]
    assert story.translation_state == "published"
    assert kinds(story.body_en) == ["paragraph", "subhead", "paragraph", "image", "list"]
    assert [one["id"] for one in raw(story.body_en)] == [
        one["id"] for one in raw(story.body_zh_hans)
    ]
    assert "湛江港周二<b>启用</b>新码头" in raw(story.body_zh_hans)[0]["value"]
    assert {one.state for one in the_translation().segments.all()} == {"confirmed"}
    assert story.publication.name_en == "Harbour Post"
    assert str(story.print_date) == "2015-09-22"
    assert (story.section.name_en, story.section.name_zh_hans) == ("City", "城市")
    assert story.bylines.get().author.name == "Li Na"
    assert story.standfirst_zh_hans == "码头可停靠大型船舶。"
    assert story.source_url == "https://harbour.example/101/"
    assert MemoryUnit.objects.filter(text_en="Two cranes", text_zh_hans="两台起重机").exists()


def test_pictures_come_from_the_folder_with_their_words(tmp_path: Path) -> None:
    move(tmp_path, polylang_pair(meta={"_thumbnail_id": "34"}))
    image = ArchiveImage.objects.get()
    assert (image.credit, image.rights) == ("Harbour Post", "© Harbour Post")
    assert (image.alt_text_en, image.alt_text_zh_hans) == ("Cranes on a quay", "新码头")
    assert kinds(the_story().body_en).count("image") == 1
    assert the_story().lead_image == image


def test_readers_are_led_from_the_old_addresses_in_their_language(tmp_path: Path, client) -> None:
    move(tmp_path, polylang_pair())
    redirects = dict(Redirect.objects.values_list("old_path", "redirect_link"))
    assert set(redirects) == {"/101", "/102"}
    assert "湛江港新码头启用" in client.get("/102/", follow=True).content.decode()


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    move(tmp_path, polylang_pair())
    before = the_story().latest_revision_id, the_translation().latest_revision_id
    out, _error = move(tmp_path, polylang_pair())
    assert "1 story: 1 unchanged" in out
    assert (the_story().latest_revision_id, the_translation().latest_revision_id) == before
    assert (Redirect.objects.count(), ArchiveImage.objects.count()) == (2, 1)


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path: Path) -> None:
    out, _error = move(tmp_path, polylang_pair(chinese=CHINESE + "<p>又一段。</p>"), dry_run=True)
    assert "would be created: Zhanjiang port opens new quay" in out
    assert "1 story: 1 to take over" in out
    assert not ArticlePage.objects.exists()
    assert not ArchiveImage.objects.exists()


def test_a_corrected_export_updates_both_texts(tmp_path: Path) -> None:
    move(tmp_path, polylang_pair())
    corrected = ENGLISH.replace("300 million", "320 million"), CHINESE.replace("3亿", "3.2亿")
    out, _error = move(tmp_path, polylang_pair(*corrected))
    assert "1 updated" in out
    assert "320 million" in str(the_story().body_en)
    assert "3.2亿" in str(the_story().body_zh_hans)


def test_what_was_edited_here_is_kept(tmp_path: Path) -> None:
    move(tmp_path, polylang_pair())
    draft = the_story().get_latest_revision_as_object()
    draft.headline_en = "An editor's headline"
    draft.save_revision().publish()
    out, _error = move(tmp_path, polylang_pair(ENGLISH.replace("Tuesday", "Monday")))
    assert "1 left as edited here" in out
    assert "Tuesday" in str(the_story().body_en)


def test_a_translators_words_are_kept(tmp_path: Path) -> None:
    move(tmp_path, polylang_pair())
    translation = the_translation()
    segment = translation.segments.get(key="headline")
    segment.target = "译者的标题"
    translation.segments.add(segment)
    translation.save_revision().publish()
    out, _error = move(tmp_path, polylang_pair(chinese=CHINESE.replace("3亿", "4亿")))
    assert "its translation was edited here" in out
    assert the_story().headline_zh_hans == "译者的标题"


def test_a_story_taken_down_here_stays_down(tmp_path: Path) -> None:
    move(tmp_path, polylang_pair())
    the_story().unpublish()
    out, _error = move(tmp_path, polylang_pair())
    assert "1 unchanged" in out
    assert not the_story().live


@pytest.mark.parametrize("dry_run", [True, False])
def test_text_without_a_partner_waits_at_the_desk(tmp_path: Path, dry_run: bool) -> None:
    english = ENGLISH.replace("<p>The quay", "<p>It was planned in 2010.</p><p>The quay")
    more = [
        "<p>市民李华今年45岁，在港口做了20年搬运工，他说希望收入能提高到每月8000元，"
        "也希望孩子在广州读完大学后回到家乡工作。</p>",
        "<p>当晚7时，湛江艺术团将在人民大会堂演出粤剧，门票价格从50元到300元不等，"
        "学生可以半价购买，售完为止。</p>",
    ]
    chinese = CHINESE.replace("<!-- wp:image", f"{''.join(more)}<!-- wp:image")
    out, _error = move(tmp_path, polylang_pair(english, chinese), dry_run=dry_run)
    assert "2 pieces of the translation have no partner" in out
    assert "1 segment of the translation is to be checked" in out
    if dry_run:
        return
    draft = the_translation().get_latest_revision_as_object()
    assert [one.target for one in draft.segments.all() if one.kind == "orphan"] == more
    states = {row.source.plain_text: row.state for row in rows(draft)}
    assert states["It was planned in 2010."] == "empty"
    assert states["The quay cost 300 million yuan."] == "check"
    assert "启用" in str(the_story().body_zh_hans)
    assert "3亿" not in str(the_story().body_zh_hans)
    assert the_story().translation_is_abridged


def test_paragraphs_that_are_one_in_the_other_text_are_translated_together(tmp_path: Path) -> None:
    english = ENGLISH.replace("<p>The quay", "<p>It was planned in 2010.</p><p>The quay")
    move(tmp_path, polylang_pair(english))
    assert the_story().translation_state == "published"
    assert [one.joined for one in the_translation().segments.all()].count(True) == 1
    assert MemoryUnit.objects.filter(text_en__contains="2010. The quay cost").exists()


def test_wpml_says_which_post_is_the_original(tmp_path: Path) -> None:
    pair = wpml(1, "Earlier, but translated", "en", "zh-hans", post_date="2015-01-01 00:00:00")
    move(tmp_path, pair + wpml(2, "原文", "zh-hans"))
    assert the_story().source_language == "zh-hans"
    assert the_story().headline_en == "Earlier, but translated"


def test_wpmls_table_gives_what_the_export_lacks(tmp_path: Path) -> None:
    table = tmp_path / "icl_translations.csv"
    table.write_text(
        "translation_id;element_type;element_id;trid;language_code;source_language_code\n"
        "1;post_post;1;7;en;NULL\n2;post_post;2;7;zh-hans;en\n3;tax_category;1;8;en;NULL\n"
    )
    posts = item(1, "A story", "<p>Text</p>") + item(2, "故事", "<p>正文</p>")
    move(tmp_path, posts, translations=table)
    assert the_story().languages() == ["en", "zh-hans"]


def test_a_single_post_is_told_by_its_script(tmp_path: Path) -> None:
    out, _error = move(tmp_path, item(1, "码头启用", "<p>湛江港新码头周二启用。</p>"))
    assert "no language is said" in out
    assert the_story().languages() == ["zh-hans"]


def test_drafts_and_closed_posts_stay_drafts(tmp_path: Path) -> None:
    posts = item(1, "Draft", "<p>x</p>", status="draft")
    posts += item(2, "Closed", "<p>y</p>", post_password="secret")
    posts += item(3, "Private", "<p>z</p>", status="private") + item(4, "Bin", status="trash")
    out, _error = move(tmp_path, posts)
    assert "3 stories: 3 taken over" in out
    assert "trash: 1" in out
    assert not ArticlePage.objects.live().exists()


def test_a_picture_without_rights_leaves_a_draft_until_they_are_given(tmp_path: Path) -> None:
    out, _error = move(tmp_path, polylang_pair(), rights="")
    assert "a draft, since it can't be published" in out
    assert not the_story().live
    out, _error = move(tmp_path, polylang_pair())
    assert "1 published" in out
    assert the_story().languages() == ["en", "zh-hans"]


def test_a_missing_picture_is_reported_and_found_by_a_later_run(tmp_path: Path) -> None:
    out, _error = move(tmp_path, polylang_pair(), media=None)
    assert "picture not found: https://harbour.example/wp-content/uploads/quay.png" in out
    assert raw(the_story().body_en)[3]["value"]["caption"] == "The new quay"
    move(tmp_path, polylang_pair())
    assert raw(the_story().body_en)[3]["value"]["image"] == ArchiveImage.objects.get().pk


def test_moments_with_and_without_an_offset_are_of_one_kind(tmp_path: Path) -> None:
    pair = wpml(1, "A story", "en", post_date="2015-09-22T00:30:00+08:00")
    out, _error = move(tmp_path, pair + wpml(2, "故事", "zh-hans"))
    assert "1 story: 1 taken over" in out
    assert str(the_story().print_date) == "2015-09-22"


def test_no_file_outside_of_the_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"secret")
    outside = PICTURE.replace("CDATA[quay.png]", "CDATA[../secret.png]")
    post = item(1, "A story", ENGLISH)
    out, _error = move(tmp_path, outside + post)
    assert "picture not found" in out
    assert not ArchiveImage.objects.exists()


def test_a_failing_post_leaves_no_trace_and_the_others_go_in(tmp_path: Path) -> None:
    move(tmp_path, item(1, "Locked", "<p>Text</p>"))
    ArticlePage.objects.update(locked=True)
    posts = item(1, "Locked", "<p>Other text</p>") + item(2, "A story", "<p>Text</p>")
    out, error = move(tmp_path, posts)
    assert "export.xml, post 1: failed" in out
    assert "2 stories: 1 taken over, 1 not taken over" in out
    assert error == "Not taken over: 1."
    locked, story = ArticlePage.objects.order_by("pk")
    assert (locked.revisions.count(), story.headline_en) == (1, "A story")


def test_a_headline_too_long_for_its_field_is_cut_and_kept_whole(tmp_path: Path) -> None:
    move(tmp_path, item(1, "x" * 300, "<p>Too long</p>"))
    kept = [{"text": "x" * 300, "is_left_out": False}]
    assert (len(the_story().headline_en), the_story().unplaced) == (255, kept)


def test_a_language_that_the_archive_lacks_is_reported(tmp_path: Path) -> None:
    out, error = move(tmp_path, wpml(1, "Ein Artikel", "de") + wpml(2, "A story", "en", "de"))
    assert "its language is de" in out
    assert error
    assert the_story().languages() == ["en"]


def test_untranslated_pieces_stay_open(tmp_path: Path) -> None:
    move(
        tmp_path,
        polylang_pair(
            chinese=CHINESE.replace("新码头耗资3亿元。", "The quay cost 300 million yuan.")
        ),
    )
    draft = the_translation().get_latest_revision_as_object()
    empty = [one.source.text for one in rows(draft) if one.state == "empty"]
    assert empty == ["<p>The quay cost 300 million yuan.</p>"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html/>", "not an export of WordPress"),
        ("<rss><channel><item></rss>", "isn't well-formed"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>', "defines entities"),
    ],
)
def test_what_is_no_export_ends_the_run_with_the_reason(
    tmp_path: Path, text: str, reason: str
) -> None:
    write(tmp_path, "")
    (tmp_path / "export.xml").write_text(text)
    from django.core.management import CommandError, call_command

    with pytest.raises(CommandError, match=reason):
        call_command("archive_from_wordpress", str(tmp_path / "export.xml"), verbosity=0)

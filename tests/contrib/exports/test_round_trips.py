"""Rows that were exported and imported again are the rows that they were."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.contrib.exports.formats.base import ExportFolder, ExportFormat
from archive.contrib.exports.formats.wxr import FILE
from archive.contrib.exports.loading import LoadedStory, loaded_stories
from archive.contrib.intake.models import ImportBatch
from archive.contrib.intake.runs import ImportOptions, ImportRun
from archive.entities.models import Entity
from archive.interchange.records import TextRecord, TranslationRecord, WholeStory, differences
from archive.interchange.values import as_json
from archive.stories.body import TRANSLATABLE, raw_pictures
from archive.stories.models import (
    ArticleByline,
    ArticlePage,
    Author,
    PublicationPage,
    RelatedArticle,
)
from archive.text.language import other
from archive.text.segmentation import compose, extract
from archive.ties.models import Tie
from tests.contrib.exports.records import stories
from tests.contrib.exports.test_files import READ_BACK, folded_record
from tests.factories import (
    block,
    make_article,
    make_entity,
    make_home,
    make_image,
    make_publication,
    make_section,
    make_tie,
    tag,
    translate,
)

FORMS = [form.id for form in READ_BACK]


def records(**scope: Any) -> dict[str, WholeStory]:
    """All stories by their ids, without what is another one in another archive."""
    pks = ArticlePage.objects.order_by("pk").values_list("pk", flat=True)
    return {one.record.id: neutral(one.record) for one in loaded_stories(list(pks), **scope)}


def neutral(record: WholeStory) -> WholeStory:
    """Permanent addresses have the numbers of an archive's pages."""
    told = json.dumps(as_json(record), ensure_ascii=False)
    for at in sorted(record.links, key=lambda one: -len(one.url)):
        told = told.replace(at.url, f"link:{at.name or at.story}")
    whole = WholeStory.from_json(json.loads(told))
    links = tuple(sorted(set(whole.links), key=lambda one: one.url))
    return folded_record(replace(whole, urls={}, links=links))


def empty() -> None:
    """An archive that has never heard of any of it."""
    ImportBatch.objects.all().delete()
    for page in ArticlePage.objects.all():
        page.delete()
    for page in PublicationPage.objects.all():
        page.delete()
    Tie.with_merged.all().delete()
    Author.objects.all().delete()
    Entity.with_merged.all().delete()


def import_all(folder: Path, **options: Any) -> list[Any]:
    made = {"create_publications": True, "create_sections": True}
    run = ImportRun(ImportOptions(publish=True, **made, **options))
    return list(run.import_files([folder]))


def check_equal(before: dict[str, WholeStory], after: dict[str, WholeStory]) -> None:
    assert before.keys() == after.keys()
    for key, record in before.items():
        found = differences(record, after[key])
        assert [(getattr(record, n), getattr(after[key], n)) for n in found] == []


@pytest.fixture
def whole_archive() -> dict[str, WholeStory]:
    """Two stories that say all that stories can say, one of them in Chinese."""
    make_home()
    paper = make_publication()
    section = make_section("world", paper)
    port = make_entity("port", "Port of Zhanjiang", "湛江港", aliases={"广州湾": "zh-hans"})
    city = make_entity("long-beach", "Long Beach", "长滩", country="US", wikidata_id="Q16739")
    image = make_image(rights="© 2015 China Daily", credit="Li Ming", caption_en="Cranes")
    other = make_article("另一篇报道", language="zh-hans", publication=paper)
    mention = f'<p>The <a linktype="entity" id="{port.pk}">port</a> &amp; <b>all</b>.</p>'
    to_story = f'<p>See <a linktype="page" id="{other.pk}">the other</a>.</p>'
    item = block("item", "<p>One</p>")
    body = [
        block("paragraph", mention),
        block("subhead", "A second port"),
        block("image", {"image": image.pk, "caption": "Quay", "alt_text": "", "credit": "CD"}),
        block("list", {"ordered": True, "items": [item]}),
        block("paragraph", to_story),
        block("correction", {"text": "<p>Two, not one.</p>", "date": "2015-10-01", "words": ""}),
    ]
    story = make_article(
        "City builds on long history", body=body, publication=paper, section=section,
        day=date(2015, 9, 22), print_page="17", print_edition="USA", kind="feature",
        rights="© China Daily", source_url="https://paper.example/17",
    )  # fmt: skip
    author = Author.objects.create(name_en="Li Na", name_zh_hans="李娜")
    draft = story.get_latest_revision_as_object()
    draft.bylines.add(ArticleByline(author=author, role="reporter", place=port))
    draft.related_links.add(RelatedArticle(related=other))
    draft.save_revision().publish()
    tag(story, port)
    tag(story, city, "mentioned")
    story = ArticlePage.objects.get(pk=story.pk)
    story.save_revision().publish()
    tie = make_tie(port, city, since="1985")
    tie.evidence.create(article=story, block_id=body[0]["id"], sentence_en="They are twins.")
    translate(story, headline="城市的历史")
    translate(other, headline="The other story")
    return records()


@pytest.mark.exhaustive
@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_everything_comes_back(
    form: str, whole_archive: dict[str, WholeStory], tmp_path: Path
) -> None:
    out = str(tmp_path / form)
    call_command("export_stories", format=form, output=Path(out), pictures=True, verbosity=0)
    empty()

    outcomes = import_all(tmp_path / form)

    assert {str(one.status) for one in outcomes} == {"published"}, [o.reason for o in outcomes]
    check_equal(whole_archive, records())


@pytest.mark.exhaustive
@pytest.mark.django_db
def test_an_export_for_wordpress_is_taken_over_whole(
    whole_archive: dict[str, WholeStory], tmp_path: Path
) -> None:
    call_command("export_stories", format="wxr", output=tmp_path, pictures=True, verbosity=0)
    empty()

    call_command("archive_from_wordpress", tmp_path / FILE, verbosity=0)

    check_equal(whole_archive, records())


@pytest.mark.exhaustive
@pytest.mark.django_db
def test_the_second_import_changes_nothing(
    whole_archive: dict[str, WholeStory], tmp_path: Path
) -> None:
    call_command("export_stories", format="jsonl", output=tmp_path / "out", verbosity=0)
    empty()
    import_all(tmp_path / "out")

    again = import_all(tmp_path / "out")

    assert {str(one.status) for one in again} == {"unchanged"}


@pytest.mark.django_db
def test_stories_that_are_here_are_left_alone(
    whole_archive: dict[str, WholeStory], tmp_path: Path
) -> None:
    call_command("export_stories", format="jsonl", output=tmp_path / "out", verbosity=0)

    outcomes = import_all(tmp_path / "out")

    assert {str(one.status) for one in outcomes} == {"kept"}
    check_equal(whole_archive, records())


@pytest.mark.django_db
def test_drafts_come_back_as_drafts(tmp_path: Path) -> None:
    make_home()
    story = make_article("Not yet", live=False)
    translate(story, publish=False, headline="尚未")
    before = records(drafts=True)
    call_command("export_stories", format="jsonl", output=tmp_path / "o", drafts=True, verbosity=0)
    empty()

    import_all(tmp_path / "o")

    assert ArticlePage.objects.filter(live=True).count() == 0
    check_equal(before, records(drafts=True))


@pytest.mark.django_db
def test_a_translation_without_its_story_is_refused(tmp_path: Path) -> None:
    make_home()
    translate(make_article())
    call_command("export_stories", format="ninjs", output=tmp_path / "out", verbosity=0)
    empty()
    (own,) = (tmp_path / "out").glob("*-1.*")
    own.unlink()

    (outcome,) = import_all(tmp_path / "out")

    assert str(outcome.status) == "failed"
    assert "import it first" in outcome.reason


@pytest.mark.exhaustive
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("copied_database")
def test_the_whole_demo_comes_back(tmp_path: Path) -> None:
    call_command("setup_demo", known_passwords=True, verbosity=0)
    before = records()
    for form in FORMS:
        call_command(
            "export_stories", format=form, output=tmp_path / form, pictures=True, verbosity=0
        )
    for form in FORMS:
        empty()
        import_all(tmp_path / form)
        check_equal(before, records())


def storable(record: WholeStory) -> WholeStory:
    """What of a record an archive could have exported: a draft, translated as the desk does it."""
    own = record.texts[record.language]
    body = [dict(one) for one in own.body if one["type"] != "timeline"]
    for _key, picture in raw_pictures(body):
        picture["image"] = None
    own = replace(own, body=tuple(body))
    texts = {record.language: own}
    translation = None
    if len(record.texts) > 1:
        words = {one.key: one.text for one in extract(body, TRANSLATABLE)}
        lines = {name: getattr(own, name).strip() for name in ("standfirst", "dateline")}
        target = TextRecord(
            f"T {own.headline}", **lines, body=tuple(compose(body, TRANSLATABLE, words))
        )
        texts[other(record.language)] = target
        translation = TranslationRecord()
    bylines = tuple(
        replace(one, names={code: f"{code}{at} {name}" for code, name in one.names.items()})
        for at, one in enumerate(record.bylines)
    )
    told = json.dumps([one.body for one in texts.values()], ensure_ascii=False)
    return replace(
        record,
        texts=texts,
        translation=translation,
        bylines=bylines,
        is_live=False,
        pictures=(),
        related=(),
        links=tuple(one for one in record.links if one.name and one.url in told),
    )


def check_storing(form: ExportFormat, record: WholeStory, folder: Path) -> None:
    record = storable(record)
    form.write([LoadedStory(record)], ExportFolder(folder))
    # Each in an archive of its own.
    with transaction.atomic():
        make_home()
        outcomes = import_all(folder)
        after = records(drafts=True)
        transaction.set_rollback(True)
    assert all(str(one.status) in ("created", "translated") for one in outcomes), outcomes
    check_equal({record.id: neutral(record)}, after)


@pytest.mark.exhaustive
@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(form=st.sampled_from(READ_BACK), record=stories())
def test_rows_of_any_story_are_equal(
    form: ExportFormat, record: WholeStory, tmp_path_factory: Any
) -> None:
    check_storing(form, record, tmp_path_factory.mktemp("stories"))


@pytest.mark.exhaustive
@pytest.mark.django_db
@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(form=st.sampled_from(READ_BACK), record=stories())
def test_rows_of_a_thousand_stories_are_equal(
    form: ExportFormat, record: WholeStory, tmp_path_factory: Any
) -> None:
    check_storing(form, record, tmp_path_factory.mktemp("stories"))

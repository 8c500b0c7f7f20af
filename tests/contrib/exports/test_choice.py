"""Which stories are exported: as a search finds them, and no more than one may see."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from archive.contrib.exports.loading import CHUNK, loaded_stories
from archive.entities.models import Entity
from archive.interchange.records import json_schema
from archive.stories.models import ArticlePage
from tests.factories import (
    block,
    make_article,
    make_dossier,
    make_editor,
    make_entity,
    make_home,
    make_image,
    make_publication,
    make_section,
    tag,
    translate,
)

Export = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """The records that the command writes."""

    def run(*words: str, **options: Any) -> list[dict[str, Any]]:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        call_command(
            "export_stories", *words, format="jsonl", output=folder, verbosity=0, **options
        )
        lines = (folder / "stories.jsonl").read_bytes().splitlines()
        return [json.loads(line) for line in lines]

    return run


def headlines(records: list[dict[str, Any]]) -> list[str]:
    return [one["texts"][one["language"]]["headline"] for one in records]


@pytest.fixture
def four(django_capture_on_commit_callbacks: Any) -> dict[str, ArticlePage]:
    with django_capture_on_commit_callbacks(execute=True):
        return make_four()


def make_four() -> dict[str, ArticlePage]:
    make_home()
    paper = make_publication("port-daily")
    world = make_section("world", paper)
    made = {
        "port": make_article("A new port", publication=paper, section=world, day=date(2015, 9, 22)),
        "school": make_article("A new school", publication=paper, day=date(2016, 1, 2)),
        "harbour": make_article("老港口", language="zh-hans", day=date(2016, 3, 4)),
        "old": make_article("An old port", day=date(1999, 1, 1)),
    }
    tag(made["port"], make_entity("zhanjiang", "Zhanjiang", "湛江"))
    return made


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "options", "found"),
    [
        ([], {}, ["老港口", "A new school", "A new port", "An old port"]),
        (["port"], {"sort": "oldest"}, ["An old port", "A new port"]),
        (["after:2015", "before:2015-12"], {}, ["A new port"]),
        ([], {"year": ["2016"]}, ["老港口", "A new school"]),
        ([], {"section": ["port-daily/world"]}, ["A new port"]),
        ([], {"publication": ["port-daily"]}, ["A new school", "A new port"]),
        ([], {"place": ["zhanjiang"]}, ["A new port"]),
        ([], {"language": ["zh-hans"]}, ["老港口"]),
        (["submarine"], {}, []),
    ],
)
def test_words_and_filters_choose_as_in_a_search(
    words: list[str], options: dict[str, Any], found: list[str], four: Any, export: Export
) -> None:
    assert headlines(export(*words, **options)) == found


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["year", "section", "publication", "place", "language", "page"])
def test_a_filter_that_names_nothing_is_refused(name: str, four: Any, export: Export) -> None:
    value = "nowhere" if name == "page" else ["nowhere"]

    with pytest.raises(CommandError, match=f"--{name}: the archive has no “nowhere”"):
        export(**{name: value})


@pytest.mark.django_db
def test_a_dossiers_stories_come_in_its_order(four: Any, export: Export) -> None:
    make_dossier("ports", [("story", four[name].pk) for name in ("school", "old", "port")])
    four["old"].unpublish()

    assert headlines(export(page="ports")) == ["A new school", "A new port"]


@pytest.mark.django_db
def test_withdrawn_and_restricted_stories_are_for_who_may_see_them(
    four: Any, export: Export
) -> None:
    four["old"].unpublish()
    restricted = four["port"].publication
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    draft = four["harbour"].get_latest_revision_as_object()
    draft.headline_zh_hans = "更老的港口"
    draft.save_revision()

    assert headlines(export()) == ["老港口"]
    assert set(headlines(export(drafts=True))) == {
        "更老的港口", "A new school", "A new port", "An old port"
    }  # fmt: skip


@pytest.mark.django_db
def test_a_persons_drafts_are_those_that_they_may_see(four: Any, export: Export) -> None:
    four["old"].unpublish()
    editor = make_editor("ed", four["port"].publication)

    found = headlines(export(drafts=True, user="ed"))

    assert editor.username == "ed"
    assert set(found) == {"老港口", "A new school", "A new port"}


@pytest.mark.django_db
def test_what_only_some_readers_may_see_isnt_told_beside_a_story(four: Any, export: Export) -> None:
    """A link to a withdrawn story, a hidden name and the contact for editors."""
    hidden = make_entity("hidden", "Hidden Person", kind="person")
    link = f'<p><a linktype="page" id="{four["old"].pk}">x</a> <a linktype="entity"'
    link += f' id="{hidden.pk}">Hidden</a></p>'
    make_article("Telling", body=[block("paragraph", link)], contact="ed@example.org")
    four["old"].unpublish()
    Entity.objects.filter(pk=hidden.pk).update(is_published=False)

    (record,) = (one for one in export() if one["slug"] == "telling")

    told = json.dumps(record)
    assert record["texts"]["en"]["body"][0]["value"] == "<p>x Hidden</p>"
    assert "Hidden Person" not in told
    assert str(four["old"].translation_key) not in told
    assert "ed@example.org" not in told


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_stories() -> None:
    make_home()
    picture = {
        "image": make_image(rights="© CD", credit="Li").pk,
        "caption": "",
        "alt_text": "",
        "credit": "",
    }
    place = make_entity("zhanjiang", "Zhanjiang", "湛江")
    counts = []
    for _round in range(2):
        for number in range(3):
            story = make_article(f"Story {_round} {number}", body=[block("image", picture)])
            tag(story, place)
            translate(story)
        pks = list(ArticlePage.objects.order_by("pk").values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as asked:
            assert len(list(loaded_stories(pks))) == len(pks)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 14


@pytest.mark.django_db
def test_stories_are_read_chunk_by_chunk(django_assert_max_num_queries: Any) -> None:
    """Of an archive of any size, one chunk is in memory: the next isn't asked for before."""
    make_home()
    story = make_article("The port")
    keys = [story.pk, *range(10**6, 10**6 + 3 * CHUNK)]

    with django_assert_max_num_queries(14):
        first = next(loaded_stories(keys))

    assert first.record.slug == "the-port"


def test_the_schema_in_the_docs_is_that_of_the_records() -> None:
    written = Path(__file__).parents[3] / "docs" / "story.schema.json"

    assert json.loads(written.read_text("utf-8")) == json_schema()


@pytest.mark.django_db
def test_a_story_that_cant_be_written_is_named_with_the_field(tmp_path: Path, capsys: Any) -> None:
    make_home()
    make_article("Good")
    make_article("Bad", body=[block("paragraph", "<p>a\x0bb</p>")])

    with pytest.raises(CommandError):
        call_command("export_stories", format="nitf", output=tmp_path / "out", verbosity=0)

    told = capsys.readouterr().err
    assert "Bad" in told
    assert "texts.en.body.0.value has a character that XML can't hold, U+000B: remove it" in told
    assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.django_db
def test_a_folder_with_files_in_it_is_refused(tmp_path: Path) -> None:
    make_home()
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(CommandError, match="isn't an empty folder"):
        call_command("export_stories", format="nitf", output=tmp_path, verbosity=0)

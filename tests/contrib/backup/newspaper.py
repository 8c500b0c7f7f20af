"""A small archive with a little of everything that a backup has to bring back."""

import gzip
import json
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Comment, PageViewRestriction

from archive.contrib.backup.manifest import MEDIA, Manifest, table_path
from archive.desk.models import CheckWaiver, SegmentComment
from archive.models import ArticleEntity, ArticlePage
from tests.factories import (
    block,
    make_article,
    make_body,
    make_entity,
    make_image,
    make_tie,
    make_translator,
    translate,
)

# The log of changes gains a line by the restoring itself.
LOG = "archive_change"


def make_newspaper() -> ArticlePage:
    """Gives the story that is translated, has a picture and is evidence of a tie."""
    person = make_translator()
    image = make_image(credit="Li Ming", rights="© China Daily", alt_text_en="Ships")
    picture = {"image": image.pk, "caption": "The port", "alt_text": "", "credit": ""}
    body = [*make_body("Ships from Mombasa came."), block("image", picture)]
    story = make_article("Port opens", body=body)
    places = make_entity(), make_entity("mombasa", "Mombasa", "蒙巴萨", country="KE")
    story.entity_tags.add(*(ArticleEntity(entity=one, role="about") for one in places))
    story.save_revision(user=person).publish()
    tie = make_tie(*places, article=story)
    tie.evidence.update(block_id=body[0]["id"])
    translation = translate(story, headline="港口开放 “𠮷”")
    SegmentComment.objects.create(
        translation=translation, key="headline", text="“\n”", author=person
    )
    CheckWaiver.objects.create(
        translation=translation, key="headline", check_id="x", digest="y", reason="z", author=person
    )
    make_drafts(story)
    get_document_model().objects.create(title="Plan", file=ContentFile(b"\x00\xff", "plan.txt"))
    return ArticlePage.objects.get(pk=story.pk)


def make_drafts(story: ArticlePage) -> None:
    """Beside it: a draft translation, a page for readers with a password, one that waits."""
    second = make_article("A draft in Chinese")
    translate(second, publish=False, headline="草稿")
    PageViewRestriction.objects.create(page=second, restriction_type="password", password="x")
    Comment.objects.create(
        page=second, user_id=make_translator("other").pk, text="Why?", contentpath="headline_en"
    )
    waiting = make_article("Tomorrow", live=False)
    waiting.go_live_at = timezone.now() + timedelta(days=1)
    waiting.save_revision().publish()
    gone = make_article("Gone")
    gone.delete()


def rows_of(folder: Path) -> dict[str, Counter[str]]:
    """A backup's rows by their table, JSON as values: databases spell it in their own way."""
    found = {}
    for table, facts in Manifest.read(folder).tables.items():
        kinds = list(facts.columns.values())
        with gzip.open(table_path(folder, table), "rt", encoding="utf-8") as stream:
            found[table] = Counter(_row(line, kinds) for line in stream)
    return found


def _row(line: str, kinds: list[str]) -> str:
    values: list[Any] = json.loads(line)
    for place, kind in enumerate(kinds):
        if kind == "JSONField" and values[place] is not None:
            values[place] = json.loads(values[place])
    return json.dumps(values, sort_keys=True)


def assert_same(one: Path, two: Path) -> None:
    """Every table row for row, every key that comes next, every file byte for byte."""
    first, second = rows_of(one), rows_of(two)
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] != second[name]} <= {LOG}
    keys = [
        {
            name: facts.last_key
            for name, facts in Manifest.read(folder).tables.items()
            if name != LOG
        }
        for folder in (one, two)
    ]
    assert keys[0] == keys[1]
    assert _files(one / MEDIA) == _files(two / MEDIA) != {}


def _files(folder: Path) -> dict[Path, bytes]:
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }

"""Runs the import as a user would, and looks at what it did."""

import io
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Revision

from archive.models import ArticlePage
from archive.stories.body import raw
from archive.text.language import column
from tests.contrib.intake.texts import ENGLISH


def import_text(
    folder: Path, text: str = ENGLISH, name: str = "story.txt", **options: object
) -> str:
    """Write the text to a file and import that; returns what was printed."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return import_paths(path, **options)


def import_paths(*paths: Path, **options: object) -> str:
    out = io.StringIO()
    options = {"create_publications": True, **options}
    call_command("import_articles", *map(str, paths), stdout=out, **options)
    return out.getvalue()


def the_story() -> ArticlePage:
    """The only story, as the database has it."""
    return ArticlePage.objects.get()


def latest(page: ArticlePage) -> ArticlePage:
    """The story as its editor would find it."""
    return page.get_latest_revision_as_object()


def body_of(page: ArticlePage) -> list[dict]:
    return raw(page.source("body"))


def edit(page: ArticlePage, **texts: str) -> Revision:
    """An editor's own version, saved as a draft."""
    draft = latest(page)
    for name, text in texts.items():
        setattr(draft, column(name, draft.source_language), text)
    return draft.save_revision()


def writes(queries: CaptureQueriesContext) -> list[str]:
    verbs = ("INSERT", "UPDATE", "DELETE")
    return [query["sql"] for query in queries if query["sql"].startswith(verbs)]


def captured() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)

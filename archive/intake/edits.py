"""Whether an editor changed a story after its last import.

Each import is logged with its revision. An editor's revision that leaves the imported fields as
they were (it only tagged the story, say, or published it) is no edit of them.
"""

import json
from typing import Any

from django.db.models import QuerySet
from wagtail.log_actions import log, registry
from wagtail.models import Revision

from archive.pages.models import ArticlePage
from archive.text.language import column
from archive.text.richtext import without_block_keys

ACTION = "archive.import"
FIELDS = ("publication", "print_date", "print_edition", "print_page", "contact")
TEXTS = ("headline", "standfirst", "dateline", "body")


def edited_since_import(page: ArticlePage) -> bool:
    """True when the latest revision's imported fields differ from the last import's."""
    entry = imports_of(page).first()
    if entry is None:
        return True
    if entry.revision_id == page.latest_revision_id:
        return False
    imported = Revision.objects.filter(pk=entry.revision_id).first()
    if imported is None or page.latest_revision is None:
        return True  # purged: nobody can tell
    language = page.source_language
    return imported_fields(imported.content, language) != imported_fields(
        page.latest_revision.content, language
    )


def log_import(page: ArticlePage, revision: Any, source: str, user: Any) -> None:
    """Remember that this revision is an import's, and of which file."""
    data = {"source": source, "digest": page.import_digest}
    log(page, ACTION, user=user, revision=revision, data=data, content_changed=True)


def imports_of(page: ArticlePage) -> QuerySet[Any]:
    """The history's entries of imports, newest first."""
    logs: QuerySet[Any] = registry.get_logs_for_instance(page)
    return logs.filter(action=ACTION)


def imported_fields(content: dict[str, Any], language: str) -> dict[str, Any]:
    """What an import writes, from a revision's content; editor-only noise folded away."""
    fields = {name: content.get(name) for name in FIELDS}
    for name in TEXTS:
        fields[name] = _folded(content.get(column(name, language)))
    fields["body"] = [(block["type"], block["value"]) for block in _blocks(fields["body"])]
    fields["bylines"] = [
        (byline["author"], byline["role"], byline["place"]) for byline in content.get("bylines", [])
    ]
    return fields


def _blocks(body: Any) -> list[dict[str, Any]]:
    blocks = json.loads(body) if isinstance(body, str) else body
    return [_folded(block) for block in blocks or []]


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(without_block_keys(value).split())
    if isinstance(value, dict):
        return {name: _folded(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_folded(part) for part in value]
    return "" if value is None else value

"""An editor rewrites a translated story of three paragraphs, block by block."""

import uuid
from typing import Any

from wagtail.log_actions import LogContext

from archive.desk import segments
from archive.models import ArticlePage
from archive.stories.body import raw
from archive.text.language import column
from tests.desk.helpers import Person, again, translation_of
from tests.factories import block as make_block
from tests.factories import make_article, translate

FIRST, SECOND, THIRD = (f"00000000-0000-4000-9000-00000000000{n}" for n in (1, 2, 3))


def translated_story() -> ArticlePage:
    paragraphs = {FIRST: "The first.", SECOND: "The second.", THIRD: "The third."}
    body = [make_block("paragraph", f"<p>{text}</p>", key) for key, text in paragraphs.items()]
    article = make_article(body=body)
    targets = {FIRST: "<p>一</p>", SECOND: "<p>二</p>", THIRD: "<p>三</p>"}
    translate(article, headline="标题", **targets)
    return again(article)


def rewrite(editor: Person, article: ArticlePage, change: Any) -> None:
    """Publish the story with its blocks changed."""
    form = editor.edits(again(article))
    form.put_blocks("body_en", change(form.blocks["body_en"])).publish()


def rewrite_at_once(editor: Person, article: ArticlePage, change: Any) -> None:
    """The same without a form, in a third of the time: where only what follows is in question."""
    story = again(article)
    name = column("body", story.source_language)
    stream = story._meta.get_field(name)
    setattr(story, name, stream.to_python(change(raw(getattr(story, name)))))
    with LogContext(user=editor.user):
        story.save_revision(user=editor.user).publish(user=editor.user)


def text(block: dict[str, Any], words: str) -> dict[str, Any]:
    return {**block, "value": words}


def renewed(block: dict[str, Any]) -> dict[str, Any]:
    """The block deleted and typed anew."""
    return {**block, "id": str(uuid.uuid4())}


def stale(article: ArticlePage) -> list[str]:
    rows = segments.rows(translation_of(article).get_latest_revision_as_object())
    return [row.source.key for row in rows if row.is_stale]


def without(*keys: str) -> Any:
    return lambda blocks: [block for block in blocks if block["id"] not in keys]

"""Stories of any length and number of tags, and what their publication asks of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from wagtail.models import Revision

from archive.models import ArticleEntity, ArticlePage, Entity, IssuePage, Translation
from archive.stories.actions import issue_for
from archive.text.language import ENGLISH, column, columns
from tests.factories import DAY, make_body, make_publication, make_section, translate


@contextmanager
def statements() -> Iterator[list[str]]:
    """All that is executed, savepoints included, as the benchmarks count it."""
    found: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield found


def new_story(segments: int = 15, tags: int = 0, headline: str = "Port opens") -> ArticlePage:
    """A story that isn't saved; its headline is one of its segments."""
    publication = make_publication()
    body = make_body(*(f"Paragraph {number} of it." for number in range(1, segments)))
    article = ArticlePage(
        source_language=ENGLISH,
        publication=publication,
        print_date=DAY,
        section=make_section(f"world-{headline.lower().replace(' ', '-')}", publication),
        live=False,
        **{column("headline", ENGLISH): headline},
    )
    field: Any = article._meta.get_field(column("body", ENGLISH))
    setattr(article, field.name, field.to_python(body))
    roles = ["about" if number < 3 else "mentioned" for number in range(tags)]
    article.entity_tags.set(
        ArticleEntity(entity=topic(number), role=role) for number, role in enumerate(roles)
    )
    return article


def topic(number: int) -> Entity:
    names = dict.fromkeys(columns("name"), f"Topic {number}")
    return Entity.objects.get_or_create(key=f"topic-{number}", kind="topic", defaults=names)[0]


def save_draft(article: ArticlePage, issue: IssuePage | None = None) -> Revision:
    """As the admin does: the new page as a draft, and a revision of it."""
    issue = issue or issue_for(make_publication(), DAY)
    issue.refresh_from_db()
    issue.add_child(instance=article)
    return article.save_revision()


def published(article: ArticlePage) -> ArticlePage:
    save_draft(article).publish()
    return ArticlePage.objects.get(pk=article.pk)


def translated(article: ArticlePage) -> Revision:
    """A revision of the story's translation in which every segment is done."""
    translation: Translation = translate(article, publish=False)
    revision = translation.latest_revision
    assert revision is not None
    return revision

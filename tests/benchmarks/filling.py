"""An archive to search: stories of real words, each with names, a section and a day of its own."""

import json
import random
import uuid
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Model
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from archive.entities.models import Entity
from archive.models import ArticleEntity, ArticlePage
from archive.text.language import LANGUAGES, column
from tests.benchmarks.cloning import Changes, Herd
from tests.benchmarks.prose import Prose
from tests.factories import make_article, make_entity, make_section, translate

FIRST_DAY = date(1990, 1, 1)
HEADLINE = {"en": 60, "zh-hans": 14}
STORIES_A_DAY = 20
NAMES, NAMES_A_STORY, SECTIONS = 600, 6, 8
# Of a story, in English and in Chinese.
Texts = tuple[str, str]


def fill(stories: int) -> list[Texts]:
    """Copies of one published story, each with words of its own; gives these."""
    prose = Prose(2015)
    texts: list[Texts] = []
    first = make_article("Story 0", day=FIRST_DAY, slug="story-0")
    translate(first, headline="第零篇")
    first = ArticlePage.objects.get(pk=first.pk)
    sections = [make_section(f"section-{number}").pk for number in range(SECTIONS)]
    day_of = ArticlePage._meta.get_field("print_date")

    def changes(number: int) -> Changes:
        english, chinese = prose.english(), prose.chinese()
        texts.append((english, chinese))
        day = FIRST_DAY + timedelta(days=number // STORIES_A_DAY)
        path = first.path[:-4] + Page._int2str(number + 2).rjust(4, "0")
        return {
            Page: {
                "path": path,
                "slug": f"story-{number + 1}",
                "url_path": f"{first.url_path}{number + 1}/",
            },
            ArticlePage: {
                "print_date": day_of.get_db_prep_value(day, connection),
                "section_id": sections[number % 13 % SECTIONS],
                column("headline", "en"): english[: HEADLINE["en"]],
                column("headline", "zh-hans"): chinese[: HEADLINE["zh-hans"]],
                column("body", "en"): _body(english),
                column("body", "zh-hans"): _body(chinese),
            },
            IndexEntry: {"body": f"{english} {chinese}"},
        }

    Herd([first]).make(stories, changes)
    # A story is found by its names too, by either of their forms in both languages.
    texts = [
        (f"{one}\n{names}", f"{two}\n{names}")
        for (one, two), names in zip(texts, _tag_stories(prose), strict=True)
    ]
    if connection.vendor == "postgresql":
        _index_as_wagtail_does(texts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return texts


def _body(text: str) -> str:
    value = f"<p>{text}</p>"
    return json.dumps([{"type": "paragraph", "value": value, "id": str(uuid.uuid4())}])


def _tag_stories(prose: Prose) -> list[str]:
    """A few names for each story, some of them in every third, most in few; gives their forms."""
    rng = random.Random(2015)
    names = [_name(number, prose) for number in range(NAMES)]
    forms = ["\n".join(one.name_in(language) for language in LANGUAGES) for one in names]
    rows: list[tuple[int, int, str, int]] = []
    tagged = []
    for pk in _keys():
        chosen = {int((NAMES - 1) ** rng.random()) for _ in range(NAMES_A_STORY)}
        tagged.append("\n".join(forms[number] for number in chosen))
        for place, number in enumerate(chosen):
            rows.append((pk, names[number].pk, "mentioned" if place else "about", place))
    insert_rows(ArticleEntity, ("page_id", "entity_id", "role", "sort_order"), rows)
    return tagged


def _keys() -> list[int]:
    """Of the stories, in the order in which they were made."""
    stories = ArticlePage.objects.exclude(slug="story-0").values_list("slug", "pk")
    return [pk for _number, pk in sorted((int(slug[6:]), pk) for slug, pk in stories)]


def _name(number: int, prose: Prose) -> Entity:
    kind = "place" if number % 2 else "person"
    chinese = prose.chinese(4)[:3].strip("，。")
    english = f"Xylo{number} {prose.word()}"
    return make_entity(f"name-{number}", english, f"{chinese}{number}", kind=kind)


def _index_as_wagtail_does(texts: list[Texts]) -> None:
    """Its entries hold words, not text: made by the statement that it makes them with."""
    table = connection.ops.quote_name(IndexEntry._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET body = setweight(to_tsvector(%s), 'D') WHERE object_id = %s",
            [(" ".join(text), str(pk)) for pk, text in zip(_keys(), texts, strict=True)],
        )


def insert_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values as the database's driver takes them; keys are the database's."""
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))

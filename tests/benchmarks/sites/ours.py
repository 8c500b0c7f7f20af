"""This archive, filled with stories: all in one issue, or spread over many."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

from django.db import connection
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from archive.entities.models import Entity
from archive.models import ArticlePage, IssuePage
from archive.publishing.followers import gathered
from archive.stories.actions import issue_for, year_for
from archive.stories.models import ArticleEntity
from archive.text.language import ENGLISH, LANGUAGES, column
from tests.benchmarks.cloning import Changes, Herd
from tests.benchmarks.sites.admin import OurAdmin
from tests.benchmarks.sites.base import ORIGINALS, BenchmarkSite, jpeg
from tests.benchmarks.sites.desk import OurDesk
from tests.benchmarks.sites.memory import OurMemory
from tests.benchmarks.story import Story, seed_story
from tests.factories import block, make_image, make_publication, make_section, translate

FIRST_DAY = date(1990, 1, 1)
CREDIT = {"credit": "provided to China Daily", "rights": "© China Daily"}


class ArchiveSite(BenchmarkSite):
    """With `spread`, an issue holds a day's stories, as it does in practice."""

    def __init__(self, spread: bool = False) -> None:
        super().__init__()
        self.spread = spread
        self.memory = OurMemory()
        self.desk = OurDesk(self)
        self.admin = OurAdmin(self)

    def lay_out(self, stories: int) -> Sequence[Page]:
        self.publication = make_publication()
        self.section = make_section("world", self.publication)
        self.image = make_image(jpeg(), **CREDIT)
        names = [column("name", language) for language in LANGUAGES]
        self.entities = {
            key: Entity.objects.create(
                key=key, kind=Entity.Kind.TOPIC, **dict.fromkeys(names, key.title())
            )
            for key in seed_story().tags
        }
        return _issues(self.publication, stories // ORIGINALS if self.spread else 1)

    def new_page(self, story: Story, parent: Page) -> Page:
        page = ArticlePage(
            source_language=ENGLISH,
            publication=self.publication,
            print_date=parent.print_date,
            print_page="17",
            section=self.section,
            **{
                column("headline", ENGLISH): story.headline[0],
                column("standfirst", ENGLISH): story.standfirst[0],
            },
        )
        field = page._meta.get_field(column("body", ENGLISH))
        setattr(page, field.name, field.to_python(self._body(story)))
        page.entity_tags = [
            ArticleEntity(
                entity=self.entities[key], role="about" if key in story.about else "mentioned"
            )
            for key in story.tags
        ]
        return page

    def translate(self, page: Page, story: Story) -> None:
        chinese = {
            one.id: f"<p>{one.chinese}</p>" if one.kind == "paragraph" else one.chinese
            for one in story.blocks
        }
        texts = {"headline": story.headline[1], "standfirst": story.standfirst[1], **chinese}
        translate(ArticlePage.objects.get(pk=page.pk), **texts)

    def answering(self) -> AbstractContextManager[None]:
        return gathered()

    def addresses(self) -> dict[str, str]:
        self.seed.refresh_from_db()
        path = self.seed.get_url_parts()[2].removeprefix("/en").removeprefix("/zh-hans")
        issue = self.filed_under[0].get_url_parts()[2]
        return {"story": f"/en{path}", "story in Chinese": f"/zh-hans{path}", "issue": issue}

    def changes(self, number: int, original: Page, parent: Page, position: int) -> Changes:
        day = ArticlePage._meta.get_field("print_date")
        changes = super().changes(number, original, parent, position)
        changes[ArticlePage] = {
            "print_date": day.get_db_prep_value(parent.print_date, connection),
            column("headline", ENGLISH): changes[Page]["title"],
        }
        return changes

    def _body(self, story: Story) -> list[dict[str, Any]]:
        picture = {"image": self.image.pk, "caption": story.caption[0], "alt_text": "A port."}
        blocks = [
            block(one.kind, self._text(one.kind, one.english, story), one.id)
            for one in story.blocks
        ]
        credited = {**picture, "credit": CREDIT["credit"]}
        return [*blocks[:3], block("image", credited), *blocks[3:]]

    def _text(self, kind: str, text: str, story: Story) -> str:
        if kind != "paragraph":
            return text
        for words, key in story.mentions:
            link = f'<a linktype="entity" id="{self.entities[key].pk}">{words}</a>'
            text = text.replace(words, link, 1)
        return f"<p>{text}</p>"


def _issues(publication: Page, number: int) -> list[Page]:
    """So many days' papers, in bulk: copies of the first."""
    first = issue_for(publication, FIRST_DAY)
    days = [FIRST_DAY + timedelta(days=later) for later in range(1, number)]
    years = {day.year: year_for(publication, day.year) for day in days}

    def changes(place: int) -> Changes:
        day = days[place]
        year, slug = years[day.year], IssuePage.slug_for(day)
        text = day.isoformat()
        own = IssuePage._meta.get_field("print_date").get_db_prep_value(day, connection)
        return {
            Page: {
                "path": Page._get_path(year.path, year.depth + 1, day.timetuple().tm_yday),
                "url_path": f"{year.url_path}{slug.replace('-', '/')}/",
                "slug": slug,
                "title": text,
                "draft_title": text,
            },
            IssuePage: {"print_date": own},
            **({IndexEntry: {"title": text}} if connection.vendor == "sqlite" else {}),
        }

    Herd([first]).make(len(days), changes)
    for year in years.values():
        Page.objects.filter(pk=year.pk).update(numchild=year.get_children().count())
    return list(IssuePage.objects.order_by("print_date"))

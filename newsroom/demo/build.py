"""Builds the demo's content; a story that is there already is left as it was edited."""

from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import transaction

from archive.desk.actions import fill_translation
from archive.models import (
    ArticleByline,
    ArticleEntity,
    ArticlePage,
    Entity,
    PublicationPage,
    RelatedArticle,
    Translation,
)
from archive.stories.actions import issue_for
from archive.stories.archive_page import latin_slug
from archive.stories.body import raw
from archive.text.language import ENGLISH, column, other
from newsroom.demo.bodies import BodyBuilder
from newsroom.demo.pictures import make_image
from newsroom.demo.seed import link_evidence, link_mentions
from newsroom.demo.site import author_for, section_for
from newsroom.demo.stories import DATA, SEED, DemoStory, read_stories

Report = Callable[[str], None]


class StoryMaker:
    """Makes the demo's stories against the entities in the database."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.entities = dict(Entity.objects.values_list("key", "pk"))
        self.made: list[DemoStory] = []

    def make_all(self) -> None:
        stories = read_stories()
        for story in stories:
            if self._find(story) is None:
                self.make(story)
                self.made.append(story)
                self.report(f"{story.print_date}  {story.slug}")
        for story in self.made:
            self._relate(story)

    @transaction.atomic
    def make(self, story: DemoStory) -> None:
        (self._make_seed if story.slug == SEED else self._make_sample)(story)

    def _make_sample(self, story: DemoStory) -> None:
        publication = PublicationPage.objects.get(slug=story.publication)
        language = story.source_language
        image = make_image(story.slug, story.picture) if story.picture else None
        builder = BodyBuilder(story, language, self.entities)
        article = ArticlePage(
            title=story.headline[language],
            slug=story.slug,
            source_language=language,
            publication=publication,
            print_date=story.print_date,
            print_page=story.print_page,
            section=section_for(publication, story.section),
            is_sample=story.is_sample,
            rights="CC BY 4.0",
            live=False,
            **{
                column("headline", language): story.headline[language],
                column("standfirst", language): story.standfirst[language],
            },
        )
        article.bylines.set(
            [
                ArticleByline(author=author_for(key), role=ArticleByline.Role.AGENCY)
                for key in story.authors
            ]
        )
        self._tag(article, story)
        self._set_body(article, builder.build(image.pk if image else None))
        issue_for(publication, story.print_date).add_child(instance=article)
        article.save_revision(log_action=True).publish()
        if other(language) in story.languages:
            self._translate(article, story, image)

    def _make_seed(self, story: DemoStory) -> None:
        """The English comes out of the newspaper's own text file, by the import command."""
        call_command("import_articles", str(DATA / f"{SEED}.txt"), verbosity=0)
        article = ArticlePage.objects.get(print_date=story.print_date, is_sample=False)
        image = make_image(story.slug, story.picture) if story.picture else None
        article.slug = latin_slug(article.source("headline"))
        publication = PublicationPage.objects.get(slug=story.publication)
        article.section = section_for(publication, story.section)
        self._tag(article, story)
        body = raw(article.source("body"))
        for block in body:
            if block["type"] == "image" and image and story.picture:
                block["value"]["image"] = image.pk
                block["value"]["alt_text"] = story.picture.alt[ENGLISH]
        self._set_body(article, link_mentions(body, story.mentions_en, self.entities))
        article.save_revision(log_action=True).publish()
        article.refresh_from_db()
        link_evidence(article)
        self._translate(article, story, image)

    def _translate(self, article: ArticlePage, story: DemoStory, image: Any) -> None:
        language = article.target_language
        translation = Translation.objects.get(article=article, language=language)
        translation.article = ArticlePage.objects.get(pk=article.pk)
        builder = BodyBuilder(story, language, self.entities)
        if story.slug == SEED:
            body = self._align_seed(translation.article, builder)
        else:
            body = builder.build(image.pk if image else None)
        fields = {
            "headline": story.headline[language],
            "standfirst": story.standfirst[language],
        }
        fill_translation(translation, fields=fields, body=body)
        translation.save_revision(log_action=True).publish()

    def _align_seed(self, article: ArticlePage, builder: BodyBuilder) -> list[dict[str, Any]]:
        """The Chinese blocks under the ids that the import gave the English ones."""
        chinese = iter(builder.build(None))
        body = []
        for block in raw(article.source("body")):
            if block["type"] == "image":
                body.append(builder.picture_block(block["value"]["image"], block["id"]))
            else:
                body.append({**next(chinese), "id": block["id"]})
        return body

    def _tag(self, article: ArticlePage, story: DemoStory) -> None:
        tags = [(key, ArticleEntity.Role.ABOUT) for key in story.entities_about]
        tags += [(key, ArticleEntity.Role.MENTIONED) for key in story.entities_mentioned]
        article.entity_tags.set(
            [
                ArticleEntity(entity_id=self.entities[key], role=role, sort_order=order)
                for order, (key, role) in enumerate(tags)
            ]
        )

    def _set_body(self, article: ArticlePage, body: list[dict[str, Any]]) -> None:
        name = column("body", article.source_language)
        field: Any = article._meta.get_field(name)
        setattr(article, name, field.to_python(body))

    def _relate(self, story: DemoStory) -> None:
        article = self._find(story)
        if article is None:
            return
        found = {other_story.slug: self._find(other_story) for other_story in read_stories()}
        article.related_links.set(
            [
                RelatedArticle(related=found[slug], sort_order=order)
                for order, slug in enumerate(story.related)
                if found.get(slug)
            ]
        )
        article.save_revision().publish(log_action=False)

    def _find(self, story: DemoStory) -> ArticlePage | None:
        found = ArticlePage.objects.filter(
            print_date=story.print_date, publication__slug=story.publication
        )
        if story.slug == SEED:
            return found.first()
        return found.filter(slug=story.slug).first()

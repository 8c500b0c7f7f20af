"""Builds the demo's content; a story that is there already is left as it was edited."""

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from wagtail.images import get_image_model

from archive.contrib.tie_maps.locator_maps import locator_map, make_locator_map
from archive.desk.actions import fill_translation
from archive.models import (
    ArticleByline,
    ArticleEntity,
    ArticlePage,
    Entity,
    HomePage,
    PublicationPage,
    RelatedArticle,
    Translation,
)
from archive.stories.actions import issue_for
from archive.stories.archive_page import latin_slug
from archive.stories.body import raw, with_lead_picture
from archive.text.language import ENGLISH, column, other
from newsroom.demo.bodies import DRAWN, BodyBuilder
from newsroom.demo.drawings import HEIGHT, WIDTH, draw
from newsroom.demo.seed import link_evidence, link_mentions
from newsroom.demo.site import author_for, section_for
from newsroom.demo.stories import DATA, SEED, DemoPicture, DemoStory, read_stories

Report = Callable[[str], None]


class StoryMaker:
    """Makes the demo's stories against the entities in the database."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.entities = dict(Entity.objects.values_list("key", "pk"))
        self.pages: dict[str, ArticlePage] = {}

    def make_all(self) -> None:
        self.make(*read_stories())

    @transaction.atomic
    def make(self, *stories: DemoStory) -> None:
        """First the stories' pages, so that each can name others; then each is published once."""
        made = [story for story in stories if self._find(story) is None]
        for story in made:
            (self._make_seed if story.slug == SEED else self._make_sample)(story)
        for story in made:
            self._publish(story)
            self.report(f"{story.print_date}  {story.slug}")
            if story.slug == SEED:
                _lead_with(self.pages[SEED])

    def _make_sample(self, story: DemoStory) -> None:
        publication = PublicationPage.objects.get(slug=story.publication)
        language = story.source_language
        image = self._picture_of(story)
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
        self.pages[story.slug] = article

    def _make_seed(self, story: DemoStory) -> None:
        """The English comes out of the newspaper's own text file, by the import command."""
        call_command(
            "import_articles", str(DATA / f"{SEED}.txt"), create_publications=True, verbosity=0
        )
        article = ArticlePage.objects.get(print_date=story.print_date, is_sample=False)
        image = self._picture_of(story)
        article.slug = latin_slug(article.source("headline"))
        publication = PublicationPage.objects.get(slug=story.publication)
        article.section = section_for(publication, story.section)
        self._tag(article, story)
        # The printed picture isn't part of the demo: a drawing stands above its words, which the
        # file has behind the text, and says so.
        printed, *text = with_lead_picture(raw(article.source("body")))
        says_so = {"image": image.pk, "credit": story.printed_picture["credit"][ENGLISH]}
        drawing = {**printed, "value": {**printed["value"], **says_so}}
        after = story.picture.after if story.picture else 0
        body = [*text[:after], drawing, *text[after:]]
        self._set_body(article, link_mentions(body, story.mentions_en, self.entities))
        self.pages[story.slug] = article

    def _publish(self, story: DemoStory) -> None:
        article = self.pages[story.slug]
        found = [self.pages.get(slug) or self._find_slug(slug) for slug in story.related]
        article.related_links.set(
            [
                RelatedArticle(related=page, sort_order=order)
                for order, page in enumerate(found)
                if page
            ]
        )
        article.save_revision(log_action=True).publish()
        if story.slug == SEED:
            article.refresh_from_db()
            link_evidence(article)
        if other(story.source_language) in story.languages:
            self._translate(article, story)

    def _translate(self, article: ArticlePage, story: DemoStory) -> None:
        language, image = article.target_language, article.lead_image
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
            if block["type"] != "image":
                body.append({**next(chinese), "id": block["id"]})
            else:
                image = block["value"]["image"]
                body.append(builder.printed_picture_block(block["id"], image))
        return body

    def _picture_of(self, story: DemoStory) -> Any:
        """The story's picture as an image of the library; None where it has none."""
        if not story.picture:
            return None
        if story.picture.drawing:
            return _add_drawing(story.picture)
        keys = story.picture.places or [*story.entities_about, *story.entities_mentioned]
        shown = locator_map([self.entities[key] for key in keys])
        return make_locator_map(shown) if shown else None

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

    def _find(self, story: DemoStory) -> ArticlePage | None:
        found = ArticlePage.objects.filter(
            print_date=story.print_date, publication__slug=story.publication
        )
        if story.slug == SEED:
            return found.first()
        return found.filter(slug=story.slug).first()

    def _find_slug(self, slug: str) -> ArticlePage | None:
        story = next((one for one in read_stories() if one.slug == slug), None)
        return self._find(story) if story else None


def _lead_with(article: ArticlePage) -> None:
    """Put the story first on the front page, unless somebody has chosen another."""
    home = HomePage.objects.get()
    if not home.leads:
        home.leads = [("story", article)]
        home.save_revision(log_action=True).publish()


def _add_drawing(picture: DemoPicture) -> Any:
    """A drawing of ours, told in both languages."""
    told = {column("alt_text", language): words for language, words in picture.alt.items()}
    image = get_image_model()(
        title=f"Drawing: {picture.drawing}",
        credit=DRAWN["en"],
        rights="CC0",
        **told,
    )
    image.file.save(f"{picture.drawing}.png", ContentFile(draw(picture.drawing)), save=False)
    image.width, image.height = WIDTH, HEIGHT
    image.save()
    return image

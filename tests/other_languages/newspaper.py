"""A newspaper in the two languages of the settings: a story, written, translated, published."""

from datetime import date
from io import StringIO
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from archive.models import ArticlePage, Entity, PublicationPage, SectionPage, Translation
from archive.stories.actions import issue_for
from archive.text.language import FIRST, LANGUAGES, SECOND, columns
from tests.desk.helpers import Person
from tests.factories import make_body, tag

DAY = date(2015, 10, 22)
# By language: the paper, its section, the story's headline and paragraphs.
TEXTS = {
    ("en", "fr"): (
        ("The Lake Courier", "Le Courrier du lac"),
        ("Culture", "Culture"),
        ("City opens its opera house", "La ville inaugure l’opéra de Genève"),
        ("The theatre was closed for 12 years.", "Le théâtre d’été était fermé depuis 12 ans."),
        ("“It is a great day,” said the mayor.", "« C’est un grand jour », a dit le maire."),
    ),
    ("ja", "en"): (
        ("港新聞", "The Harbour News"),
        ("経済", "Business"),
        ("東京の港に新しい市場が開く", "New market opens at the port of Tokyo"),
        ("市場は12年ぶりに再開した。", "The market was closed for 12 years."),
        ("「すばらしい一日です」と市長は話した。", "“It is a great day,” said the mayor."),
    ),
}[LANGUAGES]
PAPER, SECTION, HEADLINE, *PARAGRAPHS = TEXTS
PLACE = {"fr": ("Geneva", "Genève"), "en": ("東京", "Tokyo")}[SECOND]


def make_paper() -> PublicationPage:
    """As `archive_setup` makes it, with its name in the second language too, and a section."""
    call_command("archive_setup", stdout=StringIO(), publication=PAPER[0])
    paper = PublicationPage.objects.get()
    setattr(paper, columns("name")[1], PAPER[1])
    paper.save()
    paper.add_child(
        instance=SectionPage(title="Section", slug="section", **in_both("name", SECTION))
    )
    return paper


def in_both(field: str, texts: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(columns(field), texts, strict=True))


def write_story(paper: PublicationPage, place: Entity) -> ArticlePage:
    """In the first language, published."""
    article = ArticlePage(
        title=HEADLINE[0],
        source_language=FIRST,
        publication=paper,
        section=SectionPage.objects.get(),
        print_date=DAY,
        print_page="17",
        **{columns("headline")[0]: HEADLINE[0]},
    )
    column = columns("body")[0]
    body = article._meta.get_field(column).to_python(make_body(*(one[0] for one in PARAGRAPHS)))
    setattr(article, column, body)
    issue_for(paper, DAY).add_child(instance=article)
    tag(article, place)
    article.save_revision().publish()
    return ArticlePage.objects.get(pk=article.pk)


def translate_story(article: ArticlePage, translator: User) -> Translation:
    """At the desk: each segment saved for itself, then published with the form's button."""
    made = article.translations.get()
    form = Person(translator).edits(made)
    texts = [HEADLINE[1], *(one[1] for one in PARAGRAPHS)]
    for key, text in zip(form.keys(), texts, strict=True):
        form.put(key, text)
    assert form.autosave()["success"]
    form.publish()
    return Translation.objects.get(pk=made.pk)


def make_place() -> Entity:
    names = in_both("name", PLACE)
    return Entity.objects.create(key="the-place", kind="place", place_type="city", **names)


def get(page: Any, language: str, query: str = "") -> str:
    with translation.override(language):
        return get_at(page.get_url() + query)


def get_at(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, (path, response.status_code)
    return b"".join(response).decode()

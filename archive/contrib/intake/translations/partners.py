"""Whether two texts are one story in two languages, and which of them is the story's own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q

from archive.alignment.pairs import PROBABLE, SURE, PairText, compare_texts, find_pairs
from archive.contrib.intake.models import ImportItem
from archive.contrib.intake.records import TRANSLATOR, ParsedArticle
from archive.contrib.intake.translations.agreement import are_apart, origin_of_story, origins_of
from archive.stories.body import TRANSLATABLE, raw
from archive.stories.marks import TranslationState
from archive.stories.models import ArticlePage
from archive.text.language import FIRST, other
from archive.text.segmentation import extract

T = TypeVar("T")
# So many stories of a day are compared with a text.
_MOST = 60


def own_first(articles: Sequence[ParsedArticle]) -> list[ParsedArticle]:
    """Two languages of a story, its own one first: as the file says; else not the one that is but a
    headline or names a translator; else the one that was published first; else the one in the
    archive's first language.
    """
    latest = max((one.published for one in articles if one.published), default=date.max)

    def rank(article: ParsedArticle) -> tuple[bool, bool, bool, date, bool]:
        is_bare = not article.blocks and article.raw_body() is None
        is_translated = any(byline.role == TRANSLATOR for byline in article.bylines)
        said = article.is_stated_translation
        return said, is_bare, is_translated, article.published or latest, article.language != FIRST

    return sorted(articles, key=rank)


def are_one_story(one: ParsedArticle, two: ParsedArticle) -> bool:
    """Whether two files that are named alike tell one story; halves of one file always do."""
    if one.stated or two.stated:
        return bool(one.stated and two.stated and one.stated.id == two.stated.id)
    if are_apart(*origins_of([one, two])):
        return False
    texts = [_text_of(one), _text_of(two)]
    return bool(find_pairs(texts, compare_texts))


def find_story(
    article: ParsedArticle,
    group: str,
    day: date | None,
    user: Any = None,
    told: int | None = None,
) -> ArticlePage | None:
    """The story in the archive that this text is probably the translation of.

    Its file was named like this one, or it was printed on the day; and its translation isn't begun,
    unless a person was `told` of the story before. Another paper's report is none, and nor is what
    the user may not see.
    """
    open_stories = ArticlePage.objects.shown_to(user).filter(
        Q(translation_state=TranslationState.NOT_STARTED) | Q(pk=told),
        source_language=other(article.language),
        alias_of=None,
    )
    open_stories = open_stories.select_related("publication").order_by("pk")
    if group:
        accepted = ImportItem.objects.filter(group=group, state=ImportItem.State.ACCEPTED)
        names = dict(accepted.exclude(page=None).values_list("page", "source"))
        if found := _best(article, list(open_stories.filter(pk__in=names)), PROBABLE, names):
            return found
    if day is None:
        return None
    of_the_day = open_stories.filter(print_date=day)[: _MOST + 1]
    return _best(article, list(of_the_day), SURE, {})


def _best(
    article: ParsedArticle, pages: list[ArticlePage], least: float, names: dict[int, str]
) -> ArticlePage | None:
    if len(pages) > _MOST:
        return None
    (own,) = origins_of([article])
    pages = [page for page in pages if not are_apart(own, origin_of_story(page))]
    texts = [_text_of_page(page, names.get(page.pk, "")) for page in pages]
    return _likest(article, {page.pk: page for page in pages}, texts, least)


def partner_among(article: ParsedArticle, others: Sequence[ParsedArticle]) -> int | None:
    """Which of these texts of the day, of stories that aren't stored yet, `find_story` would find
    of the archive: its number."""
    if len(others) > _MOST:
        return None
    own, *origins = origins_of([article, *others])
    near = [n for n, origin in enumerate(origins) if not are_apart(own, origin)]
    texts = [replace(_text_of(others[n]), key=n, name="") for n in near]
    return _likest(article, {n: n for n in near}, texts, SURE)


def _likest(
    article: ParsedArticle, stories: dict[int, T], texts: list[PairText], least: float
) -> T | None:
    for pair in find_pairs([_text_of(article), *texts], compare_texts):
        for key in (pair.one, pair.two):
            if pair.confidence >= least and key in stories:
                return stories[key]
    return None


def _text_of(article: ParsedArticle) -> PairText:
    pieces = [getattr(article, name) or "" for name in ArticlePage.heading_fields]
    pieces += [one.text for one in article.blocks]
    if not article.blocks and (ready := article.raw_body()) is not None:
        pieces += [one.plain_text for one in extract(ready, TRANSLATABLE)]
    return PairText(
        article.language,
        article.language,
        "\n".join(filter(None, pieces)),
        article.source,
        article.published,
        article.page or "",
        pictures=frozenset(image.name for image in article.images if image.name),
    )


def _text_of_page(page: ArticlePage, name: str) -> PairText:
    pieces = [page.source(name) or "" for name in page.heading_fields]
    pieces += [one.plain_text for one in extract(raw(page.source("body")), TRANSLATABLE)]
    text = "\n".join(filter(None, pieces))
    return PairText(
        page.pk, page.source_language, text, name, page.print_date, page.print_page or ""
    )

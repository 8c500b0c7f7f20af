"""Bylines as the archive holds them: authors found or made by name, places found, never made."""

from dataclasses import dataclass

from django.db.models import Q

from archive.entities.models import Entity
from archive.intake.records import Byline
from archive.pages.models import ArticleByline, Author
from archive.text.language import LANGUAGES, column


@dataclass(frozen=True)
class Signed:
    """The bylines to store, and what of the printed ones the archive can't hold."""

    bylines: list[ArticleByline]
    unplaced: list[str]


def signed(bylines: tuple[Byline, ...], language: str) -> Signed:
    """Writes missing authors."""
    result = Signed([], [])
    for order, byline in enumerate(bylines):
        place = find_place(byline.place, language) if byline.place else None
        if byline.place and place is None:
            result.unplaced.append(f"{byline.name}: {byline.place}")
        role = byline.role if byline.role in ArticleByline.Role.values else None
        result.bylines.append(
            ArticleByline(
                sort_order=order,
                author=author_named(byline.name, language),
                role=role or ArticleByline.Role.REPORTER,
                place=place,
            )
        )
    return result


def author_named(name: str, language: str) -> Author:
    """The author of that name in either language; made if there is none."""
    found = Author.objects.filter(_named(name)).order_by("pk").first()
    return found or Author.objects.create(**{column("name", language): name})


def find_place(printed: str, language: str) -> Entity | None:
    """The one place of that name: "Zhanjiang, Guangdong" is Zhanjiang; None if in doubt."""
    for name in dict.fromkeys([printed, printed.split(",")[0].strip()]):
        alias = Q(names__text__iexact=name, names__language=language, names__forbidden=False)
        found: list[Entity] = list(
            Entity.objects.places().filter(_named(name) | alias).distinct()[:2]
        )
        if len(found) == 1:
            return found[0]
    return None


def _named(name: str) -> Q:
    names = Q()
    for language in LANGUAGES:
        names |= Q(**{f"{column('name', language)}__iexact": name})
    return names

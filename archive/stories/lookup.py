"""Authors, places, publications and sections by their names in either language; new ones."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce, wraps
from operator import or_
from typing import Any, ParamSpec, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q

from archive.entities.models import Entity
from archive.stories.archive_page import free_slug, latin_slug
from archive.stories.models import Author, HomePage, PublicationPage, SectionPage
from archive.text.language import column, columns, script_language
from archive.text.mastheads import PrintedPaper

P = ParamSpec("P")
T = TypeVar("T")
_remembered: ContextVar[dict[Hashable, Any] | None] = ContextVar("found by name", default=None)


@contextmanager
def remembering(found: dict[Hashable, Any]) -> Iterator[None]:
    """Within it, what is in `found` is not asked for again, and what is found goes there.

    It is for whoever has it to empty, as where a transaction in which something was made is taken
    back.
    """
    token = _remembered.set(found)
    try:
        yield
    finally:
        _remembered.reset(token)


def once(find: Callable[P, T]) -> Callable[P, T]:
    """What is found stays so within `remembering`; what isn't there may be made at any time."""

    @wraps(find)
    def found(*args: P.args, **kwargs: P.kwargs) -> T:
        known = _remembered.get()
        if known is None:
            return find(*args, **kwargs)
        key = (find, *map(str, args))
        if key not in known:
            result = find(*args, **kwargs)
            if result is None:
                return result
            known[key] = result
        return known[key]  # type: ignore[no-any-return]

    return found


def lock_authors() -> None:
    """Nobody else makes an author of a form's byline until the transaction is over: two people may
    have one name, so no constraint keeps a second author away.

    By an update that changes nothing: SQLite knows no other lock.
    """
    kind = ContentType.objects.filter(app_label=Author._meta.app_label, model="author")
    kind.update(app_label=F("app_label"))


@once
def author_named(name: str, language: str) -> Author:
    """The author of that name in either language; made if there is none."""
    if found := author_called(name):
        return found
    (_remembered.get() or {}).pop(author_called, None)
    return Author.objects.create(**{column("name", script_language(name, language)): name})


def author_called(name: str) -> Author | None:
    """The author of that name in either language, if there is one.

    Within `remembering` nobody but `author_named` makes one: who isn't there isn't asked for again.
    """
    known = _remembered.get()
    unknown: set[str] = set() if known is None else known.setdefault(author_called, set())
    if name in unknown:
        return None
    named = Author.objects.filter(_named(name)).select_related("merged_into")
    found: Author | None = named.order_by("pk").first()
    if found is None:
        unknown.add(name)
    return found.canonical if found else None


@once
def find_place(printed: str, language: str) -> Entity | None:
    """The one place of that name: "Zhanjiang, Guangdong" is Zhanjiang; None for none or several."""
    found = places_called(printed, language)
    return found[0] if len(found) == 1 else None


def places_called(printed: str, language: str) -> list[Entity]:
    """The place of that name; two of them where the name doesn't tell which is meant."""
    several: list[Entity] = []
    for name in dict.fromkeys([printed, printed.split(",")[0].strip()]):
        alias = Q(names__text__iexact=name, names__language=language, names__forbidden=False)
        found: list[Entity] = list(
            Entity.objects.places().filter(_named(name) | alias).distinct()[:2]
        )
        if len(found) == 1:
            return found
        several = several or found
    return several


@once
def named_publication(paper: PrintedPaper) -> PublicationPage | None:
    """The paper's page, found by name in either language."""
    named = reduce(or_, map(_named, paper.names.values()))
    papers = PublicationPage.objects.filter(named, is_unfiled=False)
    found: PublicationPage | None = papers.order_by("pk").first()
    return found


def publication_names() -> list[str]:
    """What the archive's publications are called, in both languages."""
    papers = PublicationPage.objects.filter(is_unfiled=False).order_by()
    rows = papers.values_list(*columns("name"))
    return list(dict.fromkeys(name for row in rows for name in row if name))


def make_publication(
    paper: PrintedPaper, home: HomePage, *, live: bool = False, slug: str = ""
) -> PublicationPage:
    """A page for the paper, below the front page; `slug` if it has one of its own."""
    names = {column("name", language): text for language, text in paper.names.items()}
    slug = slug or latin_slug(paper.name) or "publication"
    slug = free_slug(slug, home, PublicationPage())
    page = PublicationPage(title=paper.name, slug=slug, live=live, **names)
    home.add_child(instance=page)
    return page


def named_section(publication: PublicationPage, name: str) -> SectionPage | None:
    """The publication's section of that name in either language."""
    if not name:
        return None
    sections = SectionPage.objects.child_of(publication).filter(_named(name))
    found: SectionPage | None = sections.order_by("pk").first()
    return found


def section_for(
    publication: PublicationPage, names: Mapping[str, str], *, slug: str = ""
) -> SectionPage:
    """The publication's section of one of these names, by language; made if there is none, under
    the `slug` if it has one of its own."""
    named = Q()
    for language, name in names.items():
        named |= Q(**{f"{column('name', language)}__iexact": name})
    sections = SectionPage.objects.child_of(publication)
    found: SectionPage | None = sections.filter(named).order_by("pk").first()
    if found:
        return found
    title = next(iter(names.values()))
    texts = {column("name", language): name for language, name in names.items()}
    publication.refresh_from_db(fields=["path", "depth", "numchild"])
    slug = free_slug(slug or latin_slug(title) or "section", publication, SectionPage())
    made: SectionPage = publication.add_child(
        instance=SectionPage(title=title, slug=slug, live=False, **texts)
    )
    return made


def _named(name: str) -> Q:
    return reduce(or_, (Q(**{f"{column_}__iexact": name}) for column_ in columns("name")))

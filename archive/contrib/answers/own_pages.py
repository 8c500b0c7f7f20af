"""The archive's pages that are no stories, and what readers call them.

Their names, what they say, and `data/called.toml`: a reader who looks for *dark mode* or 商用 means
a page that may have neither word.
"""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from math import log
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from archive.contrib.answers.questions import QueryPart
from archive.entities.fields import Text, text_in
from archive.search.analysis import name_key
from archive.search.said import fields_of, terms_of
from archive.site.caching.site_chrome import site_chrome
from archive.site.caching.versions import SITE, RowCache
from archive.site.lists import readable_pages
from archive.stories.models import InformationPage
from archive.text.language import ENGLISH, LANGUAGES
from archive.text.richtext import plain_text


@dataclass(frozen=True)
class OwnPage:
    """A page that is no story: what it is `called`, and what is `said` on it, in every language.

    `is_about_the_archive`: whoever asks the archive for something is led to one of these.
    """

    name: Text
    url: str
    intro: Text | str
    names: tuple[str, ...]
    called: str
    said: str
    # What such a page is called in every language: *dossier*, 专题.
    kind: str = ""
    is_about_the_archive: bool = False
    # What the paper is called that it is a section of.
    within: tuple[str, ...] = ()

    def is_named(self, text: str) -> bool:
        return name_key(text) in self.name_keys

    def not_its_kind(self, parts: Sequence[QueryPart]) -> list[QueryPart]:
        return [one for one in parts if not one.is_in(terms_of(self.kind))]

    @cached_property
    def name_keys(self) -> list[str]:
        return [*map(name_key, self.names)]

    @cached_property
    def name_terms(self) -> frozenset[str]:
        return terms_of("\n".join(self.names))

    @cached_property
    def called_terms(self) -> frozenset[str]:
        return terms_of("\n".join((*self.names, self.kind, self.called)))

    @cached_property
    def said_terms(self) -> frozenset[str]:
        return terms_of(self.said)


def own_pages(request: HttpRequest, language: str) -> Sequence[OwnPage]:
    """What frames the site and what the pages about the archive say: a query, where no search
    has asked before."""
    key = language, request.get_host()
    return _kept.get(request, [key])[key]


def _own_pages(request: HttpRequest, language: str) -> Iterator[OwnPage]:
    called = _called()
    frame = site_chrome(request)
    bodies = _plain_bodies(request, [one.pk for one in frame.information])
    listed = [page for one in frame.lists for page in one.pages]
    papers = frame.papers()
    for page in (*frame.information, *listed, *papers, *frame.open_sections()):
        about = isinstance(page, InformationPage)
        said = [*fields_of(page, "intro"), page.search_description or ""]
        said += bodies.get(page.pk, ())
        yield OwnPage(
            text_in(page, "name", language),
            page.get_url(request) or "",
            text_in(page, "intro", language),
            _names_of(page),
            _joined(called["pages"].get(page.slug, {}) if about else {}),
            "\n".join(said),
            kind="" if about else _kinds(page._meta.label),
            is_about_the_archive=about,
            within=_names_of(paper) if (paper := _paper_of(page, papers)) else (),
        )
    for key, words in called["views"].items():
        view, *named = key.split()
        try:
            url = reverse(f"archive:{view}", args=named)
        except NoReverseMatch:
            # An app's that this site does without.
            continue
        name = Text(*next((words[c][0], c) for c in (language, ENGLISH) if c in words))
        yield OwnPage(
            *(name, url, "", tuple(words[c][0] for c in LANGUAGES if c in words)),
            *(_joined(words), ""),
        )


def _paper_of(page: Any, papers: Iterable[Any]) -> Any:
    return next((one for one in papers if one != page and page.path.startswith(one.path)), None)


def _names_of(page: Any) -> tuple[str, ...]:
    return tuple(filter(None, fields_of(page, "name")))


class PageRanking:
    """How much of what is asked each page says: what it is called counts twice, its name once
    more. A word that fewer of these pages have says more.

    A page that isn't called by any of the words says `fewest` of them.
    """

    def __init__(
        self, pages: Sequence[OwnPage], asked: Sequence[QueryPart], *, fewest: int
    ) -> None:
        self.called = {page: [one.is_in(page.called_terms) for one in asked] for page in pages}
        said = {
            page: [has or one.is_in(page.said_terms) for one, has in zip(asked, of, strict=True)]
            for page, of in self.called.items()
        }
        self.weights = [
            log(1 + len(pages) / (0.5 + sum(of[at] for of in said.values())))
            for at in range(len(asked))
        ]
        self.score = 0.0
        self.best: OwnPage | None = None
        ranks: dict[OwnPage, tuple[float, int]] = {}
        for page in pages:
            if any(self.called[page]) or sum(said[page]) >= fewest:
                named = [one.is_in(page.name_terms) for one in asked]
                score = sum(map(self.weight_of, (named, self.called[page], said[page])))
                # Of two that say as much, the one whose name says nothing else.
                ranks[page] = (score, -len(page.name_terms))
        if ranks:
            self.best = max(ranks, key=ranks.__getitem__)
            self.score = ranks[self.best][0]

    def weight_of(self, has: Sequence[bool]) -> float:
        return sum(weight for weight, one in zip(self.weights, has, strict=True) if one)

    def is_all_called(self, page: OwnPage) -> bool:
        return all(self.called[page])


def _plain_bodies(request: HttpRequest, ids: Collection[int]) -> dict[int, list[str]]:
    pages = readable_pages(InformationPage, request).filter(pk__in=ids)
    return {one.pk: [*map(plain_text, fields_of(one, "body"))] for one in pages}


def _load(
    request: HttpRequest, keys: Collection[tuple[str, str]]
) -> dict[tuple[str, str], list[OwnPage]]:
    return {key: [*_own_pages(request, key[0])] for key in keys}


# By language and host, whose addresses they have.
_kept = RowCache(_load, SITE)


@cache
def _kinds(label: str) -> str:
    model, found = apps.get_model(label), []
    for code in LANGUAGES:
        with override(code):
            found += [str(model._meta.verbose_name), str(model._meta.verbose_name_plural)]
    return " ".join(found)


def is_said(part: QueryPart, pages: Sequence[OwnPage]) -> bool:
    return any(part.is_in(page.called_terms | page.said_terms) for page in pages)


def _joined(words: Mapping[str, Sequence[str]]) -> str:
    return "\n".join(line for code in LANGUAGES for line in words.get(code, ()))


@cache
def _called() -> Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]:
    text = (
        resources.files("archive.contrib.answers")
        .joinpath("data", "called.toml")
        .read_text("utf-8")
    )
    return tomllib.loads(text)

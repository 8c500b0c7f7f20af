"""The archive's other pages as schema.org and OpenGraph: front page, newspapers, issues, lists."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from archive.entities.fields import text_in
from archive.site.addresses import PageAddresses, by_language
from archive.site.exports import exports
from archive.site.metadata.facts import StoryFacts, above, root_of
from archive.site.metadata.tags import LOCALES, Json, filled, graph, metas, node
from archive.stories.archive_page import ArchivePage
from archive.stories.models import (
    ArticlePage,
    HomePage,
    InformationPage,
    IssuePage,
    PublicationPage,
)
from archive.text.dates import display_date
from archive.text.language import HTML_CODES, LANGUAGES, other

Crumb = tuple[str, str]


def page_metadata(page: Any, context: dict[str, Any], at: PageAddresses, language: str) -> str:
    """For a page of the tree that is no story; "" for any other. No query."""
    if isinstance(page, HomePage):
        request = context["request"]
        sets = (one.data_set(request, page, at, language) for one in exports())
        nodes = [_web_site(page, at, language), *filter(None, sets)]
    elif isinstance(page, ArchivePage) and not isinstance(page, ArticlePage):
        trail = [*_trail_to(page, context, at, language), (_title(page, language), at.canonical)]
        nodes = [_list_page(page, context, at, language), breadcrumbs(trail)]
    else:
        return ""
    return _open_graph(page, context, at, language) + graph(nodes)


def story_breadcrumbs(facts: StoryFacts) -> Json:
    """Front page, newspaper, day, story."""
    trail = [(facts.site_name, _front_page(facts.url))]
    if facts.article.publication:
        trail.append((facts.named(facts.article.publication), facts.publication_url))
    if facts.issue_url and facts.article.print_date:
        trail.append((display_date(facts.article.print_date, facts.language), facts.issue_url))
    return breadcrumbs([*trail, (facts.text.headline, facts.url)])


def breadcrumbs(trail: Iterable[Crumb]) -> Json:
    steps = [(name, url) for name, url in trail if name and url]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": url}
            for place, (name, url) in enumerate(steps, 1)
        ],
    }


def _web_site(page: Any, at: PageAddresses, language: str) -> Json:
    pattern = f"{root_of(at.canonical)}{reverse('archive:search')}?q={{words}}"
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": pattern},
        "query-input": "required name=words",
    }
    site = node(
        "WebSite",
        url=at.canonical,
        name=text_in(page, "name", language).text,
        alternateName=text_in(page, "name", other(language)).text,
        description=text_in(page, "intro", language).text,
        inLanguage=HTML_CODES[language],
        potentialAction=search,
    )
    return {"@id": f"{at.canonical}#site", **site}


def _list_page(page: Any, context: dict[str, Any], at: PageAddresses, language: str) -> Json:
    kind = _kind(page, context)
    data: Json = {
        "@type": kind,
        "@id": f"{at.canonical}#it",
        "url": at.canonical,
        "name": _title(page, language),
    }
    if kind == "Newspaper":
        data["inLanguage"] = [HTML_CODES[code] for code in LANGUAGES]
        data["description"] = text_in(page, "intro", language).text
    elif kind == "PublicationIssue":
        data["datePublished"] = page.print_date.isoformat()
        data["isPartOf"] = {
            "@type": "Newspaper",
            "@id": f"{_publication_url(page, at)}#it",
            "name": text_in(context["publication"], "name", language).text,
        }
    else:
        data["inLanguage"] = HTML_CODES[language]
        data["isPartOf"] = {"@type": "WebSite", "@id": f"{_front_page(at.canonical)}#site"}
    return filled(data)


def _kind(page: Any, context: dict[str, Any]) -> str:
    """What the page is of: a newspaper or its issue only where something in it was printed."""
    if isinstance(page, IssuePage | PublicationPage):
        kind = "PublicationIssue" if isinstance(page, IssuePage) else "Newspaper"
        return kind if any(not one.is_sample for one in context["stories"]) else "CollectionPage"
    return "WebPage" if isinstance(page, InformationPage) else "CollectionPage"


def _open_graph(page: Any, context: dict[str, Any], at: PageAddresses, language: str) -> str:
    home = context["nav"].home
    intro = text_in(page, "intro", language).text if hasattr(page, "intro") else ""
    tags = [
        ("og:type", "website"),
        ("og:title", _title(page, language)),
        ("og:description", intro),
        ("og:url", at.canonical),
        ("og:site_name", text_in(home, "name", language).text if home else ""),
        ("og:locale", LOCALES[language]),
    ]
    if at.alternates:
        tags.append(("og:locale:alternate", LOCALES[other(language)]))
    return metas("property", tags)


def _trail_to(page: Any, context: dict[str, Any], at: PageAddresses, language: str) -> list[Crumb]:
    home, paper = context["nav"].home, context.get("publication")
    trail = [(text_in(home, "name", language).text, _front_page(at.canonical))] if home else []
    if paper and paper.pk != page.pk:
        trail.append((text_in(paper, "name", language).text, _publication_url(page, at)))
    if isinstance(page, IssuePage):
        trail.append((str(page.print_date.year), above(at.canonical, 2)))
    return trail


def _publication_url(page: Any, at: PageAddresses) -> str:
    """An issue is at `<publication>/2015/09/22/`, a year or section one step below it."""
    return above(at.canonical, 3 if isinstance(page, IssuePage) else 1)


def _title(page: Any, language: str) -> str:
    if isinstance(page, IssuePage):
        return display_date(page.print_date, language)
    return text_in(page, "name", language).text if hasattr(page, "name") else str(page.title)


def _front_page(url: str) -> str:
    """Of the archive, in the language of the address."""
    path = urlsplit(url).path
    paths = by_language("archive:page", "").values()
    return root_of(url) + next((one for one in paths if path.startswith(one)), "/")

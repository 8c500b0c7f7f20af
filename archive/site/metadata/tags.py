"""A story's <meta> and <link> tags.

Zotero reads them in this order of trust: a Highwire journal title (so there is none: it would
make a journal article), Dublin Core's type, and OpenGraph's; the date is `article:published_time`,
the newspaper `DC.source`, its edition PRISM's. See docs/metadata.md.
"""

import json
from collections.abc import Iterable, Iterator
from locale import normalize
from typing import Any
from urllib.parse import urljoin

from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import to_locale

from archive.site.citations.formats import FORMS, publication_of
from archive.site.metadata.facts import StoryFacts
from archive.stories.rights import rights_url
from archive.text.language import CHINESE, LANGUAGES, other
from archive.text.richtext import escaped

Json = dict[str, Any]
# So that no text in it can end the script it stands in.
_ESCAPES = {"&": "\\u0026", "<": "\\u003C", ">": "\\u003E"}


def filled(data: Json) -> Json:
    """Without what isn't known."""
    return {name: value for name, value in data.items() if value not in ("", None, [], {})}


def node(kind: str, **facts: Any) -> Json:
    """A node of a schema.org class, without what isn't known."""
    return filled({"@type": kind, **facts})


def json_ld(data: Json) -> SafeString:
    """A script element of the data. It is data, not a script: no policy forbids it."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


def graph(nodes: list[Json]) -> SafeString:
    """The nodes as one graph."""
    return json_ld({"@context": "https://schema.org", "@graph": nodes})


def metas(attribute: str, tags: Iterable[tuple[str, str]]) -> str:
    """Those without content are left out. `attribute`: "property" for OpenGraph's (RDFa)."""
    return "".join(
        f'<meta {attribute}="{name}" content="{escaped(content)}">'
        for name, content in tags
        if content
    )


# A language and where it is spoken most, as Python's own table has it.
LOCALES = {
    code: "zh_CN" if code == CHINESE else normalize(to_locale(code)).partition(".")[0]
    for code in LANGUAGES
}
SHARED_ICON, SHARED_PIXELS = "archive/icons/icon-512.png", 512
# Subjects beyond these are noise.
_MOST_TAGS = 8

Tags = Iterator[tuple[str, str]]


def story_tags(facts: StoryFacts) -> str:
    return (
        metas("property", _open_graph(facts))
        + metas("name", _highwire(facts))
        + metas("name", _dublin_core(facts))
        + "".join(_links(facts))
    )


def _open_graph(facts: StoryFacts) -> Tags:
    record = facts.record
    yield "og:type", "article"
    yield "og:title", facts.text.headline
    yield "og:description", facts.description
    yield "og:url", facts.url
    yield "og:site_name", facts.site_name
    yield "og:locale", LOCALES[facts.language]
    if facts.other_url:
        yield "og:locale:alternate", LOCALES[other(facts.language)]
    if facts.pictures:
        picture = facts.pictures[0]
        yield "og:image", picture.url
        yield "og:image:width", str(picture.width)
        yield "og:image:height", str(picture.height)
        yield "og:image:alt", picture.alt_text
    else:
        # The archive's own sign: a link without any picture is easily passed over.
        yield "og:image", urljoin(facts.url, static(SHARED_ICON))
        yield "og:image:width", str(SHARED_PIXELS)
        yield "og:image:height", str(SHARED_PIXELS)
    yield "article:published_time", record.day.isoformat() if record.day else ""
    yield "article:section", record.section
    for entity in facts.about[:_MOST_TAGS]:
        yield "article:tag", facts.named(entity)


def _highwire(facts: StoryFacts) -> Tags:
    """Highwire's, after the one that Twitter doesn't take from OpenGraph."""
    record = facts.record
    yield "twitter:card", "summary_large_image" if facts.pictures else "summary"
    yield "citation_title", record.title
    for name in record.authors:
        yield "citation_author", name.sorted
    yield "citation_publication_date", f"{record.day:%Y/%m/%d}" if record.day else ""
    yield "citation_firstpage", record.page
    yield "citation_language", record.html_language
    yield "citation_public_url", facts.url


def _dublin_core(facts: StoryFacts) -> Tags:
    record = facts.record
    yield "DC.type", "newspaperArticle" if record.is_printed else "webpage"
    yield "DC.title", record.title
    for name in record.authors:
        yield "DC.creator", name.sorted
    for name in (*record.helpers, *record.translators):
        yield "DC.contributor", name.sorted
    yield "DC.date", record.day.isoformat() if record.day else ""
    yield "DC.language", record.html_language
    yield "DC.identifier", record.url
    yield "DC.source", record.container
    if original := record.original:
        yield "DCTERMS.isVersionOf", original.url
        yield "DC.relation", publication_of(original)
        yield "DC.publisher", record.container
    yield "DC.rights", record.rights
    yield "DCTERMS.license", rights_url(facts.article)
    if record.is_printed:
        yield "DC.publisher", record.container
        yield "DCTERMS.isPartOf", facts.issue_url or facts.publication_url
        yield "prism.edition", record.edition


def _links(facts: StoryFacts) -> Iterator[str]:
    yield '<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/">'
    yield '<link rel="schema.DCTERMS" href="http://purl.org/dc/terms/">'
    # FAIR Signposting: where it is cited as, and what describes it.
    yield f'<link rel="cite-as" href="{escaped(facts.record.url)}">'
    if url := rights_url(facts.article):
        yield f'<link rel="license" href="{escaped(url)}">'
    for form in FORMS:
        url = escaped(f"{facts.cite_path}?format={form.code}")
        yield f'<link rel="describedby" href="{url}" type="{form.mime_type}">'

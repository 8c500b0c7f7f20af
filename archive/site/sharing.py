"""What passes a story on: its permanent address, a mail, and quotations with their source."""

from dataclasses import dataclass

from django.utils.http import urlencode

from archive.entities.fields import text_in
from archive.site.citations.records import WRITERS
from archive.site.metadata.facts import StoryFacts
from archive.site.permalinks import permanent_path
from archive.stories.bylines import print_citation
from archive.text.cached import pgettext
from archive.text.language import CHINESE

# A headline stands in quotation marks, a Chinese one in title marks: its own are of the inner kind.
_INSIDE = {CHINESE: str.maketrans("《》", "〈〉")}
_INSIDE_QUOTES = str.maketrans("“”", "‘’")


@dataclass(frozen=True)
class Sharing:
    """Absolute addresses; the patterns have `{quote}` where the words go, and end in an address.

    They are by language, of those that the story is published in.
    """

    url: str
    cite_url: str
    mail_url: str
    patterns: dict[str, str]


def sharing(facts: StoryFacts) -> Sharing:
    published, headline, url = facts.article.languages(), facts.text.headline, facts.record.url
    mail = urlencode({"subject": headline, "body": f"{headline}\r\n\r\n{url}\r\n"})
    return Sharing(
        url=url,
        cite_url=facts.cite_path,
        # Mail programs take a plus sign for what it is.
        mail_url=f"mailto:?{mail.replace('+', '%20')}",
        patterns={language: quote_pattern(facts, language) for language in published},
    )


def quote_pattern(facts: StoryFacts, language: str) -> str:
    """“{quote}” — Li Na, “Headline,” China Daily, 22 September 2015, page 17, https://…"""
    article = facts.article
    shown = facts.text if language == facts.language else article.in_language(language)
    parts = {
        "quote": "{quote}",
        "headline": shown.headline.translate(_INSIDE.get(language, _INSIDE_QUOTES)),
        "source": _source(facts, language),
        "url": f"{facts.root}{permanent_path(article, language)}",
    }
    signed = [line.author for line in facts.bylines if line.role in WRITERS]
    names = dict.fromkeys(text_in(author, "name", language).text for author in signed)
    parts["names"] = pgettext("between names", ", ", language).join(names)
    if parts["names"]:
        form = pgettext(
            "a quotation and its source",
            "“%(quote)s” — %(names)s, “%(headline)s,” %(source)s, %(url)s",
            language,
        )
    else:
        form = pgettext(
            "a quotation and its source",
            "“%(quote)s” — “%(headline)s,” %(source)s, %(url)s",
            language,
        )
    return form % parts


def _source(facts: StoryFacts, language: str) -> str:
    if facts.article.is_sample:
        return text_in(facts.home, "name", language).text if facts.home else ""
    article = facts.article
    if language == article.source_language:
        return print_citation(article, language)
    # As the paper writes it that printed the original.
    printed = print_citation(article, article.source_language)
    form = pgettext("print citation of a translated quotation", "translated from %s", language)
    return form % printed if printed else ""

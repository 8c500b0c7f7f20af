"""What a story page has loaded, gathered once for all kinds of metadata: no query."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.utils import translation

from archive.entities.bilingual import text_in
from archive.feeds.citing.records import Record, record_of
from archive.feeds.metadata.pictures import PictureFacts, picture_facts
from archive.feeds.permalinks import permanent_path
from archive.feeds.short_ids import short_id
from archive.pages.addresses import PageAddresses
from archive.text.language import HTML_CODES, other, supported
from archive.text.reversing import address

_IN_ISSUE = 3
# The parts of an address from the publication on, by how deep the story is filed.
_STEPS = {1: 1, 2: 2, _IN_ISSUE: 4}


@dataclass(frozen=True)
class StoryFacts:
    """A story in the language that its text is in, with absolute addresses.

    `root` is the site's own, "https://archive.example"; `home` the archive's front page or None.
    """

    article: Any
    text: Any
    bylines: Sequence[Any]
    about: Sequence[Any]
    mentioned: Sequence[Any]
    root: str
    url: str
    other_url: str
    home: Any
    description: str
    record: Record
    pictures: list[PictureFacts] = field(default_factory=list)

    @property
    def language(self) -> str:
        return str(self.text.language)

    @property
    def html_language(self) -> str:
        return HTML_CODES[self.language]

    @property
    def permanent_url(self) -> str:
        """Of the story, whatever the language."""
        return f"{self.root}{permanent_path(self.article)}"

    @cached_property
    def cite_path(self) -> str:
        """Of the citations of this text; readers of a page without its language keep theirs."""
        published = self.article.languages()
        reader = supported(translation.get_language())
        language = self.language if reader in published else reader
        return address("archive:cite", short_id(self.article.pk), language=language)

    @property
    def site_name(self) -> str:
        return text_in(self.home, "name", self.language).text if self.home else ""

    def named(self, instance: Any) -> str:
        """The name of an entry, author or page for readers of the text."""
        return text_in(instance, "name", self.language).text

    @cached_property
    def publication_url(self) -> str:
        """Told by the story's own address: `<publication>/2015/09/22/<slug>/`, or less deep."""
        return self._above(_STEPS.get(self._depth, 0)) if self._depth else ""

    @cached_property
    def issue_url(self) -> str:
        """Of the day's paper that the story is filed in; "" where it is in none."""
        return self._above(1) if self._depth == _IN_ISSUE else ""

    @property
    def _depth(self) -> int:
        """How far below its publication the story is filed; 0 where it has none."""
        publication = self.article.publication
        return self.article.depth - publication.depth if publication else 0

    def _above(self, steps: int) -> str:
        path = urlsplit(self.url).path.rstrip("/")
        return f"{self.root}{path.rsplit('/', steps)[0]}/"


def story_facts(context: dict[str, Any], addresses: PageAddresses, home: Any) -> StoryFacts:
    """From the template context of a story page."""
    article, text = context["article"], context["text"]
    parts = urlsplit(addresses.canonical)
    root = f"{parts.scheme}://{parts.netloc}"
    by_code = dict(addresses.alternates)
    site_name = text_in(home, "name", text.language).text if home else ""
    return StoryFacts(
        article=article,
        text=text,
        bylines=context["bylines"],
        about=context["about"],
        mentioned=context["mentioned"],
        root=root,
        url=addresses.canonical,
        other_url=by_code.get(HTML_CODES[other(text.language)], ""),
        home=home,
        description=text.description,
        record=record_of(
            text,
            context["bylines"],
            url=f"{root}{permanent_path(article, text.language)}",
            short_id=short_id(article.pk),
            site=site_name,
        ),
        pictures=picture_facts(text.blocks, text.language, root),
    )

"""What a story page has loaded, gathered once for all kinds of metadata: no query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.utils import translation

from archive.addresses import address
from archive.entities.fields import text_in
from archive.photos.renditions import markup
from archive.photos.vocabularies import schema_org_source
from archive.site.addresses import PageAddresses
from archive.site.citations.records import CitationRecord, record_of
from archive.site.permalinks import short_id
from archive.site.story_panels import PanelStory
from archive.stories.figures import caption_of
from archive.text.language import HTML_CODES, other, supported

# Search engines show no more, and each makes the page heavier.
MOST = 6


@dataclass(frozen=True)
class PictureFacts:
    """A picture at the largest size that the page shows it in, with this story's words."""

    url: str
    width: int
    height: int
    caption: str
    alt_text: str
    credit: str
    rights: str
    creator: str
    # Its digital source type, as schema.org has it; "" where it isn't known.
    source_type: str = ""


def picture_facts(blocks: Iterable[Any], language: str, root: str) -> list[PictureFacts]:
    """The first pictures of a body; no query if its images and renditions are loaded."""
    found: list[PictureFacts] = []
    structs = chain.from_iterable(
        [block.value] if block.block_type == "image" else block.value["pictures"]
        for block in blocks
        if block.block_type in ("image", "gallery")
    )
    for struct in structs:
        if len(found) == MOST:
            break
        image = struct["image"]
        shown = markup(image, "figure") if image else None
        if shown is None:
            continue
        words = caption_of(struct, language)
        found.append(
            PictureFacts(
                url=urljoin(root, shown.src),
                width=shown.width,
                height=shown.height,
                caption=words.caption.text,
                alt_text=words.alt_text.text or words.caption.text,
                credit=words.credit.text,
                rights=image.rights,
                creator=image.creator,
                source_type=schema_org_source(image.digital_source_type),
            )
        )
    return found


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
    record: CitationRecord
    pictures: list[PictureFacts] = field(default_factory=list)
    beside: Sequence[PanelStory] = ()

    @property
    def language(self) -> str:
        return str(self.text.language)

    @property
    def is_translation(self) -> bool:
        """Made for the archive: a text that was printed by itself is none."""
        return self.record.original is not None

    @property
    def html_language(self) -> str:
        return str(self.text.html_language)

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
        return above(self.url, _STEPS.get(self._depth, 0)) if self._depth else ""

    @cached_property
    def issue_url(self) -> str:
        """Of the day's paper that the story is filed in; "" where it is in none."""
        return above(self.url, 1) if self._depth == _IN_ISSUE else ""

    @property
    def _depth(self) -> int:
        """How far below its publication the story is filed; 0 where it has none."""
        publication = self.article.publication
        return self.article.depth - publication.depth if publication else 0


def root_of(url: str) -> str:
    """ "https://archive.example/en/x/" -> "https://archive.example"."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def above(url: str, steps: int) -> str:
    """The address so many steps higher in the tree of pages."""
    return f"{root_of(url)}{urlsplit(url).path.rstrip('/').rsplit('/', steps)[0]}/"


def story_facts(context: dict[str, Any], addresses: PageAddresses, home: Any) -> StoryFacts:
    """From the template context of a story page."""
    article, text = context["article"], context["text"]
    # What is cited is what was printed, in its characters, as the page of citations and its files
    # give it; what describes the page itself is in the characters that it shows.
    cited = article.in_language(text.language, as_printed=True) if text.is_converted else text
    root = root_of(addresses.canonical)
    return StoryFacts(
        article=article,
        text=text,
        bylines=context["bylines"],
        about=context["about"],
        mentioned=context["mentioned"],
        root=root,
        url=addresses.canonical,
        other_url=dict(addresses.alternates).get(HTML_CODES[other(text.language)], ""),
        home=home,
        description=text.description,
        record=record_of(cited, context["bylines"], root=root, home=home),
        pictures=picture_facts(text.blocks, text.language, root),
        beside=[one for panel in context["story_panels"] for one in panel.stories],
    )

"""The sets that a harvester may ask for: a language, a publication, a section of one."""

import re
from dataclasses import dataclass, field
from typing import Any, Self

from wagtail.models import Page

from archive.feeds.models import HarvestRecord
from archive.feeds.oai.belonging import publications_of
from archive.pages.models import SectionPage
from archive.text.language import LABELS, LANGUAGES, column, columns

# What the protocol allows in a set's name.
_ALLOWED = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")


@dataclass(frozen=True)
class RecordSet:
    """`spec` is its name in the protocol; `condition` is what its records fulfil."""

    spec: str
    name: str
    condition: dict[str, Any]


@dataclass
class Sets:
    """All sets, by their specs, and those of a record."""

    by_spec: dict[str, RecordSet] = field(default_factory=dict)
    _of_pages: dict[int, str] = field(default_factory=dict)

    @classmethod
    def load(cls, root: Page) -> Self:
        """Those of a site. Four queries: publications and sections that are public, what isn't."""
        sets = cls()
        for language in LANGUAGES:
            condition = {f"{column('since', language)}__isnull": False}
            sets._add(RecordSet(f"language-{language}", LABELS[language], condition))
        publications = list(publications_of(root).live().public().order_by("path"))
        for page in publications:
            sets._add_page(page, f"publication-{_word(page)}", "publication_id")
        for section in SectionPage.objects.live().public().order_by("path"):
            for page in publications:
                if section.is_descendant_of(page):
                    spec = f"{sets._of_pages[page.pk]}:{_word(section)}"
                    sets._add_page(section, spec, "section_id")
        return sets

    def get(self, spec: str) -> RecordSet | None:
        return self.by_spec.get(spec)

    def of(self, record: HarvestRecord) -> list[str]:
        """The specs of a record's sets; a deleted record stays in those that it was in."""
        languages = [code for code in LANGUAGES if getattr(record, column("since", code))]
        pages = [record.publication_id, record.section_id]
        found = [self._of_pages[pk] for pk in pages if pk in self._of_pages]
        return [*(f"language-{code}" for code in languages), *found]

    def _add(self, made: RecordSet) -> None:
        self.by_spec[made.spec] = made

    def _add_page(self, page: Any, spec: str, fact: str) -> None:
        self._of_pages[page.pk] = spec
        names = dict.fromkeys(getattr(page, name) for name in columns("name"))
        self._add(RecordSet(spec, " / ".join(filter(None, names)), {fact: page.pk}))


def _word(page: Any) -> str:
    """The page's slug, or its id where the protocol has no letters for it."""
    return page.slug if _ALLOWED.fullmatch(page.slug) else str(page.pk)

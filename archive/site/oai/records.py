"""Which records a list holds, page by page; a token says where the next page begins.

A token is signed and holds all that is needed, so the server remembers nothing. It points to a
record by datestamp and id: whatever changes meanwhile moves to the end of the list, so nothing is
left out, and each page costs the same however far the list has got.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from archive.conf import settings
from archive.site.oai.models import HarvestRecord
from archive.site.oai.requests import TOKEN, OaiError, OaiRequest, read_span
from archive.stories.models import PublicationPage, SectionPage
from archive.text.language import LABELS, LANGUAGES, column, columns


def publications_of(root: Page) -> PageQuerySet:
    """Those at or below a site's root."""
    found: PageQuerySet = PublicationPage.objects.descendant_of(root, inclusive=True)
    return found.order_by()


def records_of(root: Page) -> QuerySet[HarvestRecord]:
    """All records, where there is one site. What is in no publication, the default site has."""
    records = HarvestRecord.objects.all()
    roots = {site.root_url: site.root_path for site in Site.get_site_root_paths()}
    if len(roots) < 2:
        return records
    own = publications_of(root).values("pk")
    default = Site.objects.filter(is_default_site=True, root_page=root)
    if not default.exists():
        return records.filter(publication_id__in=own)
    others = PublicationPage.objects.none()
    for site in Site.objects.exclude(root_page=root).select_related("root_page"):
        others = others | publications_of(site.root_page)
    foreign = others.exclude(pk__in=own).values("pk")
    return records.exclude(publication_id__in=foreign)


# What the protocol allows in a set's name.
_ALLOWED = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")


@dataclass(frozen=True)
class RecordSet:
    """`spec` is its name in the protocol; `condition` is what its records fulfil."""

    spec: str
    name: str
    condition: dict[str, Any]


@dataclass
class RecordSets:
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


PREFIX = "oai_dc"
_SALT = "archive.oai"


@dataclass(frozen=True)
class RecordSelection:
    """A list and the place in it; moments in seconds since 1970, None for no limit.

    `after` is the last record that was given: its datestamp and id.
    """

    verb: str
    start: int | None = None
    end: int | None = None
    set_spec: str = ""
    after: tuple[int, int] | None = None
    cursor: int = 0
    total: int | None = None

    @classmethod
    def of(cls, question: OaiRequest) -> Self:
        """Raises OaiError."""
        given = question.arguments
        if TOKEN in given:
            return cls._resumed(question.verb, given[TOKEN])
        if "" in given.values():
            raise OaiError("badArgument", "An argument is empty.")
        check_prefix(given["metadataPrefix"])
        start, end = read_span(given.get("from", ""), given.get("until", ""))
        return cls(question.verb, _seconds(start), _seconds(end), given.get("set", ""))

    @classmethod
    def _resumed(cls, verb: str, token: str) -> Self:
        try:
            data = signing.loads(token, salt=_SALT, max_age=settings.OAI_TOKEN_SECONDS)
        except signing.SignatureExpired as error:
            raise OaiError("badResumptionToken", "The token has expired: begin again.") from error
        except signing.BadSignature as error:
            raise OaiError("badResumptionToken", "This is no token of this archive.") from error
        if data[0] != verb:
            raise OaiError("badResumptionToken", "The token is of another verb.")
        _verb, start, end, set_spec, after, cursor, total = data
        return cls(verb, start, end, set_spec, tuple(after), cursor, total)

    def token(self) -> str:
        data = (self.verb, self.start, self.end, self.set_spec, self.after, self.cursor, self.total)
        return signing.dumps(data, salt=_SALT)


@dataclass(frozen=True)
class RecordPage:
    """A page of a list; `following` is None for the last page."""

    records: list[HarvestRecord]
    cursor: int
    total: int
    following: RecordSelection | None

    def expires(self) -> datetime:
        return timezone.now() + timedelta(seconds=settings.OAI_TOKEN_SECONDS)


def page_of(
    selection: RecordSelection, sets: RecordSets, records: QuerySet[HarvestRecord]
) -> RecordPage:
    """Those of the records at this place of the list; raises OaiError where there are none."""
    size, every = settings.OAI_PAGE_SIZE, _every(selection, sets, records)
    total = every.count() if selection.total is None else selection.total
    found: list[HarvestRecord] = []
    for part in _ranges(every, selection.after):
        found += part.order_by("datestamp", "article")[: size + 1 - len(found)]
    if not found:
        code = "badResumptionToken" if selection.after else "noRecordsMatch"
        raise OaiError(code, "There is no such record, or none is left.")
    shown, following = found[:size], None
    if len(found) > size:
        last = shown[-1]
        after = (int(last.datestamp.timestamp()), last.article_id)
        cursor = selection.cursor + size
        following = replace(selection, after=after, cursor=cursor, total=total)
    return RecordPage(shown, selection.cursor, total, following)


def check_prefix(prefix: str) -> None:
    if prefix != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"Records are given as {PREFIX} only.")


def _every(
    selection: RecordSelection, sets: RecordSets, records: QuerySet[HarvestRecord]
) -> QuerySet[HarvestRecord]:
    if selection.set_spec:
        chosen = sets.get(selection.set_spec)
        records = records.filter(**chosen.condition) if chosen else records.none()
    limits = {"datestamp__gte": selection.start, "datestamp__lt": selection.end}
    return records.filter(
        **{name: _moment(value) for name, value in limits.items() if value is not None}
    )


def _ranges(
    every: QuerySet[HarvestRecord], after: tuple[int, int] | None
) -> list[QuerySet[HarvestRecord]]:
    """What follows the last record: each is one range of an index."""
    if after is None:
        return [every]
    when, last = _moment(after[0]), after[1]
    return [every.filter(datestamp=when, article__gt=last), every.filter(datestamp__gt=when)]


def _seconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) if moment else None


def _moment(seconds: int) -> Any:
    return datetime.fromtimestamp(seconds, UTC)

"""A harvester's question, and which records answer it, page by page.

A token says where the next page begins. It is signed and holds all that is needed, so the server
remembers nothing. It points to a record by datestamp and id: whatever changes meanwhile moves to
the end of the list, so nothing is left out, and each page costs the same however far the list has
got.
"""

import re
from dataclasses import astuple, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from django.core import signing
from django.db.models import QuerySet
from django.http import QueryDict

from archive.base_page import Page
from archive.contrib.harvesting.conf import settings
from archive.site.harvest_records.models import HarvestRecord
from archive.site.harvest_records.querysets import publications_of
from archive.stories.models import SectionPage
from archive.text.language import LABELS, LANGUAGES, column, columns
from archive.visibility import RestrictedPlaces, shown_to_public


class OaiError(Exception):
    """`code` is the protocol's own word for it, such as "badArgument"."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


PREFIX = "oai_dc"
TOKEN = "resumptionToken"  # noqa: S105 - its name in the protocol
_SALT = "archive.oai"
_LIST = ("metadataPrefix",), ("from", "until", "set", TOKEN)
# Each verb's arguments, required and optional; a token is the only one where it is given.
RULES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Identify": ((), ()),
    "ListMetadataFormats": ((), ("identifier",)),
    "ListSets": ((), (TOKEN,)),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
    "GetRecord": (("identifier", "metadataPrefix"), ()),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


def read(parameters: QueryDict) -> dict[str, str]:
    """The verb and its arguments, as far as they can be judged by themselves; raises OaiError."""
    verbs = parameters.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in RULES:
        raise OaiError("badVerb", f"The verb must be one of {', '.join(RULES)}, and given once.")
    verb, (required, optional) = verbs[0], RULES[verbs[0]]
    arguments = {name: values for name, values in parameters.lists() if name != "verb"}
    for name, values in arguments.items():
        if name not in (*required, *optional):
            raise OaiError("badArgument", f"{verb} has no argument {name}.")
        if len(values) != 1:
            raise OaiError("badArgument", f"{name} is given more than once.")
    if TOKEN in arguments:
        if len(arguments) > 1:
            raise OaiError("badArgument", f"{TOKEN} must be the only argument.")
    elif missing := [name for name in required if name not in arguments]:
        raise OaiError("badArgument", f"{verb} needs {' and '.join(missing)}.")
    return {"verb": verb, **{name: values[0] for name, values in arguments.items()}}


def read_span(start: str, end: str) -> tuple[datetime | None, datetime | None]:
    """The first moment that is meant, and the first that isn't any more; None for no limit.

    Both ends are included, by day or by second. Raises OaiError.
    """
    if start and end and len(start) != len(end):
        raise OaiError("badArgument", "from and until must have the same granularity.")
    begin, last = (_read_moment(text) if text else None for text in (start, end))
    if begin and last and begin > last:
        raise OaiError("badArgument", "from is later than until.")
    if last is None:
        return begin, None
    try:
        return begin, last + (timedelta(days=1) if _DAY.fullmatch(end) else timedelta(seconds=1))
    except OverflowError:  # The last day that there is.
        return begin, None


def _read_moment(text: str) -> datetime:
    if not (_DAY.fullmatch(text) or _SECOND.fullmatch(text)):
        raise OaiError("badArgument", f"{text} is not a date of the form YYYY-MM-DDThh:mm:ssZ.")
    try:
        return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
    except ValueError as error:
        raise OaiError("badArgument", f"There is no date {text}.") from error


def check_prefix(prefix: str) -> None:
    if prefix != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"Records are given as {PREFIX} only.")


def names_of(page: Any) -> str:
    """A page's name in both languages; "" where it has none."""
    names = [getattr(page, name, "") for name in columns("name")]
    return " / ".join(dict.fromkeys(filter(None, names)))


# What the protocol allows in a set's name.
_ALLOWED = re.compile(r"[A-Za-z0-9\-_.!~*'()]+")


@dataclass
class RecordSets:
    """All sets, by their names in the protocol (specs), and those of a record.

    Each has a name, and a condition that its records fulfil.
    """

    by_spec: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    _of_pages: dict[int, str] = field(default_factory=dict)

    @classmethod
    def load(cls, root: Page) -> Self:
        """Those of a site. Three queries: publications and sections that are public, what isn't."""
        sets, restricted = cls(), RestrictedPlaces.load()
        for language in LANGUAGES:
            condition = {f"{column('since', language)}__isnull": False}
            sets.by_spec[f"language-{language}"] = (LABELS[language], condition)
        publications = list(shown_to_public(publications_of(root).order_by("path"), restricted))
        for page in publications:
            sets._add(page, f"publication-{_word(page)}", "publication_id")
        for section in shown_to_public(SectionPage.objects.order_by("path"), restricted):
            for page in publications:
                if section.is_descendant_of(page):
                    sets._add(section, f"{sets._of_pages[page.pk]}:{_word(section)}", "section_id")
        return sets

    def _add(self, page: Any, spec: str, fact: str) -> None:
        self._of_pages[page.pk] = spec
        self.by_spec[spec] = (names_of(page), {fact: page.pk})

    def of(self, record: HarvestRecord) -> list[str]:
        """The specs of a record's sets; a deleted record stays in those that it was in."""
        languages = [code for code in LANGUAGES if getattr(record, column("since", code))]
        pages = [record.publication_id, record.section_id]
        found = [self._of_pages[pk] for pk in pages if pk in self._of_pages]
        return [*(f"language-{code}" for code in languages), *found]


def _word(page: Any) -> str:
    """The page's slug, or its id where the protocol has no letters for it."""
    return page.slug if _ALLOWED.fullmatch(page.slug) else str(page.pk)


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
    def of(cls, arguments: dict[str, str]) -> Self:
        """What `read` has found; raises OaiError."""
        if TOKEN in arguments:
            return cls._resumed(arguments["verb"], arguments[TOKEN])
        if "" in arguments.values():
            raise OaiError("badArgument", "An argument is empty.")
        check_prefix(arguments["metadataPrefix"])
        span = read_span(arguments.get("from", ""), arguments.get("until", ""))
        start, end = (int(moment.timestamp()) if moment else None for moment in span)
        return cls(arguments["verb"], start, end, arguments.get("set", ""))

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
        return signing.dumps(astuple(self), salt=_SALT)


@dataclass(frozen=True)
class RecordPage:
    """A page of a list; `following` is None for the last page."""

    records: list[HarvestRecord]
    cursor: int
    total: int
    following: RecordSelection | None


def page_of(
    selection: RecordSelection, sets: RecordSets, records: QuerySet[HarvestRecord]
) -> RecordPage:
    """Those of the records at this place of the list; raises OaiError where there are none."""
    if selection.set_spec:
        _name, condition = sets.by_spec.get(selection.set_spec, ("", None))
        records = records.filter(**condition) if condition else records.none()
    if selection.start is not None:
        records = records.filter(datestamp__gte=_moment(selection.start))
    if selection.end is not None:
        records = records.filter(datestamp__lt=_moment(selection.end))
    total = records.count() if selection.total is None else selection.total
    # What follows the last record: each is one range of an index.
    ranges = [records]
    if selection.after:
        when, last_pk = _moment(selection.after[0]), selection.after[1]
        ranges = [
            records.filter(datestamp=when, article__gt=last_pk),
            records.filter(datestamp__gt=when),
        ]
    size = settings.OAI_PAGE_SIZE
    found: list[HarvestRecord] = []
    for part in ranges:
        found += part.order_by("datestamp", "article")[: size + 1 - len(found)]
    if not found:
        code = "badResumptionToken" if selection.after else "noRecordsMatch"
        raise OaiError(code, "There is no such record, or none is left.")
    shown, following = found[:size], None
    if len(found) > size:
        after = (int(shown[-1].datestamp.timestamp()), shown[-1].article_id)
        cursor = selection.cursor + size
        following = replace(selection, after=after, cursor=cursor, total=total)
    return RecordPage(shown, selection.cursor, total, following)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)

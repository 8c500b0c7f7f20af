"""Which records a list holds, page by page; a token says where the next page begins.

A token is signed and holds all that is needed, so the server remembers nothing. It points to a
record by datestamp and id: whatever changes meanwhile moves to the end of the list, so nothing is
left out, and each page costs the same however far the list has got.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from django.core import signing
from django.db.models import QuerySet
from django.utils import timezone

from archive.conf import settings
from archive.feeds.models import HarvestRecord
from archive.feeds.oai.asking import TOKEN, Question, read_span
from archive.feeds.oai.errors import OaiError
from archive.feeds.oai.sets import Sets

PREFIX = "oai_dc"
_SALT = "archive.oai"


@dataclass(frozen=True)
class Selection:
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
    def of(cls, question: Question) -> Self:
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
class Listed:
    """A page of a list; `following` is None for the last page."""

    records: list[HarvestRecord]
    cursor: int
    total: int
    following: Selection | None

    def expires(self) -> datetime:
        return timezone.now() + timedelta(seconds=settings.OAI_TOKEN_SECONDS)


def page_of(selection: Selection, sets: Sets, records: QuerySet[HarvestRecord]) -> Listed:
    """Those of the records at this place of the list; raises OaiError where there are none."""
    size, every = settings.OAI_PAGE_SIZE, _every(selection, sets, records)
    total = every.count() if selection.total is None else selection.total
    found: list[HarvestRecord] = []
    for stretch in _stretches(every, selection.after):
        found += stretch.order_by("datestamp", "article")[: size + 1 - len(found)]
    if not found:
        code = "badResumptionToken" if selection.after else "noRecordsMatch"
        raise OaiError(code, "There is no such record, or none is left.")
    shown, following = found[:size], None
    if len(found) > size:
        last = shown[-1]
        after = (int(last.datestamp.timestamp()), last.article_id)
        cursor = selection.cursor + size
        following = replace(selection, after=after, cursor=cursor, total=total)
    return Listed(shown, selection.cursor, total, following)


def check_prefix(prefix: str) -> None:
    if prefix != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"Records are given as {PREFIX} only.")


def _every(
    selection: Selection, sets: Sets, records: QuerySet[HarvestRecord]
) -> QuerySet[HarvestRecord]:
    if selection.set_spec:
        chosen = sets.get(selection.set_spec)
        records = records.filter(**chosen.condition) if chosen else records.none()
    limits = {"datestamp__gte": selection.start, "datestamp__lt": selection.end}
    return records.filter(
        **{name: _moment(value) for name, value in limits.items() if value is not None}
    )


def _stretches(
    every: QuerySet[HarvestRecord], after: tuple[int, int] | None
) -> list[QuerySet[HarvestRecord]]:
    """What follows the last record: each is one stretch of an index."""
    if after is None:
        return [every]
    when, last = _moment(after[0]), after[1]
    return [every.filter(datestamp=when, article__gt=last), every.filter(datestamp__gt=when)]


def _seconds(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) if moment else None


def _moment(seconds: int) -> Any:
    return datetime.fromtimestamp(seconds, UTC)

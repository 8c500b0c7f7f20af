"""Pages of long lists of stories, each begun at a story: the last one costs what the first does.

A place in a list is the key of a story, `2015-09-22-17-123`: its print date, page label and id.
`?after=` it come the older stories, `?before=` it the newer ones. So a page stays the same
whatever is published in front of it, and no database counts its way there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from archive.conf import settings
from archive.site.addresses import ListPlace
from archive.stories.querysets import ArticleQuerySet

# Behind the last story of any list: `?before=end` are the oldest ones.
END = "end"
UNDATED = "undated"

_KEY = re.compile(rf"(\d{{4}}-\d\d-\d\d|{UNDATED})(?:-([^\0]{{0,40}}-)?(\d{{1,18}}))?", re.ASCII)
_FORWARD = ("-print_date", "print_page", "pk")
_BACKWARD = ("print_date", "-print_page", "-pk")


@dataclass(frozen=True)
class Place:
    """A story's place in a list; without `pk`, that of a whole day. `day` None: undated."""

    day: date | None
    label: str = ""
    pk: int | None = None

    @classmethod
    def of(cls, story: Any) -> Self:
        return cls(story.print_date, story.print_page, story.pk)

    @classmethod
    def read(cls, text: str) -> Self | None:
        """A key as it stands in an address; None for anything else."""
        found = _KEY.fullmatch(text)
        if found is None:
            return None
        day, label, pk = found.groups(default="")
        try:
            when = None if day == UNDATED else date.fromisoformat(day)
        except ValueError:
            return None
        if when is None and not pk:
            return None
        return cls(when, label[:-1], int(pk) if pk else None)

    def __str__(self) -> str:
        day = UNDATED if self.day is None else self.day.isoformat()
        return "-".join([day, *filter(None, [self.label, str(self.pk or "")])])

    def beyond(self, *, backward: bool) -> Q:
        """The stories from this one on, or those in front of it, if they have a date as it has."""
        day, rest, last = ("gt", "lt", "lt") if backward else ("lt", "gt", "gte")
        if self.pk is None:
            # A day's stories all follow its key.
            compared = f"{day}e" if day == "lt" else day
            return Q() if self.day is None else Q(**{f"print_date__{compared}": self.day})
        within = Q(**{f"print_page__{rest}": self.label}) | Q(
            **{"print_page": self.label, f"pk__{last}": self.pk}
        )
        if self.day is None:
            return within
        # Said twice, for the index: it can serve no condition that begins with "or".
        bound = Q(**{f"print_date__{day}e": self.day})
        return bound & (Q(**{f"print_date__{day}": self.day}) | Q(print_date=self.day) & within)


@dataclass(frozen=True)
class StoryPage:
    """Some stories of a list. `previous` and `next` are keys, "" where the list ends."""

    stories: list[Any]
    previous: str = ""
    next: str = ""

    @property
    def is_first(self) -> bool:
        return not self.previous

    @property
    def newest(self) -> date | None:
        return self.stories[0].print_date if self.stories else None

    @property
    def oldest(self) -> date | None:
        return self.stories[-1].print_date if self.stories else None

    def __iter__(self) -> Iterator[Any]:
        return iter(self.stories)

    def __len__(self) -> int:
        return len(self.stories)


def page_of(request: HttpRequest, stories: ArticleQuerySet) -> StoryPage:
    """The page that the address asks for, or the nearest there is: two queries, more at the ends.

    `stories` are in the order of `newest_first()`. Search engines are told the one address that
    a page has.
    """
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    if after and (place := Place.read(after)):
        return _after(request, stories, place) or _before(request, stories, None)
    if before == END or (before and Place.read(before)):
        found = _before(request, stories, Place.read(before))
        return found if found.previous else _first(request, stories)
    return _first(request, stories)


def mended(request: HttpRequest) -> HttpResponse | None:
    """To the list's beginning, from an address that names no place in any list."""
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    is_end = before == END and not after
    if is_end or not (after or before) or Place.read(after or before):
        return None
    parameters = request.GET.copy()
    for name in ("after", "before"):
        parameters.pop(name, None)
    query = parameters.urlencode()
    return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)


def _first(request: HttpRequest, stories: ArticleQuerySet) -> StoryPage:
    _say(request, {})
    size = settings.PAGE_SIZE
    found = _stretch(stories, None, size + 1)
    return StoryPage(found[:size], next=_key_of_last(found, size))


def _after(request: HttpRequest, stories: ArticleQuerySet, place: Place) -> StoryPage | None:
    size = settings.PAGE_SIZE
    # With the story of the key itself: is it still there, in this list?
    found = _stretch(stories, place, size + 2)
    is_there = bool(found) and Place.of(found[0]) == place
    if is_there:
        del found[0]
    if not found:
        return None
    _say(request, {"after": str(place)}, is_indexed=is_there)
    return StoryPage(found[:size], str(Place.of(found[0])), _key_of_last(found, size))


def _before(request: HttpRequest, stories: ArticleQuerySet, place: Place | None) -> StoryPage:
    """The stories just in front of a place; None: the last ones of the list."""
    size = settings.PAGE_SIZE
    found = _stretch(stories, place, size + 1, backward=True)
    shown = found[:size][::-1]
    earlier = str(Place.of(found[size])) if len(found) > size else ""
    # The same stories stand after the one in front of them.
    _say(request, {"after": earlier} if earlier else {})
    return StoryPage(
        shown,
        str(Place.of(shown[0])) if earlier else "",
        str(Place.of(shown[-1])) if place and shown else "",
    )


def _stretch(
    stories: ArticleQuerySet, place: Place | None, most: int, *, backward: bool = False
) -> list[Any]:
    """The stories from a place on. Those without a date end every list, whatever database."""
    parts = [stories.filter(print_date__isnull=False), stories.filter(print_date__isnull=True)]
    if backward:
        parts.reverse()
    if place is not None:
        if (place.day is None) != backward:
            del parts[0]
        parts[0] = parts[0].filter(place.beyond(backward=backward))
    keys: list[int] = []
    order = _BACKWARD if backward else _FORWARD
    for part in parts:
        if len(keys) < most:
            # By an index, before anything is joined: else the whole list is joined and sorted.
            keys += part.order_by(*order).values_list("pk", flat=True)[: most - len(keys)]
    found = {story.pk: story for story in stories.filter(pk__in=keys).order_by()} if keys else {}
    return [found[key] for key in keys if key in found]


def _key_of_last(found: list[Any], size: int) -> str:
    return str(Place.of(found[size - 1])) if len(found) > size else ""


def _say(request: HttpRequest, query: dict[str, str], *, is_indexed: bool = True) -> None:
    request.archive_list_place = ListPlace(query, is_indexed)  # type: ignore[attr-defined]

"""Rows that many pages show, such as names: kept by each process until one of their kind changes.

What is kept is shared by all requests: read it, and leave it as it is.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.http import HttpRequest

from archive.site.caching import versions

# So many rows of a kind are kept, about 2 kB each; then the process starts anew.
MOST = 5000


class RowCache:
    """Rows of one kind by id. They are right as long as the versions of `keys` are the same.

    `load` gives the rows for some ids, in one query; ids without a row it leaves out.
    """

    def __init__(
        self, load: Callable[[HttpRequest, Collection[int]], dict[int, Any]], *keys: str
    ) -> None:
        self._load = load
        self._keys = keys
        self._versions: Any = None
        self._rows: dict[int, Any] = {}

    def get(self, request: HttpRequest, ids: Collection[int]) -> dict[int, Any]:
        """The rows of these ids: no query for those that were asked for before.

        A preview gets them anew: it may show what no page that is live does.
        """
        if getattr(request, "is_preview", False):
            return self._load(request, ids)
        read = versions.of_request(request)
        current = [read[key] for key in self._keys]
        rows = self._rows
        if current != self._versions or len(rows) > MOST:
            # Another thread may look at the former ones meanwhile: they are left to it.
            self._versions, self._rows = current, (rows := {})
        if missing := set(ids) - rows.keys():
            rows.update(dict.fromkeys(missing) | self._load(request, missing))
        return {pk: row for pk in ids if (row := rows[pk]) is not None}

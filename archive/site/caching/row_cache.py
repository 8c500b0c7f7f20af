"""Rows that many pages show, such as names: kept by each process until one of their kind changes.

What is kept is shared by all requests: read it, and leave it as it is.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.http import HttpRequest

from archive.site.caching.versions import is_kept, version_kept

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
        # One object, so that no thread sees the rows of other versions.
        self._cached: tuple[Any, dict[int, Any]] = (None, {})

    def get(self, request: HttpRequest, ids: Collection[int]) -> dict[int, Any]:
        """The rows of these ids: no query for those that were asked for before."""
        if not is_kept(request):
            return self._load(request, ids)
        current = version_kept(request, *self._keys)
        known, rows = self._cached
        if current != known or len(rows) > MOST:
            # Another thread may look at the former ones meanwhile: they are left to it.
            rows = {}
            self._cached = current, rows
        if missing := {pk for pk in ids if pk not in rows}:
            loaded = self._load(request, missing)
            # Of others, it may have given a part.
            rows.update({pk: loaded.get(pk) for pk in missing})
        return {pk: row for pk in ids if (row := rows[pk]) is not None}

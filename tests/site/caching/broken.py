"""A cache of which every call fails."""

from typing import Any

from django.core.cache.backends.base import BaseCache


class BrokenCache(BaseCache):
    """LOCATION is the number of the system's error."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.calls: list[str] = []
        self._error = OSError(int(location or 0), "broken")

    def _fail(self, *args: Any, **kwargs: Any) -> Any:
        self.calls.append("call")
        raise self._error

    add = get = set = touch = delete = clear = incr = has_key = _fail
    get_many = set_many = delete_many = _fail

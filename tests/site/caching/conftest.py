"""Pages are kept, and the keeping starts empty."""

from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _pages_are_kept(settings: Any) -> None:
    settings.ARCHIVE_CACHE_PAGES = True
    cache.clear()

"""Each version of the API that there is, and how it is asked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.contrib.api.urls import HAS_V3, VERSIONS

# What Wagtail 7 hasn't got.
collect_ignore = [] if HAS_V3 else ["v3"]
Ask = Callable[..., Any]


@pytest.fixture(params=VERSIONS)
def ask(request: pytest.FixtureRequest, settings: Any) -> Ask:
    """`ask(path, **parameters)` gives the response to an address of the API."""
    settings.ROOT_URLCONF = "tests.contrib.api.urls"

    def get(path: str = "stories/", **parameters: Any) -> Any:
        return Client().get(f"/api/{request.param}/{path}", parameters)

    return get

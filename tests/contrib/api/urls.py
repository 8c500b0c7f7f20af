"""The newsroom's addresses, with each version of Wagtail's API that there is."""

from importlib.util import find_spec

from archive.contrib.api import v2
from newsroom.urls import urlpatterns as newsroom

HAS_V3 = find_spec("wagtail.api.v3") is not None
VERSIONS = ["v3", "v2"] if HAS_V3 else ["v2"]
urlpatterns = [*([v2.mounted()] if HAS_V3 else []), *newsroom]

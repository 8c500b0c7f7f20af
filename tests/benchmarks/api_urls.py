"""The addresses that `tests.benchmarks.api` asks: Wagtail's v2 as it comes, and the archive's."""

from django.urls import include, path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from tests.contrib.api.urls import urlpatterns as archive

stock = WagtailAPIRouter("stock")
stock.register_endpoint("pages", PagesAPIViewSet)
_patterns, _app, _namespace = stock.urls
urlpatterns = [path("stock/", include((_patterns, _app), namespace=_namespace)), *archive]

"""The addresses of browsing: dates as newspapers file them, names by their kind."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from archive.site.browse import views
from archive.site.browse.counts import KINDS


class DecadeConverter:
    """ "1980s"."""

    regex = "[0-9]{3}0s"

    def to_python(self, value: str) -> int:
        return int(value[:-1])

    def to_url(self, value: int) -> str:
        return f"{value:04d}s"


class YearConverter:
    """ "2015"; the year 0 doesn't exist."""

    regex = "(?!0000)[0-9]{4}"
    width = 4

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:0{self.width}d}"


class TwoDigitsConverter(YearConverter):
    """A month or a day: "09"."""

    regex = "[0-9]{2}"
    width = 2


class KindConverter(StringConverter):
    """The kinds of names, in the plural: "places"."""

    regex = "|".join(KINDS)


register_converter(DecadeConverter, "archive_decade")
register_converter(YearConverter, "archive_year")
register_converter(TwoDigitsConverter, "archive_two_digits")
register_converter(KindConverter, "archive_kind")

YEAR = "browse/<archive_year:year>/"
MONTH = f"{YEAR}<archive_two_digits:month>/"
DAY = f"{MONTH}<archive_two_digits:day>/"

urlpatterns = [
    path("browse/", views.index, name="browse"),
    path("browse/<archive_decade:decade>/", views.decade, name="browse_decade"),
    path(YEAR, views.year, name="browse_year"),
    path(MONTH, views.month, name="browse_month"),
    path(DAY, views.day, name="browse_day"),
    path(f"{DAY}<str:publication>/<path:label>/", views.paper_page, name="browse_page"),
    path("browse/on-this-day/", views.on_this_day, name="on_this_day"),
    path(
        "browse/on-this-day/<archive_two_digits:month>/<archive_two_digits:day>/",
        views.on_this_day,
        name="on_this_day_of",
    ),
    path("browse/sections/", views.sections, name="browse_sections"),
    path("browse/<archive_kind:kind>/", views.names, name="browse_names"),
    path("browse/<archive_kind:kind>/<slug:letter>/", views.names, name="browse_letter"),
]

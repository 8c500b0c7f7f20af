"""The kinds of public pages, in one list: whoever adds a page adds a line.

`test_kinds` fails when an address or a page model is on neither list here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`path` is below the language's prefix; `shows` names its URL pattern or its page model.

    `is_neutral` is an address in no language; `awaits` a selector that scripts must bring about.
    """

    path: str
    shows: str
    status: int = 200
    is_neutral: bool = False
    awaits: str = ""

    def address(self, language: str) -> str:
        return f"/{self.path}" if self.is_neutral else f"/{language}/{self.path}"


ISSUE = "china-daily/2015/09/22/"
STORY = f"{ISSUE}city-builds-on-long-history-with-us/"

KINDS = [
    Kind("", "HomePage"),
    Kind("china-daily/", "PublicationPage"),
    Kind("china-daily/2015/", "YearPage"),
    Kind(ISSUE, "IssuePage"),
    Kind("china-daily/world/", "SectionPage"),
    Kind(STORY, "ArticlePage"),
    Kind(f"{ISSUE}only-in-english/", "ArticlePage"),
    Kind("china-daily/2015/09/23/only-in-chinese/", "ArticlePage"),
    Kind("entities/", "entity_index"),
    Kind("entities/?kind=topic", "entity_index"),
    Kind("entities/zhanjiang/", "entity"),
    Kind("entities/liu-xiaohua/", "entity"),
    Kind("entities/zhanjiang-port/", "entity"),
    Kind("entities/harbour-day/", "entity"),
    Kind("entities/old-quay/", "entity"),
    Kind("cities/zhanjiang/", "city"),
    Kind("ties/", "tie_index", awaits="#tie-map[data-ready]"),
    Kind("ties/timeline/", "tie_timeline"),
    Kind("ties/overview/", "tie_overview"),
    Kind("ties/atlantic-city/zhanjiang/", "pair"),
    Kind("browse/", "browse"),
    Kind("browse/2010s/", "browse_decade"),
    Kind("browse/2015/", "browse_year"),
    Kind("browse/2015/09/", "browse_month"),
    Kind("browse/2015/09/22/", "browse_day"),
    Kind("browse/2015/09/22/china-daily/17/", "browse_page"),
    Kind("browse/sections/", "browse_sections"),
    Kind("browse/places/", "browse_names"),
    Kind("browse/places/z/", "browse_letter"),
    Kind("search/", "search"),
    Kind("search/?q=Zhanjiang", "search"),
    Kind("search/?q=湛江&place=zhanjiang", "search"),
    Kind("search/?q=unheardof", "search"),
    Kind("search/?q=zhanjiang&engine=down", "search", status=503),
    Kind("offline/", "offline", awaits="[data-saved-stories]"),
    Kind(f"{ISSUE}city-builds-nothing/", "404", status=404),
    Kind("nowhere/", "404", status=404, is_neutral=True),
]

# Addresses that answer with something else than a page to read, and with what.
NOT_PAGES = {
    "archive_service_worker": "a script",
    "cities": "a redirect",
    "entity_feed": "a feed",
    "manifest": "data for browsers",
    "search_description": "a description for browsers",
    "search_feed": "a feed",
    "search_suggest": "data for the search box",
    "tie_map": "data for the map",
}

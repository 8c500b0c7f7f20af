"""The kinds of public pages, in one list: whoever adds a page adds a line.

`test_kinds` fails when an address or a page model is on neither list here.
"""

from dataclasses import dataclass

from archive.contrib.api.wagtail_hooks import mounted
from archive.models import ArticlePage
from archive.site.permalinks import short_id

STORY_ID = "<story>"
SHORT_ID = "<short>"
REPRINT_ID = "<reprint>"


@dataclass(frozen=True)
class Kind:
    """`path` is below the language's prefix; `shows` names its URL pattern or its page model.

    In `path`, STORY_ID and SHORT_ID stand for the ids of the story at STORY, REPRINT_ID for the
    short id of the one that prints it, too. `is_neutral` is an
    address in no language; `awaits` a selector that scripts must bring about.
    """

    path: str
    shows: str
    status: int = 200
    is_neutral: bool = False
    awaits: str = ""

    def address(self, language: str) -> str:
        path = self.path
        if STORY_ID in path or SHORT_ID in path:
            story = ArticlePage.objects.get(slug=STORY.split("/")[-2])
            path = path.replace(STORY_ID, str(story.pk)).replace(SHORT_ID, short_id(story.pk))
        if REPRINT_ID in path:
            reprint = ArticlePage.objects.get(slug="only-in-english")
            path = path.replace(REPRINT_ID, short_id(reprint.pk))
        return f"/{path}" if self.is_neutral else f"/{language}/{path}"


ISSUE = "china-daily/2015/09/22/"
STORY = f"{ISSUE}city-builds-on-long-history-with-us/"

KINDS = [
    Kind("", "HomePage"),
    Kind("china-daily/", "PublicationPage"),
    Kind("china-daily/2015/", "YearPage"),
    Kind(ISSUE, "IssuePage"),
    Kind("china-daily/world/", "SectionPage"),
    Kind("about/", "InformationPage"),
    Kind("search-help/", "InformationPage"),
    Kind("two-harbours/", "DossierPage"),
    Kind("dossiers/two-harbours/reader/", "dossier_reader"),
    Kind(STORY, "ArticlePage"),
    Kind(f"{STORY}?view=both", "ArticlePage"),
    Kind(f"{STORY}?view=reveal", "ArticlePage"),
    Kind(f"{ISSUE}only-in-english/", "ArticlePage"),
    Kind("china-daily/2015/09/23/only-in-chinese/", "ArticlePage"),
    Kind("cite/<short>/", "cite"),
    Kind("compare/<short>/<reprint>/", "reprint"),
    Kind("entities/", "entity_index"),
    Kind("entities/?kind=topic", "entity_index"),
    Kind("entities/zhanjiang/", "entity"),
    Kind("entities/liu-xiaohua/", "entity"),
    Kind("entities/zhanjiang-port/", "entity"),
    Kind("entities/harbour-day/", "entity"),
    Kind("entities/old-quay/", "entity"),
    Kind("cities/zhanjiang/", "city"),
    Kind("ties/", "tie_index"),
    Kind("ties/timeline/", "tie_timeline"),
    Kind("ties/overview/", "tie_overview"),
    Kind("ties/compare/?one=zhanjiang", "compare"),
    Kind("ties/atlantic-city/zhanjiang/", "pair"),
    Kind("browse/", "browse"),
    Kind("browse/2010s/", "browse_decade"),
    Kind("browse/2015/", "browse_year"),
    Kind("browse/2015/09/", "browse_month"),
    Kind("browse/2015/09/22/", "browse_day"),
    Kind("browse/2015/09/22/china-daily/17/", "browse_page"),
    Kind("browse/on-this-day/", "on_this_day"),
    Kind("browse/on-this-day/09/22/", "on_this_day_of"),
    Kind("browse/sections/", "browse_sections"),
    Kind("browse/places/", "browse_names"),
    Kind("browse/places/z/", "browse_letter"),
    Kind("search/", "search"),
    Kind("search/?q=Zhanjiang", "search"),
    Kind("search/?q=湛江&place=zhanjiang", "search"),
    Kind("search/?q=unheardof", "search"),
    Kind("search/trends/", "search_trends"),
    Kind("search/trends/?q=Zhanjiang&q=港口", "search_trends"),
    Kind("search/?q=zhanjiang&engine=down", "search", status=503),
    Kind(f"report/?story={STORY_ID}", "report"),
    Kind(f"report/?story={STORY_ID}&segment=headline", "report"),
    Kind(f"report/thanks/?story={STORY_ID}", "report_thanks"),
    Kind("saved/", "saved", awaits="[data-saved-stories]"),
    Kind(f"{ISSUE}city-builds-nothing/", "404", status=404),
    Kind("nowhere/", "404", status=404, is_neutral=True),
]

# Addresses that answer with something else than a page to read, and with what.
NOT_PAGES = {
    "archive_dump": "a file",
    "archive_dump_changes": "a file",
    "archive_dump_checksums": "a file",
    "archive_dump_key": "a file",
    "archive_dump_signature": "a file",
    "archive_feed": "a feed",
    "archive_llms": "a file for programs",
    "archive_mcp": "data for agents",
    "archive_oai": "data for harvesters",
    "archive_permalink": "a redirect",
    "archive_permalink_in": "a redirect",
    "archive_robots": "rules for robots",
    "archive_service_worker": "a script",
    "archive_sitemap": "a sitemap",
    "archive_sitemap_file": "a sitemap",
    "archive_sync": "data for harvesters",
    "archive_sync_capabilities": "data for harvesters",
    "archive_sync_change_part": "data for harvesters",
    "archive_sync_changes": "data for harvesters",
    "archive_sync_resource_part": "data for harvesters",
    "archive_sync_resources": "data for harvesters",
    "archive_sitemap_news": "a sitemap",
    "archive_tdmrep": "rules for programs",
    "archive_view": "a redirect",
    "cite_stories": "a file",
    "cities": "a redirect",
    "dossier_epub": "a book",
    "story_epub": "a book",
    "dossier_feed": "a feed",
    "entity_card": "a part of a page",
    "entity_feed": "a feed",
    "manifest": "data for browsers",
    "page": "where the pages are served, which stand here by their models",
    "pair_feed": "a feed",
    "publication_feed": "a feed",
    "search_description": "a description for browsers",
    "search_feed": "a feed",
    "search_suggest": "data for the search box",
    "section_feed": "a feed",
    "twin": "a page as Markdown",
    mounted().namespace: "data for programs",
}

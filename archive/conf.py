"""The core's settings: `ARCHIVE_*` in the site's settings, each with its default here.

An app around the archive has a class of its own, a `SettingGroup`, in its `conf.py`.
`docs/settings.md` lists them for the people who set them; the tests compare both.
"""

from collections.abc import Collection, Iterable
from inspect import isabstract
from itertools import chain
from typing import Any, ClassVar, Generic, TypeVar

from django.conf import settings as django_settings
from django.utils.module_loading import import_string

PAIR = ("en", "zh-hans")
UNFILED = {"en": "Unfiled stories", "zh-hans": "待归档稿件"}
# As Chinese papers do: a foreigner's own name once, in brackets; places and the rest without.
FIRST_MENTION = {"zh-hans": {"person": "{name}（{original}）"}}

CAMPAIGN_PARAMETERS = ["utm_*", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "igshid", "spm"]
CITATIONS = [
    f"archive.site.citations.styles.{one}"
    for one in ("ChicagoNote", "APA7", "GBT7714", "GBT7714of2015")
]
SIGNALS = ("search", "ai-input", "ai-train")
MINING = [
    *("DMI-ALLOWED", "DMI-PROHIBITED", "DMI-PROHIBITED-AIMLTRAINING"),
    *("DMI-PROHIBITED-GENAIMLTRAINING", "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING"),
    *("DMI-PROHIBITED-SEECONSTRAINT", "DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR"),
    "DMI-PROHIBITED-SEELINKEDRIGHTSEXPR",
]
PLAYERS = [
    "www.youtube.com",
    "www.youtube-nocookie.com",
    "player.vimeo.com",
    "player.bilibili.com",
    "geo.dailymotion.com",
    "www.dailymotion.com",
    "embed.ted.com",
    "w.soundcloud.com",
    "open.spotify.com",
]
# What `Setting.leads_to` may be in place of a class.
CALLABLE = "callable"
_NAMES = {
    int: "a whole number", bool: "True or False", str: "a text", list: "a list of texts",
    dict: "a dictionary",
}  # fmt: skip
Value = TypeVar("Value")


class Setting(Generic[Value]):
    """A setting's default, its type, and what else is asked of a site's value.

    `type_` is int, bool, str, list (of texts) or dict; where the default is None, so may the value
    be. A number is at least `least` and at most `most`; the texts of a list are some of `words`,
    and a text is one of them or empty.
    With `leads_to`, the text, or each of the list, is a dotted path: to a subclass of the class
    that `leads_to` is the path of, or to anything that is CALLABLE. `hint` tells a way out. What is
    `secret` (keys, passwords) isn't given to the programs that read files from outside.
    """

    def __init__(
        self,
        default: Value,
        type_: type,
        *,
        least: int = 1,
        most: int | None = None,
        words: Collection[str] = (),
        leads_to: str = "",
        hint: str = "",
        secret: bool = False,
    ) -> None:
        self.default, self.type_, self.leads_to = default, type_, leads_to
        self.is_secret = secret
        self.hint = hint or f"Leave it out for the default: {default!r}."
        self._least, self._most, self._words = least, most, words

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = f"ARCHIVE_{name}"

    def __get__(self, instance: object, owner: type) -> Value:
        value: Value = getattr(django_settings, self.name, self.default)
        return value

    @property
    def type_name(self) -> str:
        """As the documentation gives it: `int`, `list[str]`, `dict | None`."""
        name = "list[str]" if self.type_ is list else self.type_.__name__
        return f"{name} | None" if self.default is None else name

    def problem(self) -> str:
        """What is wrong with the site's value, with the setting's name; "" if nothing is."""
        value: Any = getattr(django_settings, self.name, self.default)
        if value is None and self.default is None:
            return ""
        if not self._is_typed(value):
            return f"{self.name} must be {self._wanted}, not {value!r}."
        texts = value if self.type_ is list else [value] if value else []
        reasons = (self._path_problem(text) for text in texts if self.leads_to)
        return next((f"{self.name}: {reason}" for reason in reasons if reason), "")

    @property
    def _wanted(self) -> str:
        if self._words and self.type_ is str:
            return f"one of {', '.join(self._words)}"
        if self._words:
            return f"a list of some of {', '.join(self._words)}"
        if self.type_ is not int:
            return _NAMES[self.type_]
        upto = "" if self._most is None else f" to {self._most}"
        return f"a whole number from {self._least}{upto}{'' if upto else ' upwards'}"

    def _is_typed(self, value: Any) -> bool:
        if self.type_ is int:
            most = value if self._most is None else self._most
            # True is a number to Python.
            return type(value) is int and self._least <= value <= most
        if self.type_ is str and self._words:
            return value in ("", *self._words)
        if self.type_ is not list:
            return isinstance(value, self.type_)
        if not isinstance(value, list | tuple):
            return False
        return all(isinstance(one, str) and one in (self._words or [one]) for one in value)

    def _path_problem(self, path: str) -> str:
        try:
            found = import_string(path)
        except ImportError as error:
            return f"{path!r} can't be imported: {error}"
        if self.leads_to == CALLABLE:
            return "" if callable(found) else f"{path!r} can't be called."
        wanted = import_string(self.leads_to)
        if isinstance(found, type) and issubclass(found, wanted):
            return f"{path!r} lacks a method of {self.leads_to}." if isabstract(found) else ""
        return f"{path!r} is no subclass of {self.leads_to}."


class SettingGroup:
    """Settings of one app, read lazily: tests and sites can override. A wrong one is an error."""

    groups: ClassVar[list[type["SettingGroup"]]] = []

    def __init_subclass__(cls) -> None:
        cls.groups.append(cls)


class ArchiveSettings(SettingGroup):
    """Those of the core."""

    # How long the program that reads a file from outside may keep the processor busy, in seconds,
    # and how much memory it may take, in bytes.
    FILE_SECONDS = Setting(20, int)
    FILE_MEMORY = Setting(1536 * 1024 * 1024, int, least=256 * 1024 * 1024)
    # The names of the publication that holds stories whose publication isn't known, by language.
    UNFILED_PUBLICATION = Setting[dict[str, str]](UNFILED, dict)
    # How many stories a list page shows.
    PAGE_SIZE = Setting(20, int)
    # The dotted path of the search's engine; "" for the database's own.
    SEARCH_ENGINE = Setting(
        "",
        str,
        leads_to="archive.search.engines.SearchEngine",
        hint="OpenSearch needs “pip install wagtail-bilingual-archive[opensearch]”.",
    )
    # The engine's own arguments, such as the addresses of its servers. See its module.
    SEARCH_OPTIONS = Setting[dict[str, Any]]({}, dict, secret=True)
    # Formats in which pictures are offered in addition to JPEG and PNG: "avif", "webp".
    # How strongly they are packed is said by Wagtail's own WAGTAILIMAGES_AVIF_QUALITY,
    # WAGTAILIMAGES_WEBP_QUALITY and WAGTAILIMAGES_JPEG_QUALITY.
    PICTURE_FORMATS = Setting[list[str]](["avif", "webp"], list, words=("avif", "webp"))
    # Whether public picture files keep all that a camera wrote into its EXIF block: the place, the
    # owner, serial numbers, the maker's notes. The credit line is in them either way.
    PICTURE_CAMERA_DATA = Setting(False, bool)
    # Whether browsers keep the pages that were read, to be read without a connection.
    OFFLINE = Setting(True, bool)
    # How many of the pages read last a browser keeps.
    OFFLINE_PAGES = Setting(100, int)
    # How many of the pictures seen last a browser keeps.
    OFFLINE_PICTURES = Setting(200, int)
    # Dotted path of a callable that knows how often stories are read; "" for none.
    # It takes a list of page ids and gives {id: reads}; ids that it doesn't know may be missing.
    READS = Setting("", str, leads_to=CALLABLE)
    # Kinds of names, ties and stories beside the archive's own, by their word in the database:
    # {"ship": {"en": "Ship", "zh-hans": "船舶"}}.
    NAME_KINDS = Setting[dict[str, dict[str, str]]]({}, dict)
    TIE_KINDS = Setting[dict[str, dict[str, str]]]({}, dict)
    STORY_KINDS = Setting[dict[str, dict[str, str]]]({}, dict)
    # Dotted paths of the templates that a new story begins with, in the order of the page; None for
    # `archive.stories.story_templates.TEMPLATES`.
    STORY_TEMPLATES = Setting[list[str] | None](
        None, list, leads_to="archive.stories.story_templates.StoryTemplate"
    )
    # By target language and kind of name, how a foreign name is written at its first mention.
    NAMES_FIRST_MENTION = Setting[dict[str, dict[str, str]]](FIRST_MENTION, dict)
    # How like a text must be to be suggested, in per cent.
    MEMORY_THRESHOLD = Setting(70, int, most=100)
    # Dotted paths of the styles that the page of a story's citations shows.
    CITATION_STYLES = Setting[list[str]](
        CITATIONS, list, leads_to="archive.site.citations.styles.CitationStyle"
    )
    # Whether search engines are to keep away: for a site that isn't the real one.
    ROBOTS_CLOSED = Setting(False, bool)
    # Further lines of robots.txt, for all robots or in groups of their own.
    ROBOTS_LINES = Setting[list[str]]([], list)
    # What crawlers may use the pages for, in robots.txt by contentsignals.org.
    CONTENT_SIGNALS = Setting[list[str]](
        [], list, words=[f"{use}={answer}" for use in SIGNALS for answer in ("yes", "no")]
    )
    # Whether text and data mining is reserved, by the TDM Reservation Protocol; None says nothing.
    TDM_RESERVATION = Setting[bool | None](None, bool)
    # Where the terms are on which mining is allowed.
    TDM_POLICY = Setting("", str)
    # IPTC's Data Mining property of public picture files, such as "DMI-PROHIBITED"; "" for none.
    DATA_MINING = Setting("", str, words=MINING)
    # Whether JSON-LD, JSON Lines and the dump say which paragraphs of a translation a machine has
    # drafted and a translator let stand.
    MACHINE_DRAFTS_TOLD = Setting(False, bool)
    # Whether each page of the tree is also there as Markdown, and llms.txt leads to them.
    MARKDOWN = Setting(True, bool)
    # Whether whole pages are cached for readers who aren't logged in.
    CACHE_PAGES = Setting(False, bool)
    # Which of the site's CACHES keeps them.
    CACHE_ALIAS = Setting("default", str)
    # How long an unchanged page is cached, in seconds.
    CACHE_SECONDS = Setting(24 * 60 * 60, int)
    # Patterns of parameters that only count visits; pages never see them.
    CACHE_IGNORED_PARAMETERS = Setting[list[str]](CAMPAIGN_PARAMETERS, list)
    # What caches in front of the site ask for again after any change of a story.
    CACHE_PURGED_PATHS = Setting[list[str]](["/sitemap.xml", "/sitemap-news.xml"], list)
    # The addresses that mean a whole site to the cache in front of it, after a change of its frame.
    # CloudFront and Azure understand "/*"; how Varnish does is in docs/caching.md.
    CACHE_PURGED_WHOLE = Setting[list[str]](["/*"], list)
    # The header in which the site's own proxy gives a reader's address: "X-Forwarded-For".
    # "" if there is no proxy in front of the site: any client can write any header.
    CLIENT_ADDRESS_HEADER = Setting("", str)
    # The hosts whose players readers may load into a story; other embeds are links.
    EMBED_HOSTS = Setting[list[str]](PLAYERS, list)
    # Sources that the content security policy allows besides, by directive.
    CSP_SOURCES = Setting[dict[str, list[str]]]({}, dict)
    # Whether browsers only report what the policy forbids, and load it nevertheless.
    CSP_REPORT_ONLY = Setting(False, bool)
    # Whether pages of the site's own get the policy, too.
    CSP_EVERYWHERE = Setting(False, bool)
    # How often one client may search in a minute; 0 for no limit.
    SEARCHES_PER_MINUTE = Setting(120, int, least=0)
    # How many proxies of the site's own add to that header, one after the other.
    TRUSTED_PROXIES = Setting(1, int)

    # Dotted paths of the desk's checks, in order; None for all that are known.
    DESK_CHECKS = Setting[list[str] | None](None, list, leads_to="archive.qa.base.Check")
    # How long, in seconds, the browsers of readers who aren't logged in keep a page.
    CACHE_MAX_AGE = Setting(0, int, least=0)
    # How long, in seconds, caches between them and the site do.
    CACHE_SHARED_MAX_AGE = Setting(0, int, least=0)
    # For how many seconds more those may give the old page while they ask for a new one.
    CACHE_STALE_SECONDS = Setting(0, int, least=0)

    @property
    def PURGES_CACHES(self) -> bool:  # noqa: N802
        """Whether Wagtail's settings name a cache in front of the site that is told of changes."""
        names = ("WAGTAILFRONTENDCACHE", "WAGTAILFRONTENDCACHE_LOCATION")
        return any(getattr(django_settings, name, None) for name in names)

    @property
    def LANGUAGES(self) -> tuple[str, str]:  # noqa: N802
        """The codes of the archive's two languages, the first one its default.

        Those of the translated columns: MODELTRANSLATION_LANGUAGES, or else LANGUAGES. A check says
        so if they aren't two; until then the archive has its default pair.
        """
        codes = [code for code, _name in django_settings.LANGUAGES]
        chosen = list(getattr(django_settings, "MODELTRANSLATION_LANGUAGES", codes))
        return (chosen[0], chosen[1]) if len(set(chosen)) == len(chosen) == 2 else PAIR

    def cache_control(self, most: int | None = None) -> str:
        """The header for readers who aren't logged in, from the three numbers of seconds.

        With `most`, for a page that is another after so many.
        """
        own, shared, stale = self.CACHE_MAX_AGE, self.CACHE_SHARED_MAX_AGE, self.CACHE_STALE_SECONDS
        if not own and not shared:
            return "public, no-cache"
        if most is not None:
            return f"public, max-age={min(own, most)}, s-maxage={min(shared, most)}"
        late = f", stale-while-revalidate={stale}" if stale else ""
        return f"public, max-age={own}, s-maxage={shared}{late}"


settings = ArchiveSettings()


def every_setting() -> Iterable[Setting[Any]]:
    """All settings of the archive and of the apps around it that the site has, by app."""
    groups = (vars(group).values() for group in SettingGroup.groups)
    return [one for one in chain(*groups) if isinstance(one, Setting)]

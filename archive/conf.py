"""The app's settings: `ARCHIVE_*` in the site's settings, each with its default here."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.conf import settings as django_settings

CHINA_DAILY = "archive.intake.formats.china_daily.ChinaDailyText"
# As Chinese papers do: a foreigner's own name once, in brackets; places and the rest without.
FIRST_MENTION = {"zh-hans": {"person": "{name}（{original}）"}}

CAMPAIGN_PARAMETERS = ["utm_*", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "igshid", "spm"]
Value = TypeVar("Value")


class Setting(Generic[Value]):
    """A setting's default, and what a site's own value is turned into."""

    def __init__(self, default: Value, convert: Callable[[Any], Value]) -> None:
        self.default, self._convert = default, convert

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = f"ARCHIVE_{name}"

    def __get__(self, instance: object, owner: type) -> Value:
        return self._convert(getattr(django_settings, self.name, self.default))


def _text(value: object) -> str:
    return str(value or "")


def _given(value: Any) -> Any:
    """As the site gives it: a check looks at what is in it."""
    return value


class ArchiveSettings:
    """Read lazily, so that tests and sites can override; a wrong one is a system check."""

    # Dotted paths of the source formats that intake tries, in order.
    INTAKE_FORMATS = Setting[list[str]]([CHINA_DAILY], list)
    # The largest source file that intake reads, in bytes.
    INTAKE_MAX_BYTES = Setting(5 * 1024 * 1024, int)
    # The largest file of translations that the desk imports, in bytes, unpacked.
    DESK_MAX_BYTES = Setting(10 * 1024 * 1024, int)
    # How many stories a list page shows.
    PAGE_SIZE = Setting(20, int)
    # The dotted path of the search's engine; "" for the database's own.
    SEARCH_ENGINE = Setting("", _text)
    # The engine's own arguments, such as the addresses of its servers. See its module.
    SEARCH_OPTIONS = Setting[dict[str, Any]]({}, _given)
    # The dotted path of the engine that drafts translations; "" for none.
    MACHINE_ENGINE = Setting("", _text)
    # The engine's own: its key, its address, how long to wait. See its module.
    MACHINE_OPTIONS = Setting[dict[str, Any]]({}, _given)
    # Formats in which pictures are offered in addition to JPEG and PNG: "avif", "webp".
    # How strongly they are packed is said by Wagtail's own WAGTAILIMAGES_AVIF_QUALITY,
    # WAGTAILIMAGES_WEBP_QUALITY and WAGTAILIMAGES_JPEG_QUALITY.
    PICTURE_FORMATS = Setting[list[str]](["avif", "webp"], list)
    # Whether browsers keep the pages that were read, to be read without a connection.
    OFFLINE = Setting(True, bool)
    # How many of the pages read last a browser keeps.
    OFFLINE_PAGES = Setting(100, int)
    # How many of the pictures seen last a browser keeps.
    OFFLINE_PICTURES = Setting(200, int)
    # Dotted path of a callable that knows how often stories are read; "" for none.
    # It takes a list of page ids and gives {id: reads}; ids that it doesn't know may be missing.
    READS = Setting("", _text)
    # By target language and kind of name, how a foreign name is written at its first mention.
    NAMES_FIRST_MENTION = Setting[dict[str, dict[str, str]]](FIRST_MENTION, _given)
    # How like a text must be to be suggested, in per cent.
    MEMORY_THRESHOLD = Setting(70, int)
    # The largest TMX file that the admin takes, in bytes; `import_tmx` takes any.
    MEMORY_UPLOAD_MAX_BYTES = Setting(10 * 1024 * 1024, int)
    # The archive's name for harvesters; "" for its front page's name.
    OAI_NAME = Setting("", _text)
    # The domain in harvesters' identifiers, which must never change; "" for the site's own.
    OAI_NAMESPACE = Setting("", _text)
    # How many records a harvester gets at a time.
    OAI_PAGE_SIZE = Setting(100, int)
    # How long a harvester may wait before it goes on with a list.
    OAI_TOKEN_SECONDS = Setting(24 * 60 * 60, int)
    # Whether search engines are to keep away: for a site that isn't the real one.
    ROBOTS_CLOSED = Setting(False, bool)
    # Further lines of robots.txt, for all robots or in groups of their own.
    ROBOTS_LINES = Setting[list[str]]([], list)
    # Whether whole pages are cached for readers who aren't logged in.
    CACHE_PAGES = Setting(False, bool)
    # Which of the site's CACHES keeps them.
    CACHE_ALIAS = Setting("default", _text)
    # How long an unchanged page is cached, in seconds.
    CACHE_SECONDS = Setting(24 * 60 * 60, int)
    # Patterns of parameters that only count visits; pages never see them.
    CACHE_IGNORED_PARAMETERS = Setting[list[str]](CAMPAIGN_PARAMETERS, list)
    # What caches in front of the site ask for again after any change of a story.
    CACHE_PURGED_PATHS = Setting[list[str]](["/sitemap.xml", "/sitemap-news.xml"], list)
    # The addresses that mean a whole site to the cache in front of it, after a change of its frame.
    # CloudFront and Azure understand "/*"; how Varnish does is in docs/caching.md.
    CACHE_PURGED_WHOLE = Setting[list[str]](["/*"], list)
    # For how many days the address that a reader left with a report is kept.
    REPORT_EMAIL_DAYS = Setting(90, int)
    # The header in which the site's own proxy gives a reader's address: "X-Forwarded-For".
    # "" if there is no proxy in front of the site: any client can write any header.
    CLIENT_ADDRESS_HEADER = Setting("", _text)

    @property
    def MAP_TILES(self) -> dict[str, str] | None:  # noqa: N802
        """Map tiles for the map of ties: `url` and `attribution`; None for the land alone.

        Other people's servers see who looks at the map; the land in the package makes no requests.
        """
        tiles: dict[str, str] | None = getattr(django_settings, "ARCHIVE_MAP_TILES", None)
        return tiles or None

    @property
    def DESK_CHECKS(self) -> list[str] | None:  # noqa: N802
        """Dotted paths of the desk's checks, in order; None for `archive.qa.runner.CHECKS`."""
        chosen = getattr(django_settings, "ARCHIVE_DESK_CHECKS", None)
        return None if chosen is None else list(chosen)

    @property
    def OAI_ADMIN_EMAILS(self) -> list[str]:  # noqa: N802
        """The addresses that harvesters may write to; one at least."""
        chosen = getattr(django_settings, "ARCHIVE_OAI_ADMIN_EMAILS", None)
        return list(chosen or [django_settings.DEFAULT_FROM_EMAIL])

    @property
    def CACHE_CONTROL(self) -> str:  # noqa: N802
        """The header for readers who aren't logged in, from three numbers of seconds.

        `CACHE_MAX_AGE` is for their browsers, `CACHE_SHARED_MAX_AGE` for caches between, and
        `CACHE_STALE_SECONDS` for how long those may give an old page while they ask for a new one.
        """
        own, shared, stale = (
            int(getattr(django_settings, f"ARCHIVE_{name}", 0))
            for name in ("CACHE_MAX_AGE", "CACHE_SHARED_MAX_AGE", "CACHE_STALE_SECONDS")
        )
        if not own and not shared:
            return "public, no-cache"
        late = f", stale-while-revalidate={stale}" if stale else ""
        return f"public, max-age={own}, s-maxage={shared}{late}"


settings = ArchiveSettings()

"""The app's settings: `ARCHIVE_*` in the site's settings, each with its default here."""

from typing import Any

from django.conf import settings as django_settings

CHINA_DAILY = "archive.intake.formats.china_daily.ChinaDailyText"
# As Chinese papers do: a foreigner's own name once, in brackets; places and the rest without.
FIRST_MENTION = {"zh-hans": {"person": "{name}（{original}）"}}

CAMPAIGN_PARAMETERS = ["utm_*", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "igshid", "spm"]


class ArchiveSettings:
    """Read lazily, so that tests and sites can override; a wrong one is a system check."""

    @property
    def INTAKE_FORMATS(self) -> list[str]:  # noqa: N802
        """Dotted paths of the source formats that intake tries, in order."""
        return list(self._get("INTAKE_FORMATS", [CHINA_DAILY]))

    @property
    def INTAKE_MAX_BYTES(self) -> int:  # noqa: N802
        """The largest source file that intake reads, in bytes."""
        return int(self._get("INTAKE_MAX_BYTES", 5 * 1024 * 1024))

    @property
    def DESK_MAX_BYTES(self) -> int:  # noqa: N802
        """The largest file of translations that the desk takes in, in bytes, unpacked."""
        return int(self._get("DESK_MAX_BYTES", 10 * 1024 * 1024))

    @property
    def PAGE_SIZE(self) -> int:  # noqa: N802
        """How many stories a list page shows."""
        return int(self._get("PAGE_SIZE", 20))

    @property
    def SEARCH_ENGINE(self) -> str:  # noqa: N802
        """The dotted path of the search's engine; "" for the database's own."""
        return str(self._get("SEARCH_ENGINE", "") or "")

    @property
    def SEARCH_OPTIONS(self) -> dict[str, Any]:  # noqa: N802
        """The engine's own arguments, such as the addresses of its servers. See its module."""
        options: dict[str, Any] = self._get("SEARCH_OPTIONS", {})
        return options

    @property
    def MACHINE_ENGINE(self) -> str:  # noqa: N802
        """The dotted path of the engine that drafts translations; "" for none."""
        return str(self._get("MACHINE_ENGINE", "") or "")

    @property
    def MACHINE_OPTIONS(self) -> dict[str, Any]:  # noqa: N802
        """The engine's own: its key, its address, how long to wait. See its module."""
        options: dict[str, Any] = self._get("MACHINE_OPTIONS", {})
        return options

    @property
    def MAP_TILES(self) -> dict[str, str] | None:  # noqa: N802
        """Map tiles for the map of ties: `url` and `attribution`; None for the land alone.

        Other people's servers see who looks at the map; the land in the package asks nobody.
        """
        tiles: dict[str, str] | None = self._get("MAP_TILES", None)
        return tiles or None

    @property
    def PICTURE_FORMATS(self) -> list[str]:  # noqa: N802
        """Formats in which pictures are offered beside JPEG and PNG: "avif", "webp".

        How strongly they are packed is said by Wagtail's own WAGTAILIMAGES_AVIF_QUALITY,
        WAGTAILIMAGES_WEBP_QUALITY and WAGTAILIMAGES_JPEG_QUALITY.
        """
        return list(self._get("PICTURE_FORMATS", ["avif", "webp"]))

    @property
    def OFFLINE(self) -> bool:  # noqa: N802
        """Whether browsers keep the pages that were read, to be read without a connection."""
        return bool(self._get("OFFLINE", True))

    @property
    def OFFLINE_PAGES(self) -> int:  # noqa: N802
        """How many of the pages read last a browser keeps."""
        return int(self._get("OFFLINE_PAGES", 100))

    @property
    def OFFLINE_PICTURES(self) -> int:  # noqa: N802
        """How many of the pictures seen last a browser keeps."""
        return int(self._get("OFFLINE_PICTURES", 200))

    @property
    def READS(self) -> str:  # noqa: N802
        """Dotted path of a callable that knows how often stories are read; "" for none.

        It takes a list of page ids and gives {id: reads}; ids that it doesn't know may be missing.
        """
        return str(self._get("READS", ""))

    @property
    def DESK_CHECKS(self) -> list[str] | None:  # noqa: N802
        """Dotted paths of the desk's checks, in order; None for those of `qa.defaults`."""
        chosen = self._get("DESK_CHECKS", None)
        return None if chosen is None else list(chosen)

    @property
    def NAMES_FIRST_MENTION(self) -> dict[str, dict[str, str]]:  # noqa: N802
        """By target language and kind of name, how a foreign name stands at its first mention."""
        patterns: dict[str, dict[str, str]] = self._get("NAMES_FIRST_MENTION", FIRST_MENTION)
        return patterns

    @property
    def MEMORY_THRESHOLD(self) -> int:  # noqa: N802
        """How like a text must be to be suggested, in per cent."""
        return int(self._get("MEMORY_THRESHOLD", 70))

    @property
    def MEMORY_UPLOAD_MAX_BYTES(self) -> int:  # noqa: N802
        """The largest TMX file that the admin takes, in bytes; `import_tmx` takes any."""
        return int(self._get("MEMORY_UPLOAD_MAX_BYTES", 10 * 1024 * 1024))

    @property
    def OAI_NAME(self) -> str:  # noqa: N802
        """What harvesters are told that the archive is called; "" for its front page's name."""
        return str(self._get("OAI_NAME", "") or "")

    @property
    def OAI_NAMESPACE(self) -> str:  # noqa: N802
        """The domain in harvesters' identifiers, which must never change; "" for the site's own."""
        return str(self._get("OAI_NAMESPACE", "") or "")

    @property
    def OAI_ADMIN_EMAILS(self) -> list[str]:  # noqa: N802
        """Whom harvesters may write to; one at least."""
        default = [django_settings.DEFAULT_FROM_EMAIL]
        return list(self._get("OAI_ADMIN_EMAILS", default) or default)

    @property
    def OAI_PAGE_SIZE(self) -> int:  # noqa: N802
        """How many records a harvester gets at a time."""
        return int(self._get("OAI_PAGE_SIZE", 100))

    @property
    def OAI_TOKEN_SECONDS(self) -> int:  # noqa: N802
        """How long a harvester may wait before it goes on with a list."""
        return int(self._get("OAI_TOKEN_SECONDS", 24 * 60 * 60))

    @property
    def ROBOTS_CLOSED(self) -> bool:  # noqa: N802
        """Whether search engines are to keep away: for a site that isn't the real one."""
        return bool(self._get("ROBOTS_CLOSED", False))

    @property
    def ROBOTS_LINES(self) -> list[str]:  # noqa: N802
        """Further lines of robots.txt, for all robots or in groups of their own."""
        return list(self._get("ROBOTS_LINES", []))

    @property
    def CACHE_PAGES(self) -> bool:  # noqa: N802
        """Whether whole pages are kept for readers who aren't logged in."""
        return bool(self._get("CACHE_PAGES", False))

    @property
    def CACHE_ALIAS(self) -> str:  # noqa: N802
        """Which of the site's CACHES keeps them."""
        return str(self._get("CACHE_ALIAS", "default"))

    @property
    def CACHE_SECONDS(self) -> int:  # noqa: N802
        """How long a page is kept that nobody changes."""
        return int(self._get("CACHE_SECONDS", 24 * 60 * 60))

    @property
    def CACHE_IGNORED_PARAMETERS(self) -> list[str]:  # noqa: N802
        """Patterns of parameters that only count visits; pages never see them."""
        return list(self._get("CACHE_IGNORED_PARAMETERS", CAMPAIGN_PARAMETERS))

    @property
    def CACHE_PURGED_PATHS(self) -> list[str]:  # noqa: N802
        """What caches in front of the site ask for again after any change of a story."""
        return list(self._get("CACHE_PURGED_PATHS", ["/sitemap.xml", "/sitemap-news.xml"]))

    @property
    def CACHE_PURGED_WHOLE(self) -> list[str]:  # noqa: N802
        """What stands for all of a site to the cache in front of it, after a change of its frame.

        CloudFront and Azure understand "/*"; how Varnish does is in docs/caching.md.
        """
        return list(self._get("CACHE_PURGED_WHOLE", ["/*"]))

    @property
    def CACHE_CONTROL(self) -> str:  # noqa: N802
        """The header for readers who aren't logged in, from three numbers of seconds.

        `CACHE_MAX_AGE` is for their browsers, `CACHE_SHARED_MAX_AGE` for caches between, and
        `CACHE_STALE_SECONDS` for how long those may give an old page while they ask for a new one.
        """
        own, shared, stale = (
            int(self._get(name, 0))
            for name in ("CACHE_MAX_AGE", "CACHE_SHARED_MAX_AGE", "CACHE_STALE_SECONDS")
        )
        if not own and not shared:
            return "public, no-cache"
        late = f", stale-while-revalidate={stale}" if stale else ""
        return f"public, max-age={own}, s-maxage={shared}{late}"

    @property
    def REPORT_EMAIL_DAYS(self) -> int:  # noqa: N802
        """For how many days the address that a reader left with a report is kept."""
        return int(self._get("REPORT_EMAIL_DAYS", 90))

    @property
    def CLIENT_ADDRESS_HEADER(self) -> str:  # noqa: N802
        """The header in which the site's own proxy gives a reader's address: "X-Forwarded-For".

        "" where no proxy stands before the site: whoever asks may write any header.
        """
        return str(self._get("CLIENT_ADDRESS_HEADER", "") or "")

    def _get(self, name: str, default: Any) -> Any:
        return getattr(django_settings, f"ARCHIVE_{name}", default)


settings = ArchiveSettings()

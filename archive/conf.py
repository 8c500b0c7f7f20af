"""The app's settings: `ARCHIVE_*` in the site's settings, each with its default here."""

from typing import Any

from django.conf import settings as django_settings

CHINA_DAILY = "archive.intake.formats.china_daily.ChinaDailyText"
# As Chinese papers do: a foreigner's own name once, in brackets; places and the rest without.
FIRST_MENTION = {"zh-hans": {"person": "{name}（{original}）"}}


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

    def _get(self, name: str, default: Any) -> Any:
        return getattr(django_settings, f"ARCHIVE_{name}", default)


settings = ArchiveSettings()

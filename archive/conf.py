"""The app's settings: `ARCHIVE_*` in the site's settings, each with its default here."""

from typing import Any

from django.conf import settings as django_settings

CHINA_DAILY = "archive.intake.formats.china_daily.ChinaDailyText"


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
    def PAGE_SIZE(self) -> int:  # noqa: N802
        """How many stories a list page shows."""
        return int(self._get("PAGE_SIZE", 20))

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

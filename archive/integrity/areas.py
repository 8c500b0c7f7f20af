"""All areas, in the order in which one rests on another; those of apps come last."""

from archive.integrity.base import ArchiveArea
from archive.integrity.evidence import MediaArea, TiesArea
from archive.integrity.followers import (
    FollowersArea,
    HarvestArea,
    MemoryArea,
    QueueArea,
    SearchArea,
)
from archive.integrity.pages import RevisionsArea, TreeArea
from archive.integrity.translations import CountsArea, TextsArea, TranslationsArea
from archive.integrity.wagtail_indexes import AdminSearchArea, ReferencesArea
from archive.registry import registered

_AREAS: tuple[ArchiveArea, ...] = (
    TreeArea(),
    RevisionsArea(),
    TranslationsArea(),
    TextsArea(),
    CountsArea(),
    FollowersArea(),
    SearchArea(),
    AdminSearchArea(),
    MemoryArea(),
    HarvestArea(),
    QueueArea(),
    ReferencesArea(),
    MediaArea(),
    TiesArea(),
)


def areas() -> dict[str, ArchiveArea]:
    """By what each is asked for by on the command line."""
    return {one.name: one for one in (*_AREAS, *registered("integrity_area", ArchiveArea))}

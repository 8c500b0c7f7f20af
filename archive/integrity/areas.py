"""All areas, in the order in which one rests on another."""

from archive.integrity.base import ArchiveArea
from archive.integrity.evidence import MediaArea, TiesArea
from archive.integrity.followers import (
    FollowersArea,
    HarvestArea,
    MemoryArea,
    QueueArea,
    RelatedArea,
    ReprintsArea,
    SearchArea,
)
from archive.integrity.pages import RevisionsArea, TreeArea
from archive.integrity.translations import CountsArea, TextsArea, TranslationsArea
from archive.integrity.wagtail_indexes import AdminSearchArea, ReferencesArea

AREAS: dict[str, ArchiveArea] = {
    area.name: area
    for area in (
        TreeArea(),
        RevisionsArea(),
        TranslationsArea(),
        TextsArea(),
        CountsArea(),
        FollowersArea(),
        SearchArea(),
        AdminSearchArea(),
        RelatedArea(),
        ReprintsArea(),
        MemoryArea(),
        HarvestArea(),
        QueueArea(),
        ReferencesArea(),
        MediaArea(),
        TiesArea(),
    )
}

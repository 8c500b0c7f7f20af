"""Façade: every model of the archive, for sites and tests."""

from archive.desk.models import (
    CheckWaiver,
    MemoryFingerprint,
    MemoryUnit,
    Segment,
    SegmentComment,
    Translation,
    Urgency,
)
from archive.entities.models import Entity, EntityName, Office
from archive.pages.models import (
    ArticleByline,
    ArticleEntity,
    ArticlePage,
    Author,
    HomePage,
    IssuePage,
    PublicationPage,
    RelatedArticle,
    SectionPage,
    YearPage,
)
from archive.photos.models import ArchiveImage, ArchiveRendition
from archive.search.models import SearchBits, SearchChange, SearchDocument, SearchName
from archive.ties.models import Tie, TieEvidence

__all__ = [
    "ArchiveImage",
    "ArchiveRendition",
    "ArticleByline",
    "ArticleEntity",
    "ArticlePage",
    "Author",
    "CheckWaiver",
    "Entity",
    "EntityName",
    "HomePage",
    "IssuePage",
    "MemoryFingerprint",
    "MemoryUnit",
    "Office",
    "PublicationPage",
    "RelatedArticle",
    "SearchBits",
    "SearchChange",
    "SearchDocument",
    "SearchName",
    "SectionPage",
    "Segment",
    "SegmentComment",
    "Tie",
    "TieEvidence",
    "Translation",
    "Urgency",
    "YearPage",
]

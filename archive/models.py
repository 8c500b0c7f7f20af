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
from archive.search.hints.models import DraftHint, HeadlineHint, NameHint, NameSlip, PictureGap
from archive.search.models import SearchDocument, SearchName
from archive.ties.models import Tie, TieEvidence

__all__ = [
    "ArchiveImage",
    "ArchiveRendition",
    "ArticleByline",
    "ArticleEntity",
    "ArticlePage",
    "Author",
    "CheckWaiver",
    "DraftHint",
    "Entity",
    "EntityName",
    "HeadlineHint",
    "HomePage",
    "IssuePage",
    "MemoryFingerprint",
    "MemoryUnit",
    "NameHint",
    "NameSlip",
    "Office",
    "PictureGap",
    "PublicationPage",
    "RelatedArticle",
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

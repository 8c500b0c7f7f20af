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
    RelatedBan,
    RelatedDue,
    RelatedStory,
    SectionPage,
    StoryTerm,
    YearPage,
)
from archive.photos.models import ArchiveImage, ArchiveRendition
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
    "Entity",
    "EntityName",
    "HomePage",
    "IssuePage",
    "MemoryFingerprint",
    "MemoryUnit",
    "Office",
    "PublicationPage",
    "RelatedArticle",
    "RelatedBan",
    "RelatedDue",
    "RelatedStory",
    "SearchDocument",
    "SearchName",
    "SectionPage",
    "Segment",
    "SegmentComment",
    "StoryTerm",
    "Tie",
    "TieEvidence",
    "Translation",
    "Urgency",
    "YearPage",
]

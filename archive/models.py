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
from archive.entities.models import (
    Double,
    Entity,
    EntityName,
    FormerKey,
    IdentityChange,
    Office,
)
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
    SuggestionCount,
    SuggestionDecision,
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
    "Double",
    "Entity",
    "EntityName",
    "FormerKey",
    "HomePage",
    "IdentityChange",
    "IssuePage",
    "MemoryFingerprint",
    "MemoryUnit",
    "Office",
    "PublicationPage",
    "RelatedArticle",
    "SearchDocument",
    "SearchName",
    "SectionPage",
    "Segment",
    "SegmentComment",
    "SuggestionCount",
    "SuggestionDecision",
    "Tie",
    "TieEvidence",
    "Translation",
    "Urgency",
    "YearPage",
]

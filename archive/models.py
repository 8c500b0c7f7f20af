"""Façade: every model of the archive, for sites and tests."""

from archive.desk.models import (
    CheckWaiver,
    MemoryFingerprint,
    MemoryUnit,
    ReaderReport,
    Segment,
    SegmentComment,
    Translation,
    Urgency,
)
from archive.entities.models import (
    Double,
    Entity,
    EntityName,
    IdentityChange,
    Office,
)
from archive.feeds.models import HarvestRecord
from archive.pages.caching.models import Change
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
    SuggestionCount,
    SuggestionDecision,
    YearPage,
)
from archive.photos.models import ArchiveImage, ArchiveRendition
from archive.search.hints.models import DraftHint, NameHint, NameSlip, PictureGap
from archive.search.models import SearchBits, SearchChange, SearchDocument, SearchName
from archive.ties.models import Tie, TieEvidence

__all__ = [
    "ArchiveImage",
    "ArchiveRendition",
    "ArticleByline",
    "ArticleEntity",
    "ArticlePage",
    "Author",
    "Change",
    "CheckWaiver",
    "Double",
    "DraftHint",
    "Entity",
    "EntityName",
    "HarvestRecord",
    "HomePage",
    "IdentityChange",
    "IssuePage",
    "MemoryFingerprint",
    "MemoryUnit",
    "NameHint",
    "NameSlip",
    "Office",
    "PictureGap",
    "PublicationPage",
    "RelatedArticle",
    "RelatedBan",
    "RelatedDue",
    "RelatedStory",
    "SearchBits",
    "SearchChange",
    "SearchDocument",
    "SearchName",
    "SectionPage",
    "Segment",
    "ReaderReport",
    "SegmentComment",
    "SuggestionCount",
    "SuggestionDecision",
    "StoryTerm",
    "Tie",
    "TieEvidence",
    "Translation",
    "Urgency",
    "YearPage",
]

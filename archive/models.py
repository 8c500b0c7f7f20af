"""Façade: every model of the archive, for sites and tests."""

from archive.desk.models import (
    CheckWaiver,
    DeskSetting,
    MemoryFingerprint,
    MemoryUnit,
    Notice,
    NoticeSetting,
    Segment,
    SegmentComment,
    StoryPair,
    Translation,
    Urgency,
)
from archive.entities.merging.models import Double
from archive.entities.models import Entity, EntityName, Office
from archive.entities.terms.models import GlossaryTerm
from archive.journal.models import JournalEntry
from archive.likeness.models import TextFingerprint
from archive.operations.models import CommandRun, WorkerBeat
from archive.photos.models import ArchiveImage, ArchiveRendition
from archive.publishing.models import FollowerDue
from archive.search.models import (
    DescriptionTerm,
    DraftHint,
    EvidenceTerm,
    NameHint,
    NameSlip,
    PictureGap,
    SearchBits,
    SearchChange,
    SearchDocument,
    SearchName,
)
from archive.site.caching.versions import Change
from archive.site.harvest_records.models import HarvestRecord
from archive.site.limits import Attempt
from archive.stories.models import (
    ArticleByline,
    ArticleEntity,
    ArticlePage,
    Author,
    HomePage,
    InformationPage,
    IssuePage,
    PublicationPage,
    RelatedArticle,
    SavedView,
    SectionPage,
    YearPage,
)
from archive.ties.models import Tie, TieEvidence

"""The pages room's models."""

from archive.pages.models.article import ArticlePage
from archive.pages.models.browse import (
    HomePage,
    IssuePage,
    PublicationPage,
    SectionPage,
    YearPage,
)
from archive.pages.models.relations import ArticleByline, ArticleEntity, Author, RelatedArticle
from archive.pages.models.suggestions import SuggestionCount, SuggestionDecision
from archive.pages.related.models import RelatedBan, RelatedDue, RelatedStory, StoryTerm

__all__ = [
    "ArticleByline",
    "ArticleEntity",
    "ArticlePage",
    "Author",
    "HomePage",
    "IssuePage",
    "PublicationPage",
    "RelatedArticle",
    "RelatedBan",
    "RelatedDue",
    "RelatedStory",
    "SectionPage",
    "SuggestionCount",
    "SuggestionDecision",
    "StoryTerm",
    "YearPage",
]

"""The models of stories, of what belongs to them, and of the pages that file them."""

from archive.stories.models.article import ArticlePage
from archive.stories.models.browse import (
    HomePage,
    InformationPage,
    IssuePage,
    PublicationPage,
    SectionPage,
    YearPage,
)
from archive.stories.models.relations import (
    ArticleByline,
    ArticleEntity,
    Author,
    RelatedArticle,
)
from archive.stories.models.views import SavedView

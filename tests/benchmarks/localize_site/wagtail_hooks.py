"""The list of topics, as long as Wagtail's list of pages."""

from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from tests.benchmarks.localize_site.models import Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    list_per_page = 50


register_snippet(TopicViewSet)

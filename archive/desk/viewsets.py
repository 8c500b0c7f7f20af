"""Translations in Wagtail's admin: listing, form, history, workflow, all Wagtail's own."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from archive.desk.models import Translation
from archive.desk.policies import policy
from archive.desk.queue.buttons import QueueButtonsMixin
from archive.desk.queue.columns import QUEUE_COLUMNS
from archive.desk.queue.filters import QueueFilterSet
from archive.desk.queue.views import QueueView


class TranslationEditView(QueueButtonsMixin, EditView):
    """The translator's screen."""


class TranslationViewSet(SnippetViewSet):
    model = Translation
    icon = "globe"
    menu_label = _("Translations")
    menu_order = 150
    add_to_admin_menu = True
    index_view_class = QueueView
    index_template_name = "archive/admin/queue/list.html"
    index_results_template_name = "archive/admin/queue/results.html"
    edit_view_class = TranslationEditView
    filterset_class = QueueFilterSet
    permission_policy = policy
    list_per_page = 50
    export_filename = "translations"
    copy_view_enabled = False
    list_display = ["article", *QUEUE_COLUMNS]

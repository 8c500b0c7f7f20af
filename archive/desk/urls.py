"""The desk's addresses in the admin, beside those of its snippet."""

from django.urls import include, path

from archive.desk.comments import (
    add_comment_view,
    people_view,
    reply_to_comment_view,
    resolve_comment_view,
)
from archive.desk.editor.shortcuts import set_shortcut_view
from archive.desk.editor.views import (
    add_term_view,
    exact_matches_view,
    open_translation_of,
    page_window,
    repetitions_view,
    save_segment,
    segment_rows,
    segment_sidebar,
    translated_page,
    undo_view,
)
from archive.desk.freshness.views import SourceChangesView
from archive.desk.memory.views import MemoryView, concordance
from archive.desk.notices.views import NoticesView, open_notice
from archive.desk.pairs.views import LinksView, PairsView, PairView
from archive.desk.pictures.views import PictureTextsView
from archive.desk.queue.other_texts import OtherTextsView
from archive.desk.queue.views import release, take
from archive.desk.waivers import findings_panel, unwaive_finding, waive_finding

other_texts_results = OtherTextsView.as_view(results_only=True)
urlpatterns = [
    path("of/<int:page_id>/", open_translation_of, name="open"),
    path("of/<int:page_id>/changes/", SourceChangesView.as_view(), name="changes"),
    path("<int:pk>/segments/", save_segment, name="save_segment"),
    path("<int:pk>/rows/", segment_rows, name="rows"),
    path("<int:pk>/sidebar/", segment_sidebar, name="sidebar"),
    path("<int:pk>/concordance/", concordance, name="concordance"),
    path("<int:pk>/page/", translated_page, name="page"),
    path("<int:pk>/window/", page_window, name="page_window"),
    path("<int:pk>/terms/", add_term_view, name="add_term"),
    path("<int:pk>/comments/", add_comment_view, name="add_comment"),
    path("<int:pk>/people/", people_view, name="people"),
    path("notices/", NoticesView.as_view(), name="notices"),
    path("notices/<int:pk>/", open_notice, name="notice"),
    path("comments/<int:pk>/reply/", reply_to_comment_view, name="reply_to_comment"),
    path("comments/<int:pk>/resolve/", resolve_comment_view, name="resolve_comment"),
    path("shortcuts/", set_shortcut_view, name="shortcuts"),
    path("<int:pk>/take/", take, name="take"),
    path("<int:pk>/release/", release, name="release"),
    path("<int:pk>/repetitions/", repetitions_view, name="repetitions"),
    path("<int:pk>/exact/", exact_matches_view, name="exact_matches"),
    path("<int:pk>/undo/<int:entry>/", undo_view, name="undo"),
    path("other-texts/", OtherTextsView.as_view(), name="other_texts"),
    path("other-texts/results/", other_texts_results, name="other_texts_results"),
    path("pictures/<int:pk>/", PictureTextsView.as_view(), name="picture_texts"),
    path("<int:pk>/findings/", findings_panel, name="findings"),
    path("<int:pk>/findings/waive/", waive_finding, name="waive_finding"),
    path("waivers/<int:pk>/take-back/", unwaive_finding, name="unwaive_finding"),
]

memory_urls = [
    path("", MemoryView.as_view(), name="search"),
]

pair_urls = [
    path("", PairsView.as_view(), name="list"),
    path("<int:pk>/", PairView.as_view(), name="pair"),
    path("links/<int:pk>/", LinksView.as_view(), name="links"),
]

admin_urls = [
    path("translation/pairs/", include((pair_urls, "archive_pairs"))),
    path("translation/memory/", include((memory_urls, "archive_memory"))),
    path("translation/", include((urlpatterns, "archive_translation"))),
]

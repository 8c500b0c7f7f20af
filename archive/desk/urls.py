"""The desk's addresses in the admin, beside those of its snippet."""

from django.urls import include, path

from archive.desk.comments.views import add_comment, resolve_comment
from archive.desk.segment_views import save_segment, segment_aids
from archive.desk.views import open_translation_of

urlpatterns = [
    path("of/<int:page_id>/", open_translation_of, name="open"),
    path("<int:pk>/segments/", save_segment, name="save_segment"),
    path("<int:pk>/aids/", segment_aids, name="aids"),
    path("<int:pk>/comments/", add_comment, name="add_comment"),
    path("comments/<int:pk>/resolve/", resolve_comment, name="resolve_comment"),
]

admin_urls = [path("translation/", include((urlpatterns, "archive_translation")))]

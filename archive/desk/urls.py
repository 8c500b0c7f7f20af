"""The desk's addresses in the admin, beside those of its snippet."""

from django.urls import include, path

from archive.desk.freshness.views import SourceChangesView
from archive.desk.machine.views import FillView, draft_segment
from archive.desk.views import open_translation_of

admin_urls = [
    path(
        "translation/",
        include(
            (
                [
                    path("of/<int:page_id>/", open_translation_of, name="open"),
                    path("of/<int:page_id>/changes/", SourceChangesView.as_view(), name="changes"),
                    path("<int:pk>/machine/", draft_segment, name="machine_draft"),
                    path("<int:pk>/machine/fill/", FillView.as_view(), name="machine_fill"),
                ],
                "archive_translation",
            )
        ),
    ),
]

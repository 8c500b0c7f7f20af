"""The desk's addresses in the admin, beside those of its snippet."""

from django.urls import include, path

from archive.desk.qa.urls import urlpatterns as qa_urls
from archive.desk.views import open_translation_of

admin_urls = [
    path(
        "translation/",
        include(
            (
                [path("of/<int:page_id>/", open_translation_of, name="open"), *qa_urls],
                "archive_translation",
            )
        ),
    ),
]

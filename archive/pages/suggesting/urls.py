"""The suggestions' addresses in the admin."""

from django.urls import include, path

from archive.pages.suggesting.report import StoriesThatWait
from archive.pages.suggesting.views import again, again_new, answer

urlpatterns = [
    path("new/", again_new, name="again_new"),
    path("<int:page_id>/", again, name="again"),
    path("<int:page_id>/answer/", answer, name="answer"),
    path("waiting/", StoriesThatWait.as_view(), name="report"),
    path("waiting/results/", StoriesThatWait.as_view(results_only=True), name="report_results"),
]

admin_urls = [path("suggestions/", include((urlpatterns, "archive_suggestions")))]

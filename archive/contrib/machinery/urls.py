"""The addresses of machine drafts in the admin."""

from django.urls import path

from archive.contrib.machinery.views import FillView, SecondReaderView, draft_segment, read_segment

urlpatterns = [
    path("<int:pk>/machine/", draft_segment, name="draft"),
    path("<int:pk>/machine/fill/", FillView.as_view(), name="fill"),
    path("<int:pk>/machine/read/", read_segment, name="read"),
    path("<int:pk>/machine/read-all/", SecondReaderView.as_view(), name="read_all"),
]

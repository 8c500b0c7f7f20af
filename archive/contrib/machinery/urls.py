"""The addresses of machine drafts in the admin."""

from django.urls import path

from archive.contrib.machinery.views import FillView, draft_segment

urlpatterns = [
    path("<int:pk>/machine/", draft_segment, name="draft"),
    path("<int:pk>/machine/fill/", FillView.as_view(), name="fill"),
]

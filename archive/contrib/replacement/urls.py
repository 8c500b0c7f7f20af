"""The addresses of this app in the admin."""

from django.urls import path

from archive.contrib.replacement.views import ReplaceView, replace_here

urlpatterns = [
    path("", ReplaceView.as_view(), name="replace_in_mine"),
    path("<int:pk>/", ReplaceView.as_view(), name="replace"),
    path("<int:pk>/here/", replace_here, name="replace_here"),
]

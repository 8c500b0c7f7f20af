"""The addresses of this app in the admin."""

from django.urls import path

from archive.contrib.exchange.views import import_translations, take_from_file

urlpatterns = [
    path("import/", import_translations, name="import"),
    path("<int:pk>/take-from-file/", take_from_file, name="take"),
]

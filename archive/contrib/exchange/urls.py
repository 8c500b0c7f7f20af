"""The addresses of this app in the admin."""

from django.urls import path

from archive.contrib.exchange.list_views import ImportGlossaryView, ImportTermsView
from archive.contrib.exchange.tool_files import (
    MemoryFilesView,
    export_memory,
    export_names,
    export_terms,
)
from archive.contrib.exchange.views import import_translations, take_from_file

urlpatterns = [
    path("import/", import_translations, name="import"),
    path("<int:pk>/take-from-file/", take_from_file, name="take"),
    path("memory/files/", MemoryFilesView.as_view(), name="memory"),
    path("memory/tmx/", export_memory, name="memory_tmx"),
    path("names/tbx/", export_names, name="names_tbx"),
    path("terms/tbx/", export_terms, name="terms_tbx"),
    path("names/import/", ImportGlossaryView.as_view(), name="import_glossary"),
    path("terms/import/", ImportTermsView.as_view(), name="import_terms"),
]

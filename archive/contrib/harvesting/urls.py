"""The addresses of OAI-PMH and of the dump, which are in no language."""

from django.urls import path

from archive.contrib.harvesting import dumps
from archive.contrib.harvesting.oai import oai

urlpatterns = [
    path("oai/", oai, name="archive_oai"),
    path(f"data/{dumps.FILE}", dumps.dump_file, name="archive_dump"),
    path(f"data/{dumps.SUM}", dumps.dump_checksum, name="archive_dump_checksum"),
]

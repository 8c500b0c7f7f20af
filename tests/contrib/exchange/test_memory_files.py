"""The memory as a file of translation tools, out and in: who may, and what becomes of a file."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from archive.models import MemoryUnit
from tests.factories import make_article, make_editor, make_translator, translate

pytestmark = pytest.mark.django_db

TMX = b"""<tmx version="1.4"><header srclang="en"/><body>
<tu><tuv xml:lang="en"><seg>port</seg></tuv><tuv xml:lang="zh"><seg>\xe6\xb8\xaf</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>alone</seg></tuv></tu></body></tmx>"""


def client_of(user: Any, *, may_import: bool = False) -> Client:
    if may_import:
        user.user_permissions.add(Permission.objects.get(codename="add_memoryunit"))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client() -> Client:
    return client_of(make_translator())


def shown(client: Client) -> str:
    return client.get(reverse("archive_exchange:memory")).content.decode()


def test_the_memory_leads_to_its_files(client):
    page = client.get(reverse("archive_memory:search")).content.decode()
    assert reverse("archive_exchange:memory") in page
    assert reverse("archive_exchange:memory_tmx") in shown(client)


def test_only_translators_may_download():
    outsider = client_of(make_editor())
    for name in ("memory", "memory_tmx"):
        response = outsider.get(reverse(f"archive_exchange:{name}"))
        assert response.status_code == 302
        assert response.url == reverse("wagtailadmin_home")


def test_the_whole_memory_can_be_downloaded(client):
    translate(make_article("Sister ports sign pact"), headline="友好港签约")
    response = client.get(reverse("archive_exchange:memory_tmx"))
    file = b"".join(response.streaming_content).decode()
    assert "Sister ports sign pact" in file
    assert 'filename="translation-memory.tmx"' in response["Content-Disposition"]


def upload(client: Client, content: bytes, name: str = "agency.tmx") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("archive_exchange:memory"), {"file": file})


def test_a_file_is_taken_in_by_those_who_have_the_right(client):
    assert "archive-memory__upload" not in shown(client)
    assert upload(client, TMX).status_code == 302
    assert not MemoryUnit.objects.exists()
    importer = client_of(make_translator("importer"), may_import=True)
    assert "archive-memory__upload" in shown(importer)
    page = upload(importer, TMX).content.decode()
    assert MemoryUnit.objects.get().text_en == "port"
    assert "1 new" in page
    assert "Unit 2, line 3: It has no Chinese text; its languages: en." in page


def test_a_file_that_is_none_or_too_large_gets_a_clear_answer(settings):
    importer = client_of(make_translator(), may_import=True)
    assert "begins with &lt;html&gt;" in upload(importer, b"<html/>").content.decode()
    response = importer.post(reverse("archive_exchange:memory"), {})
    assert "Choose a TMX file first." in response.content.decode()
    settings.ARCHIVE_MEMORY_UPLOAD_MAX_BYTES = 20
    page = upload(importer, TMX).content.decode()
    assert "agency.tmx has more than" in page
    assert "manage.py import_tmx" in page


@pytest.mark.exhaustive
def test_a_file_that_keeps_its_reader_busy_is_refused(settings):
    importer = client_of(make_translator(), may_import=True)
    settings.ARCHIVE_FILE_SECONDS = 1
    busy = b"<tmx><body>" + b"<tu/>" * 1_500_000 + b"</body></tmx>"
    assert "reading it takes more than 1 second" in upload(importer, busy).content.decode()
    del settings.ARCHIVE_FILE_SECONDS
    assert "1 new" in upload(importer, TMX).content.decode()


def test_what_is_whole_before_the_end_of_a_broken_file_goes_in():
    importer = client_of(make_translator(), may_import=True)
    page = upload(importer, TMX.replace(b"</body>", b"<tu>")).content.decode()
    assert MemoryUnit.objects.get().text_en == "port"
    assert "The file can&#x27;t be read" in page

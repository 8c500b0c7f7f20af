"""The memory's screen: who may see it, what a search shows, files in and out."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from archive.desk.memory.units import add_units, make_unit
from archive.models import ArticlePage, MemoryUnit
from archive.text.language import CHINESE, ENGLISH
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


@pytest.fixture
def article() -> ArticlePage:
    story = make_article("Sister ports sign pact")
    translate(story, headline="友好港签约")
    return story


def search(client: Client, words: str, **more: str) -> str:
    response = client.get(reverse("archive_memory:search"), {"words": words, **more})
    assert response.status_code == 200
    return response.content.decode()


def marks(page: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", page)


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("sister PORTS", ["Sister", "ports"]),
        ("友好港", ["友好港"]),
        ('"ports sign"', ["ports sign"]),
    ],
)
def test_words_of_either_language_are_found_and_marked(client, article, words, hits):
    page = search(client, words)
    assert marks(page) == hits
    assert "22 September 2015" in page
    assert reverse("archive_translation:open", args=[article.pk]) in page


def test_a_search_in_one_language_leaves_the_other_alone(client, article):
    assert marks(search(client, "港", language=ENGLISH)) == []
    assert marks(search(client, "港", language=CHINESE)) == ["港"]


def test_texts_are_shown_as_texts(client):
    add_units([make_unit(ENGLISH, "a <script>port</script>", "港")])
    page = search(client, "port")
    assert "&lt;script&gt;<mark>port</mark>" in page


@pytest.mark.parametrize("words", ["", "nowhere", '"', "%", "'"])
def test_a_search_without_a_hit_says_so(client, article, words):
    assert marks(search(client, words)) == []


def test_pages_follow_each_other_and_cost_the_same(client, django_assert_max_num_queries):
    add_units([make_unit(ENGLISH, f"port {n}", f"港{n}") for n in range(60)])
    search(client, "port")
    with django_assert_max_num_queries(12):
        first = search(client, "port")
    assert "p=2" in first
    with django_assert_max_num_queries(12):
        last = search(client, "port", p="3")
    assert (len(marks(first)), len(marks(last))) == (25, 10)
    assert "p=4" not in last
    assert len(marks(search(client, "port", p="x"))) == 25


def test_only_translators_may_search_and_download(article):
    outsider = client_of(make_editor())
    for name in ("search", "download"):
        response = outsider.get(reverse(f"archive_memory:{name}"))
        assert response.status_code == 302
        assert response.url == reverse("wagtailadmin_home")
    menu = outsider.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("archive_memory:search") not in menu


def test_translators_find_it_in_the_menu(client):
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("archive_memory:search") in menu


def test_the_whole_memory_can_be_downloaded(client, article):
    response = client.get(reverse("archive_memory:download"))
    file = b"".join(response.streaming_content).decode()
    assert "Sister ports sign pact" in file
    assert 'filename="translation-memory.tmx"' in response["Content-Disposition"]


def upload(client: Client, content: bytes, name: str = "agency.tmx") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("archive_memory:search"), {"file": file})


def test_a_file_is_taken_in_by_those_who_have_the_right(client):
    assert "archive-memory__upload" not in search(client, "")
    assert upload(client, TMX).status_code == 302
    assert not MemoryUnit.objects.exists()
    importer = client_of(make_translator("importer"), may_import=True)
    assert "archive-memory__upload" in search(importer, "")
    page = upload(importer, TMX).content.decode()
    assert MemoryUnit.objects.get().text_en == "port"
    assert "1 new" in page
    assert "Unit 2, line 3: It has no Chinese text; its languages: en." in page


def test_a_file_that_is_none_or_too_large_gets_a_clear_answer(settings):
    importer = client_of(make_translator(), may_import=True)
    assert "begins with &lt;html&gt;" in upload(importer, b"<html/>").content.decode()
    response = importer.post(reverse("archive_memory:search"), {})
    assert "Choose a TMX file first." in response.content.decode()
    settings.ARCHIVE_MEMORY_UPLOAD_MAX_BYTES = 20
    page = upload(importer, TMX).content.decode()
    assert "agency.tmx has more than" in page
    assert "manage.py import_tmx" in page


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


def test_a_wrong_threshold_is_a_system_check(settings):
    from archive.checks import check_settings

    assert check_settings(None) == []
    for wrong in (0, 101, "70"):
        settings.ARCHIVE_MEMORY_THRESHOLD = wrong
        assert [one.id for one in check_settings(None)] == ["archive.E003"]

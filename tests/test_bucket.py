"""Pictures, documents and imports' files in a bucket; moto stands for the store."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model

from archive.contrib.backup.manifest import MEDIA
from archive.contrib.intake.batches.sources import keep_images
from archive.contrib.intake.documents import DocumentImage
from archive.contrib.intake.storage import private_storage
from archive.operations.health import find_health
from newsroom.settings import environment
from tests.factories import block, make_article, make_body, make_image
from tests.services.postgres import free_port

pytestmark = [pytest.mark.exhaustive, pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def store(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A store with two buckets, as the environment names them; `stop` takes it away."""
    import boto3  # moto takes a second to load: only where it is used
    from moto import server

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    running.start()
    address = f"http://127.0.0.1:{running._port}"
    # All of a process's servers have the same buckets.
    urlopen(Request(f"{address}/moto-api/reset", method="POST")).close()
    client = boto3.client("s3", endpoint_url=address, region_name="us-east-1")
    for bucket in ("media", "intake"):
        client.create_bucket(Bucket=bucket)
    monkeypatch.setenv("MEDIA", f"s3://media/site-1?endpoint_url={address}&region_name=us-east-1")
    monkeypatch.setenv("FILES", f"s3://intake?endpoint_url={address}&region_name=us-east-1")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": environment.media("MEDIA"),
        **environment.private_files("FILES"),
    }
    settings.ARCHIVE_INTAKE_STORAGE = "intake"
    settings.WAGTAILDOCS_SERVE_METHOD = "serve_view"

    def names(bucket: str) -> set[str]:
        return {one["Key"] for one in client.list_objects_v2(Bucket=bucket).get("Contents", [])}

    yield SimpleNamespace(names=names, stop=running.stop)
    running.stop()


def test_pictures_have_the_sites_own_addresses(store: SimpleNamespace, client: Client) -> None:
    image = make_image(credit="Li Ming", rights="© China Daily")
    rendition = image.get_rendition("width-32")
    assert {f"site-1/{image.file.name}", f"site-1/{rendition.file.name}"} <= store.names("media")
    assert rendition.url.startswith("/media/images/")
    body = make_body("Ships came.")
    picture = {"image": image.pk, "caption": "The port", "alt_text": "", "credit": ""}
    story = make_article("Port opens", body=[*body, block("image", picture)])
    story.save_revision().publish()
    page = client.get(story.url).content.decode()
    assert "/media/images/" in page
    assert "127.0.0.1" not in page, "Nobody's browser asks the store."


def test_a_document_is_given_by_the_site(store: SimpleNamespace, client: Client) -> None:
    file = ContentFile(b"%PDF-1.4 plan", "plan.pdf")
    document = get_document_model().objects.create(title="Plan", file=file)
    answer = client.get(reverse("wagtaildocs_serve", args=[document.pk, "plan.pdf"]))
    assert answer.status_code == 200
    assert b"".join(answer) == b"%PDF-1.4 plan"  # type: ignore[arg-type]


def test_an_imports_files_are_where_no_address_leads(store: SimpleNamespace) -> None:
    article = SimpleNamespace(images=(DocumentImage(name="a.jpg", data=b"jpeg"),))
    (kept,) = keep_images(article, 7)  # type: ignore[arg-type]
    assert store.names("intake") == {kept["file"]}
    assert not store.names("media")
    storage = private_storage()
    with storage.open(kept["file"]) as stream:
        assert stream.read() == b"jpeg"
    with pytest.raises(ValueError, match="nobody outside"):
        storage.url(kept["file"])


def test_a_backup_has_what_is_in_the_bucket(store: SimpleNamespace, tmp_path: Path) -> None:
    image = make_image(credit="Li Ming", rights="© China Daily")
    call_command("archive_backup", str(tmp_path / "backup"), verbosity=0)
    call_command("archive_backup", str(tmp_path / "backup"), "--verify", verbosity=0)
    kept = tmp_path / "backup" / MEDIA / image.file.name
    with default_storage.open(image.file.name) as stream:
        assert kept.read_bytes() == stream.read()


def test_a_store_that_is_gone_is_seen_and_pages_are_served(
    store: SimpleNamespace, client: Client
) -> None:
    image = make_image(credit="Li Ming", rights="© China Daily")
    story = make_article("Port opens", lead_image=image)
    story.save_revision().publish()
    assert "Port opens" in client.get(story.url).content.decode()
    assert find_health().storage
    store.stop()
    assert not find_health().storage
    assert "Port opens" in client.get(f"{story.url}?again=1").content.decode()

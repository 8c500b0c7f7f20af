"""Pictures are fetched from the old site only, within a size and a time."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from archive.contrib.intake import downloads
from archive.contrib.intake.checks import check_image_hosts
from archive.contrib.intake.downloads import Downloads, host_of, is_public
from archive.contrib.intake.records import IntakeError
from archive.models import ArchiveImage
from tests.contrib.transfer.exports import move, polylang_pair, the_story, write
from tests.factories import make_home


class OldSite(ThreadingHTTPServer):
    """Serves one file; `/away` redirects to `target`, `/slow` drips. `asked` are the paths."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), OldSiteHandler)
        self.host = f"127.0.0.1:{self.server_port}"
        self.file, self.target, self.asked = b"", "", list[str]()


class OldSiteHandler(BaseHTTPRequestHandler):
    server: OldSite

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(302 if self.path == "/away" else 200)
        if self.path == "/away":
            self.send_header("Location", self.server.target)
        self.end_headers()
        if self.path != "/slow":
            self.wfile.write(self.server.file)
            return
        for _time in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *_words: object) -> None:
        pass

    def handle(self) -> None:
        # The reader may have gone.
        with suppress(OSError):
            super().handle()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[OldSite]:
    # The tests' site is on this machine, which is no place to fetch anything from.
    monkeypatch.setattr(downloads, "is_public", lambda address: True)
    with OldSite() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.shutdown()


def pair_at(site: OldSite, folder: Path) -> str:
    write(folder, "")
    site.file = (folder / "uploads" / "quay.png").read_bytes()
    return polylang_pair().replace("https://harbour.example/wp-content", f"http://{site.host}")


@pytest.mark.django_db
@pytest.mark.sqlite
def test_pictures_come_from_the_export_s_own_site(tmp_path: Path, site: OldSite) -> None:
    make_home()
    base = f"<wp:base_blog_url>http://{site.host}/blog</wp:base_blog_url>"
    move(tmp_path, base + pair_at(site, tmp_path), media=None, download=True)
    assert site.asked == ["/uploads/quay.png"]
    assert the_story().lead_image == ArchiveImage.objects.get()


@pytest.mark.django_db
@pytest.mark.sqlite
def test_another_host_is_asked_only_if_it_is_named(tmp_path: Path, site: OldSite) -> None:
    make_home()
    pair = pair_at(site, tmp_path)
    out, error = move(tmp_path, pair, media=None, download=True)
    assert f"--download-from {site.host} allows it" in out
    assert "1 story: 1 taken over" in out
    assert (site.asked, error) == ([], "")
    move(tmp_path, pair, media=None, download_from=[site.host])
    assert the_story().lead_image == ArchiveImage.objects.get()


def test_a_redirect_leads_to_allowed_hosts_only(site: OldSite) -> None:
    site.file, reader = b"picture", Downloads([site.host], "%(address)s isn't on the old site")
    site.target = "/file"
    assert reader.read(f"http://{site.host}/away") == b"picture"
    for target in (f"http://localhost:{site.server_port}/secret", "file:///etc/passwd"):
        site.target = target
        with pytest.raises(IntakeError, match=r"isn't on the old site|is no web address"):
            reader.read(f"http://{site.host}/away")
    assert "/secret" not in site.asked
    site.target = "http://[::"
    with pytest.raises(IntakeError, match="/away: "):
        reader.read(f"http://{site.host}/away")
    site.target = "/away"
    with pytest.raises(IntakeError, match="too often"):
        reader.read(f"http://{site.host}/away")


def test_a_file_that_drips_in_or_is_too_large_is_given_up(
    site: OldSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Downloads([site.host], "%(address)s isn't on the old site")
    monkeypatch.setattr(downloads, "_SECONDS", 0)
    with pytest.raises(IntakeError, match="took longer"):
        reader.read(f"http://{site.host}/slow")
    monkeypatch.setattr(downloads, "_SECONDS", 60)
    monkeypatch.setattr(downloads, "_MAX_BYTES", 10)
    site.file = b"x" * 11
    with pytest.raises(IntakeError, match="larger than"):
        reader.read(f"http://{site.host}/file")


@pytest.mark.parametrize(
    ("address", "is_fine"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fd00::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.1.2.3", False),
        ("64:ff9b::a01:203", False),
    ],
)
def test_addresses_of_the_internet_are_public(address: str, is_fine: bool) -> None:
    assert is_public(address) is is_fine


def test_a_name_that_leads_into_the_private_network_is_not_asked() -> None:
    with OldSite() as server:
        reader = Downloads([f"localhost:{server.server_port}"], "")
        with pytest.raises(IntakeError, match="localhost is in a private network"):
            reader.read(f"http://localhost:{server.server_port}/file")
        # Nobody has come to the door.
        server.timeout = 0
        server.handle_request()
        assert server.asked == []


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("HTTPS://Harbour.Example:443/a b.png", "harbour.example"),
        ("http://harbour.example:8080/a", "harbour.example:8080"),
        ("http://harbour.example@evil.example/", "evil.example"),
        ("http://evil.example\\@harbour.example/", "evil.example"),
        ("file:///etc/passwd", ""),
        ("http://[::", ""),
        ("", ""),
    ],
)
def test_the_host_is_the_one_that_is_asked(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(("name", "count"), [("pictures.example", 0), ("", 1), ("a b/", 1)])
def test_a_setting_that_names_no_host_is_an_error(name: str, count: int, settings: Any) -> None:
    settings.ARCHIVE_INTAKE_IMAGE_HOSTS = [name]
    assert [one.id for one in check_image_hosts(None)] == ["archive.E037"] * count

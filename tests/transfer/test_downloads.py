"""Pictures are fetched from the old site only, within a size and a time."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from archive.intake.records import IntakeError
from archive.models import ArchiveImage
from archive.transfer import downloads
from archive.transfer.downloads import SiteDownloads, host_of
from tests.factories import make_home
from tests.transfer.exports import move, polylang_pair, the_story, write


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
    monkeypatch.setenv("NO_PROXY", "*")
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
    site.file, reader = b"picture", SiteDownloads([site.host])
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
    reader = SiteDownloads([site.host])
    monkeypatch.setattr(downloads, "_SECONDS", 0)
    with pytest.raises(IntakeError, match="took longer"):
        reader.read(f"http://{site.host}/slow")
    monkeypatch.setattr(downloads, "_SECONDS", 60)
    monkeypatch.setattr(downloads, "_MAX_BYTES", 10)
    site.file = b"x" * 11
    with pytest.raises(IntakeError, match="larger than"):
        reader.read(f"http://{site.host}/file")


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

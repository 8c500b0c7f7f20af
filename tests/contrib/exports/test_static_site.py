"""A site of files leads nowhere but to its own files and to the archive on the web."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import CommandError, call_command
from lxml import html

from archive.contrib.exports.formats import static_site
from tests.factories import (
    block,
    make_article,
    make_dossier,
    make_entity,
    make_home,
    make_image,
    translate,
)

ROOT = "http://localhost"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Of a dossier of two stories; one links to the other and has a picture."""
    make_home()
    other = make_article("Another story")
    picture = {"image": make_image(rights="© CD", credit="Li").pk, "caption": "Quay"}
    place = make_entity()
    links = f'<p><a linktype="page" id="{other.pk}">other</a>'
    links += f' <a linktype="entity" id="{place.pk}">Zhanjiang</a></p>'
    body = [
        block("paragraph", links), block("image", {**picture, "alt_text": "", "credit": ""})
    ]  # fmt: skip
    story = make_article("The port", body=body)
    translate(story, headline="港口")
    make_dossier("ports", [("story", story.pk), ("story", other.pk)])
    options: dict[str, Any] = {"format": "site", "page": "ports", "verbosity": 0}
    call_command("export_stories", output=tmp_path / "site", **options)
    return tmp_path / "site"


def addresses(file: Path) -> list[str]:
    page = html.document_fromstring(file.read_text("utf-8"))
    return [address for _element, _name, address, _at in page.iterlinks()]


@pytest.mark.django_db
def test_all_that_a_page_needs_lies_beside_it(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == 1 + 2 + 2 * 2 + 2

    for file in pages:
        for address in addresses(file):
            said = urlsplit(address)
            if said.scheme:
                assert address.startswith((f"{ROOT}/", "data:")), (file, address)
            elif said.path:
                assert (file.parent / unquote(said.path)).is_file(), (file, address)
    assert {one.suffix for one in site.rglob("*.*") if one.is_file()} == {
        ".html", ".css", ".js", ".svg", ".woff2", ".jpg"
    }  # fmt: skip


@pytest.mark.django_db
def test_links_between_stories_stay_in_the_site(site: Path) -> None:
    (port,) = site.glob("en/*-the-port-*[0-9a-f].html")
    (other,) = site.glob("en/*-another-story-*.html")

    links = addresses(port)

    assert f"../en/{other.name}" in links
    assert f"{ROOT}/en/entities/zhanjiang/" in links
    both = port.name.replace(".html", ".both.html")
    assert {f"../en/{both}", f"../zh-hans/{port.name}"} <= set(links)


@pytest.mark.django_db
def test_both_texts_stand_side_by_side(site: Path) -> None:
    (both,) = site.glob("zh-hans/*.both.html")

    page = html.document_fromstring(both.read_text("utf-8"))

    assert page.get("lang") == "zh-Hans"
    assert "港口" in page.find_class("side")[0].text_content()
    assert page.find_class("other-headline")[0].text_content().strip() == "The port"


@pytest.mark.django_db
def test_lists_are_in_the_dossiers_order_in_both_languages(site: Path) -> None:
    page = html.document_fromstring((site / "zh-hans/index.html").read_text("utf-8"))

    assert page.findtext(".//h1") == "两座港口"
    found = [one.text_content().strip() for one in page.find_class("headline")]
    assert found == ["港口", "Another story"]


@pytest.mark.django_db
def test_more_stories_have_a_list_a_year(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(static_site, "MOST_LISTED", 0)
    make_home()
    make_article("The port")

    call_command("export_stories", format="site", output=tmp_path / "site", verbosity=0)

    assert "../en/2015.html" in addresses(tmp_path / "site/en/index.html")
    assert (tmp_path / "site/zh-hans/2015.html").is_file()


@pytest.mark.django_db
def test_a_site_has_no_drafts(tmp_path: Path) -> None:
    make_home()

    with pytest.raises(CommandError, match="choose another format for drafts"):
        call_command("export_stories", format="site", output=tmp_path / "s", drafts=True)

"""Pictures beside a story: which are its own, and their captions."""

import time
from pathlib import Path

import pytest

from archive.contrib.intake.companions import Companions
from archive.contrib.intake.containers import FoundFile, find
from archive.contrib.intake.documents import DocumentImage
from archive.contrib.intake.records import ParsedArticle, ParsedCaption
from archive.models import ArticlePage
from archive.photos.file_names import is_picture
from archive.stories.body import pictures
from tests.contrib.intake.batches.values import ANOTHER
from tests.contrib.intake.files import JPEG, captioned, zipped
from tests.contrib.intake.importing import import_paths, latest
from tests.contrib.intake.texts import ENGLISH
from tests.factories import make_home

CAPTION = "Containers wait at the port"


def beside(pictures: dict[str, bytes], *others: str) -> Companions:
    readers = {name: lambda most, data=data: data[:most] for name, data in pictures.items()}
    return Companions(readers, others)


def story(**fields: object) -> ParsedArticle:
    return ParsedArticle("port.txt", "en", "Port opens", **fields)


def names(article: ParsedArticle) -> list[str]:
    return [one.name for one in article.images]


def test_a_picture_that_the_story_refers_to_is_filled_in() -> None:
    images = tuple(
        DocumentImage(str(number), url=url)
        for number, url in enumerate(
            ["img/a%20b.jpg", "..\\img\\c.png", "http://x.org/d.jpg", "e.gif"]
        )
    )
    companions = beside(
        {"1998/img/a b.jpg": JPEG, "img/c.png": b"c", "x/D.jpg": b"d"}, "1998/p.txt"
    )
    found = companions.complete(story(images=images), "1998/p.txt").images
    assert [one.data for one in found] == [JPEG, b"c", b"d", b""]
    assert companions.unused() == []


def test_of_two_pictures_of_a_name_the_nearest_is_meant() -> None:
    companions = beside({"a/x/1.jpg": b"a", "b/x/1.jpg": b"b"})
    assert companions.beside("b/story.html")("photos/1.jpg") == b"b"
    assert companions.beside("b/story.html")("2.jpg") is None


def test_a_file_name_in_the_text_is_a_reference() -> None:
    article = story(text="Port opens\n[Photo: Port_1.JPG]\n图片（港口.png）")
    found = beside({"port_1.jpg": JPEG, "港口.png": JPEG, "c.jpg": JPEG}).complete(article, "p.txt")
    assert names(found) == ["port_1.jpg", "港口.png"]


@pytest.mark.parametrize(
    "picture", ["Port.jpg", "port-2.jpg", "port_02.jpg", "port (3).jpg", "port图1.jpg"]
)
def test_a_picture_is_named_after_the_storys_file(picture: str) -> None:
    companions = beside({f"1998/{picture}": JPEG, "1999/port.jpg": JPEG}, "1998/port.txt")
    assert names(companions.complete(story(), "1998/port.txt")) == [f"1998/{picture}"]


def test_a_numbered_storys_picture_is_not_its_neighbours() -> None:
    companions = beside({"port-2.jpg": JPEG}, "port.txt", "port-2.txt")
    assert names(companions.complete(story(), "port.txt")) == []
    assert names(companions.complete(story(), "port-2.txt")) == ["port-2.jpg"]


def test_a_caption_in_the_pictures_data_that_is_the_storys() -> None:
    pictures = {
        "1.jpg": captioned("Nothing like it at all"),
        "2.jpg": captioned(f"{CAPTION}.", "Li Na"),
    }
    captions = (ParsedCaption("Another one"), ParsedCaption(CAPTION, after=2))
    found = beside(pictures).complete(story(captions=captions), "p.txt")
    assert [(one.name, one.caption, one.credit) for one in found.images] == [
        ("2.jpg", f"{CAPTION}.", "Li Na")
    ]
    assert [one.image for one in found.captions] == ["", "2.jpg"]


def test_a_picture_without_words_takes_the_next_caption() -> None:
    captions = (ParsedCaption("One"), ParsedCaption("Two"))
    pictures = {"port-1.jpg": JPEG, "port-2.jpg": JPEG}
    found = beside(pictures, "port.txt").complete(story(captions=captions), "port.txt")
    assert [one.image for one in found.captions] == ["port-1.jpg", "port-2.jpg"]


def test_a_story_in_a_zip_takes_its_pictures(tmp_path: Path) -> None:
    path = tmp_path / "papers.zip"
    path.write_bytes(zipped({"a/port.txt": b"Port opens", "a/port.jpg": JPEG}))
    found = [
        (one.read(), names(one.complete(story())))
        for one in find([path])
        if isinstance(one, FoundFile)
    ]
    assert [(source.name, pictures) for source, pictures in found] == [("port.txt", ["a/port.jpg"])]


@pytest.mark.parametrize("is_zip", [False, True])
@pytest.mark.django_db
def test_a_command_keeps_the_picture_that_is_named_like_its_story(
    tmp_path: Path, is_zip: bool
) -> None:
    make_home()
    for text in (ENGLISH, ENGLISH.replace("port", "harbor")):
        members = {"a/port.txt": text.encode(), "a/port.jpg": JPEG, "b/gulls.txt": ANOTHER.encode()}
        for name, data in members.items():
            (tmp_path / "f" / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "f" / name).write_bytes(data)
        (tmp_path / "f.zip").write_bytes(zipped(members))
        assert "no story" not in import_paths(tmp_path / ("f.zip" if is_zip else "f"))
        story_ = ArticlePage.objects.get(headline_en="Port opens new route")
        assert [one.image.title for one in pictures(latest(story_).source("body"))] == ["port.jpg"]


@pytest.mark.django_db
def test_a_draft_says_all_that_holds_it_up(tmp_path: Path) -> None:
    make_home()
    (tmp_path / "port.txt").write_text(ENGLISH)
    (tmp_path / "port.jpg").write_bytes(JPEG)
    printed = import_paths(tmp_path, publish=True)
    assert "The picture “port.jpg” has no " in printed


def test_a_single_file_has_its_folder_beside_it(tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "port.jpg").write_bytes(JPEG)
    (tmp_path / "page.html").write_text("x")
    (one,) = find([tmp_path / "page.html"])
    assert isinstance(one, FoundFile)
    assert one.read().beside("img/port.jpg") == JPEG
    assert one.read().beside("../../etc/passwd") is None


def test_pictures_are_told_by_their_signature() -> None:
    assert is_picture(JPEG)
    assert is_picture(b"RIFF\x00\x00\x00\x00WEBPVP8 ")
    assert not is_picture(b"Port opens")


def test_a_referred_picture_is_not_added_twice() -> None:
    article = story(images=(DocumentImage("1", url="img/port.jpg"),), text="see port.jpg")
    found = beside({"img/port.jpg": JPEG}).complete(article, "port.txt")
    assert names(found) == ["1"]


@pytest.mark.exhaustive
def test_a_megabyte_without_a_name_takes_moments() -> None:
    companions = beside({"port.jpg": JPEG})
    for text in ("a" * 1_000_000, ".jpg" * 250_000, "a.jp" * 250_000):
        started = time.process_time()
        companions.complete(story(text=text), "p.txt")
        assert time.process_time() - started < 3

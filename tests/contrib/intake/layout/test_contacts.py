"""Contact lines: for editors only, so an address must not slip into the body."""

import pytest

from archive.contrib.intake.layout.contacts import Contact, read_contact
from tests.contrib.intake.texts import ENGLISH, paragraphs, parse


@pytest.mark.parametrize(
    ("label", "rest", "addresses"),
    [
        ("Contact the writer at", " a@example.com", ("a@example.com",)),
        (
            "Contact the writers at",
            " a@example.com and b@example.cn.",
            ("a@example.com", "b@example.cn"),
        ),
        (
            "contact the reporter via",
            " a@example.com; b@example.com",
            ("a@example.com", "b@example.com"),
        ),
        ("You may contact the writer at", " a@example.com", ("a@example.com",)),
        ("Contact the writer at", " 010-6491 0000", ("010-6491 0000",)),
        ("E-mail:", " a@example.com", ("a@example.com",)),
        ("", "a@example.com", ("a@example.com",)),
        ("", "010-6491 0000, a@example.com", ("010-6491 0000", "a@example.com")),
        (
            "Contact the writer at",
            " a@example.com or call (415) 555-0134.",
            ("a@example.com", "call (415) 555-0134"),
        ),
        ("", "Tel: 010-64910000 Email: a@example.com", ("Tel: 010-64910000", "a@example.com")),
        ("", "a@example.com | 010-64910000", ("a@example.com", "010-64910000")),
        ("联系作者：", "a@example.com 电话：010-64910000", ("a@example.com", "电话：010-64910000")),
        ("联系作者：", "a@example.com", ("a@example.com",)),
        ("作者邮箱：", "a@example.com、b@example.com", ("a@example.com", "b@example.com")),
        ("联系邮箱", " a@example.com", ("a@example.com",)),
    ],
)
def test_reads_a_contact_and_keeps_its_words(
    label: str, rest: str, addresses: tuple[str, ...]
) -> None:
    contact = read_contact(f"{label}{rest}")
    assert contact == Contact(addresses, label=label)


def test_a_row_of_figures_is_refused_at_once() -> None:
    assert read_contact("Contact the writer at " + "12 345 678 " * 180 + "@") is None


@pytest.mark.parametrize(
    "line", ["He wrote to a@example.com last year.", "他写信给 a@example.com。"]
)
def test_an_address_within_a_sentence_is_no_contact(line: str) -> None:
    assert read_contact(line) is None


def test_what_follows_the_address_is_kept() -> None:
    contact = read_contact("Contact the writer at a@example.com Zhao Lei helped.")
    assert contact is not None
    assert contact.rest == "Zhao Lei helped."


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Headline\nBy Li Na in Beijing lina@example.com\nOne.\nTwo.", "Li Na"),
        ("标题\n本报记者 李娜 lina@example.com\n第一段。\n第二段。", "李娜"),
    ],
)
def test_an_address_beside_the_byline_leaves_the_byline(text: str, name: str) -> None:
    article = parse(text)
    assert article.contact == "lina@example.com"
    assert [byline.name for byline in article.bylines] == [name]


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        ("Headline\nBy Li Na\nContact the writer at a@example.com", "One.", "Two."),
        ("Headline\nIt sums it up\nBy Li Na\na@example.com", "One.", "Two."),
        (
            "港口新建泊位\n两个泊位周一启用\n本报记者 李娜\n联系邮箱：a@example.com",
            "第一段。",
            "第二段。",
        ),
    ],
)
def test_a_contact_under_the_byline_does_not_end_the_story(
    head: str, first: str, second: str
) -> None:
    article = parse(f"{head}\n{first}\n{second}")
    assert (article.contact, paragraphs(article)) == ("a@example.com", [first, second])
    assert article.missing == []


def test_the_words_around_an_address_are_kept_and_hold_nothing_up() -> None:
    article = parse(ENGLISH)
    assert article.contact == "wangwei@example.com"
    assert article.unplaced == article.furniture == ("Contact the writer at",)
    assert article.warnings == ()


def test_several_contact_lines_are_joined() -> None:
    text = "Headline\nOne.\nTwo.\nContact the writer at a@example.com\nb@example.com"
    assert parse(text).contact == "a@example.com, b@example.com"


def test_addresses_beyond_the_fields_length_are_kept_for_the_editor() -> None:
    addresses = [f"{'x' * 60}{number}@example.com" for number in range(5)]
    article = parse("Headline\nOne.\nTwo.\nContact the writers at " + " and ".join(addresses))
    assert len(article.contact or "") <= 254
    assert article.unplaced == (*addresses[3:], "Contact the writers at")

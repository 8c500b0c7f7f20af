"""Which of a text's names is its paper: the likeliest by weights that are learnt."""

import pytest

from archive.contrib.intake.layout import papers
from tests.contrib.intake.layout_training import NamedText, learn_papers
from tests.contrib.intake.texts import parse

BODY = "\n".join(
    f"{start} the ferry to the island has been full on every day of the week since the spring."
    for start in ("Old Harbor says", "The captain adds", "The mayor knows", "Nobody denies")
)


BAY = "The Bay Ledger"


@pytest.mark.parametrize(
    ("text", "paper"),
    [
        (f"Harbor Gazette, May 3, 1999, p. 4\nFerry is full\n{BODY}", "Harbor Gazette"),
        (f"Ferry is full\nBy Li Na\n{BODY}\n© 2009 The Bay Ledger. All rights reserved.", BAY),
        (f"Ferry is full\nBy Li Na, Texas Tribune\n{BODY}", "Texas Tribune"),
        (f"Ferry is full\nBy Li Na\n{BODY}", None),
        (f"Ferry is full\nLI NA / CHINA DAILY\n{BODY}", None),
        (f"Ferry is full\n{BODY}\nLI NA / CHINA DAILY", None),
        (f"Ferry is full\n{BODY}\n王伟 / 中国日报", None),
        (f"Ferry is full\nPhoto by Li Na / Texas Tribune\n{BODY}", None),
        (f"Ferry is full\nChina Daily reporter Zhang Wei\n{BODY}", None),
    ],
)  # fmt: skip
def test_a_paper_is_named_where_papers_name_themselves(text: str, paper: str | None) -> None:
    article = parse(text)
    assert article.publication == paper
    assert article.fields["publication"].confidence > 0.5


@pytest.mark.parametrize("headline", ["FERRY IS FULL OF RICE", "Ferry Is Full"])
def test_a_headline_that_is_printed_twice_names_no_paper(headline: str) -> None:
    article = parse(f"{headline}\n{headline}\nBy Li Na\n{BODY}")
    assert (article.headline, article.publication) == (headline, None)
    assert (article.unplaced, article.missing) == ((headline,), [])


def test_what_names_have_in_common_with_right_ones_is_learnt() -> None:
    names = [papers.PaperName("Harbor Gazette", {"top"}), papers.PaperName("Sports", {"menu"})]
    weights = learn_papers([NamedText(names, [True, False, False])] * 20)
    choice = papers.choose_paper(names[::-1], weights)
    assert choice.paper == names[0]
    assert papers.choose_paper(names[1:], weights).paper is None


def test_probabilities_of_names_and_of_none_add_up() -> None:
    names = [papers.PaperName("Harbor Gazette", {"known", "top"}), papers.PaperName("Sports")]
    odds = papers.probabilities(names, papers.learnt_weights())
    assert len(odds) == 3
    assert sum(odds) == pytest.approx(1)


def test_a_line_of_the_papers_name_alone_waits_for_nobody() -> None:
    head = "The Hexham Courant\nFriday, March 8, 1968\nPage 7\n\nFLOOD WATER REACHES THE STATION"
    article = parse(f"{head}\nTwo hundred families moved\n\nBy Margaret Oates\n\n{BODY}")
    assert article.publication == "The Hexham Courant"
    assert article.unplaced == ()


CITED = "Sister Cities Sampler, October 6, 2014, page B2"
SUMMED = "Year   Trees   Parks\n2013   64   2\n2014   400   3\n"


@pytest.mark.parametrize(
    ("head", "origin", "paper"),
    [
        ("", "Source: Yakima City Council", None),
        ("", "Data source: Yakima City Council", None),
        (f"{CITED}\n", "Source: Yakima City Council", "Sister Cities Sampler"),
        ("", "Source: The Bay Ledger", BAY),
        ("", "资料来源：雅基马市议会", None),
        ("", "数据来源：雅基马市议会", None),
        ("", "来源：雅基马市议会", None),
    ],
)
@pytest.mark.parametrize("above", ["", SUMMED])
def test_whose_figures_a_text_has_is_no_paper_and_stays(
    head: str, origin: str, paper: str | None, above: str
) -> None:
    first, *rest = BODY.splitlines()
    below = "\n".join(rest)
    article = parse(f"Trees for Yakima\nBy Li Na\n{head}{first}\n{above}{origin}\n{below}")
    assert article.publication == paper
    if paper != BAY:
        assert origin in [block.text for block in article.blocks]


@pytest.mark.parametrize("origin", ["Source: Yakima City Council", "资料来源：雅基马市议会"])
def test_a_source_below_the_whole_text_waits_for_a_person(origin: str) -> None:
    article = parse(f"Trees for Yakima\nBy Li Na\n{BODY}\n{origin}")
    assert (article.publication, article.unplaced, article.furniture) == (None, (origin,), ())


def test_a_source_above_the_text_names_who_printed_it() -> None:
    head = "Trees for Yakima\nBy Li Na\nSource: Harbour Life\n"
    assert parse(f"{head}{BODY}").publication == "Harbour Life"
    assert parse(f"{head}{CITED}\n{BODY}").publication == "Sister Cities Sampler"

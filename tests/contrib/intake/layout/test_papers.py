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

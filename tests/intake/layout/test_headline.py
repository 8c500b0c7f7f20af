"""The headline is found below what a page prints above it."""

import pytest

from tests.intake.texts import paragraphs, parse

BODY = (
    "The bridge over Mill Creek opened again on Saturday, nine years after the flood.\n"
    "The county paid for the steel, and the planks came from a barn."
)


@pytest.mark.parametrize(
    "above",
    [
        "Knowledge Dies Quietly Here",
        "4 of 48 DOCUMENTS",
        "Perspectives / From the Readers\nMore to See",
        "View this email in your browser\nForward to a friend",
        "Bridge over Mill Creek opens again - The Creek Ledger",
    ],
)
def test_what_shares_no_word_with_the_text_is_no_headline(above: str) -> None:
    article = parse(f"{above}\nBridge over Mill Creek opens again\nBy Rosa Achter\n\n{BODY}")
    assert article.headline == "Bridge over Mill Creek opens again"


def test_a_headline_of_other_words_stands_above_its_standfirst() -> None:
    deck = (
        "The county has its bridge over Mill Creek again, and nobody knows what to complain about"
    )
    article = parse(f"A way back to the bread\n{deck}\nBy Rosa Achter\n\n{BODY}")
    assert (article.headline, article.standfirst) == ("A way back to the bread", deck)


def test_a_headline_without_a_word_of_the_text_is_less_than_sure() -> None:
    article = parse(f"Sense and sandwiches\n\n{BODY}")
    assert article.fields["headline"].confidence < 0.9


def test_running_text_is_no_headline_where_nothing_else_is_one() -> None:
    lines = [
        f"The {what} on the creek opened again on Saturday, nine years after a flood."
        for what in ("bridge", "mill by the bridge", "school", "old ferry house", "inn")
    ]
    article = parse("\n\n".join(lines))
    assert (article.headline, len(paragraphs(article))) == ("", 5)

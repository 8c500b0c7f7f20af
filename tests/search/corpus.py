"""Texts of real words, made by a seed: Chinese from a dictionary's words, English from a list."""

import random

from pypinyin.phrases_dict import phrases_dict

WORDS = sorted(word for word in phrases_dict if 2 <= len(word) <= 4)
PARTICLES = "的了在是和与有不也就都而及"
ENGLISH = [
    "city",
    "cities",
    "port",
    "ports",
    "agreement",
    "agreements",
    "sign",
    "signed",
    "signing",
    "trade",
    "trading",
    "partner",
    "mayor",
    "visit",
    "visited",
    "delegation",
    "friendly",
    "friendship",
    "harbour",
    "harbours",
    "ship",
    "shipping",
    "school",
    "students",
    "student",
    "teacher",
    "river",
    "bridge",
    "county",
    "province",
    "governor",
    "council",
    "export",
    "exports",
    "import",
    "company",
    "companies",
    "invest",
    "investment",
    "tourism",
    "culture",
    "museum",
    "festival",
    "music",
    "history",
    "histories",
    "of",
    "the",
    "a",
]


def chinese_text(rng: random.Random, characters: int = 400) -> str:
    parts: list[str] = []
    length = 0
    while length < characters:
        word = rng.choice(WORDS)
        parts.append(word)
        length += len(word)
        if rng.random() < 0.25:
            parts.append(rng.choice(PARTICLES))
        if rng.random() < 0.12:
            parts.append(rng.choice("，。；“”\n"))
    return "".join(parts)


def english_text(rng: random.Random, words: int = 120) -> str:
    return " ".join(rng.choice(ENGLISH) for _ in range(words)) + "."


def queries(rng: random.Random, texts: list[str], count: int = 500) -> list[str]:
    """Pieces of 1, 2, 3 and 4 characters of the texts, as many of each."""
    found: list[str] = []
    while len(found) < count:
        length = len(found) % 4 + 1
        text = rng.choice(texts)
        start = rng.randrange(len(text) - length)
        piece = text[start : start + length]
        if all("\u4e00" <= character <= "\u9fff" for character in piece):
            found.append(piece)
    return found

"""Suggesting names: how well on the labelled stories, and how fast beside other matchers.

`python -m tests.benchmarks.suggesting` runs it alone; it needs no database. Times are the
process's own. The others only find strings: they know no case rules, traditional characters,
longer names, short forms or namesakes. spaCy's time holds its tokens, which it can't do without.
"""

import argparse
import gc
import os
import sys
import time
import tracemalloc
from argparse import Namespace
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from itertools import count
from typing import Any

from tests.benchmarks.figures import times
from tests.benchmarks.names import LANGUAGES, demo_texts, made_up_terms, pattern_of, timed
from tests.benchmarks.report import table

SIZE = 100_000
ROUNDS = 5
# A regular expression takes seconds a story at this size.
SLOW_STORIES = 4
SPACY = {"en": "en", "zh-hans": "zh"}

Find = Callable[[str], Any]


def suggesting(_crew: Any, _options: Namespace) -> str:
    """Precision and recall; then a gazetteer of 100,000 names and its neighbours."""
    _start_django()
    return "\n".join([_quality(), _speed()])


def _start_django() -> None:
    """The archive's own settings in this process; the sites that are measured have theirs."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")
    django.setup()


def _quality() -> str:
    from tests.contrib.name_suggestions.gazetteers import ambiguous_gazetteer
    from tests.contrib.name_suggestions.labelled import measure, read_labelled

    rows = []
    for language, name in LANGUAGES.items():
        stories = read_labelled("evaluation", language)
        score = measure(ambiguous_gazetteer(), stories)
        marks = sum(len(story.labels) for story in stories)
        row = [f"{score.precision:.3f}", f"{score.recall:.3f}", str(score.wrong), str(score.missed)]
        rows.append([f"{name}, {len(stories)} stories, {marks} mentions", *row])
    head = ["labelled stories", "precision", "recall", "wrong", "missed"]
    return table("Suggest the names of stories not tuned on", head, rows)


def _unseen(find: Find) -> Find:
    """Each call with lines of its own: what was found in a line is kept for the next time."""
    numbers = (f" {number}" for number in count())

    def run(text: str) -> Any:
        number = next(numbers)
        return find(text.replace("\n", f"{number}\n") + number)

    return run


def _speed() -> str:
    gazetteer, build, memory = _built()
    rows = []
    for language, name in LANGUAGES.items():
        texts = demo_texts(language)
        ours = timed(_unseen(partial(_suggest, gazetteer, language)), texts, ROUNDS)
        rows.append(_row(f"suggestions, {name}", build, memory, ours, ours.p50))
        found = timed(_unseen(partial(gazetteer.find, language=language)), texts, ROUNDS)
        rows.append(_row(f"finding alone, {name}", build, memory, found, ours.p50))
        for neighbour, make in _neighbours().items():
            find, seconds, size = _measured(partial(make, gazetteer, language))
            slow = neighbour == "regular expression"
            series = timed(find, texts[: SLOW_STORIES if slow else None], 1 if slow else ROUNDS)
            rows.append(_row(f"{neighbour}, {name}", seconds, size, series, ours.p50))
    head = [f"{SIZE:,} names", "build", "memory", "p50 a story", "p95", "against suggestions"]
    note = "" if len(_neighbours()) == 3 else "spaCy or pyahocorasick isn't installed: left out.\n"
    return table("Match a story", head, rows) + note


def _row(name: str, build: float, memory: int, series: Any, ours: float) -> list[str]:
    size = f"{memory / 2**20:.0f} MB" if memory else "not counted"
    return [
        name,
        f"{build:.1f} s",
        size,
        f"{series.p50 * 1000:.2f} ms",
        f"{series.p95 * 1000:.2f} ms",
        times(series.p50 / ours),
    ]


def _built() -> tuple[Any, float, int]:
    """The gazetteer, the seconds that building it takes for both languages, and its bytes."""
    terms = _terms()
    _make(terms)  # what folding remembers counts for neither
    gc.collect()
    tracemalloc.start()
    weighed = _make(terms)
    memory = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del weighed
    start = time.process_time()
    gazetteer = _make(terms)
    return gazetteer, time.process_time() - start, memory


def _terms() -> tuple[Any, ...]:
    """The gazetteer of the labelled stories among made-up people."""
    from tests.contrib.name_suggestions.gazetteers import ambiguous_gazetteer

    own = ambiguous_gazetteer().terms
    others = made_up_terms(SIZE)
    return (*own, *(one for one in others if one.entity_id > len(own)))


def _make(terms: tuple[Any, ...]) -> Any:
    from archive.contrib.name_suggestions.recognition.facts import Gazetteer
    from tests.contrib.name_suggestions.gazetteers import ambiguous_gazetteer

    gazetteer = Gazetteer(terms, ambiguous_gazetteer().facts)
    gazetteer.find("x", "en")
    return gazetteer


def _suggest(gazetteer: Any, language: str, text: str) -> Any:
    from archive.contrib.name_suggestions.recognition.engine import suggest
    from archive.text.passages import Passage

    lines = enumerate(text.splitlines())
    return suggest(gazetteer, [Passage(str(n), line, language) for n, line in lines], None)


def _measured(make: Callable[[], Find]) -> tuple[Find, float, int]:
    """What finds, and the seconds it took to build; C code hides its memory from Python."""
    start = time.process_time()
    find = make()
    return find, time.process_time() - start, 0


def _neighbours() -> dict[str, Callable[[Any, str], Find]]:
    found: dict[str, Callable[[Any, str], Find]] = {"regular expression": _regex}
    if find_spec("spacy"):
        found["spaCy PhraseMatcher"] = _phrase_matcher
    if find_spec("ahocorasick"):
        found["pyahocorasick"] = _automaton
    return found


def _forms(gazetteer: Any, language: str) -> list[str]:
    forms = (form for term in gazetteer.terms for form in term.forms if form.language == language)
    return list(dict.fromkeys(form.text for form in forms))


def _regex(gazetteer: Any, language: str) -> Find:
    return pattern_of(gazetteer, language)[0].findall


def _phrase_matcher(gazetteer: Any, language: str) -> Find:
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank(SPACY[language])
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("NAME", [nlp.make_doc(form) for form in _forms(gazetteer, language)])
    return lambda text: matcher(nlp.make_doc(text))


def _automaton(gazetteer: Any, language: str) -> Find:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for form in _forms(gazetteer, language):
        automaton.add_word(form, form)
    automaton.make_automaton()
    return lambda text: list(automaton.iter_long(text))


def main() -> None:
    name = "python -m tests.benchmarks.suggesting"
    options = argparse.ArgumentParser(prog=name).parse_args()
    sys.stdout.write(f"{suggesting(None, options)}\n")


if __name__ == "__main__":
    main()

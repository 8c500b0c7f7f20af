"""The papers that every archive knows by their names in both languages, and their editions."""

from dataclasses import dataclass

from archive.text.language import CHINESE, ENGLISH, FIRST, LANGUAGES


@dataclass(frozen=True)
class Masthead:
    """A paper's names; a citation may give either, with or without an edition."""

    english: str
    chinese: str
    editions: tuple[str, ...] = ()

    def names(self) -> dict[str, str]:
        names = {ENGLISH: self.english, CHINESE: self.chinese}
        return {language: name for language, name in names.items() if language in LANGUAGES}


MASTHEADS = (
    Masthead(
        "China Daily",
        "中国日报",
        # Citations give these without the paper's name, too.
        ("USA", "European Weekly", "Africa Weekly", "Asia Weekly", "HK Edition"),
    ),
    Masthead("People's Daily", "人民日报"),
    Masthead("Global Times", "环球时报"),
)


@dataclass(frozen=True)
class PrintedPaper:
    """A printed name, taken apart: the paper's names by language, and the edition or ""."""

    names: dict[str, str]
    edition: str = ""

    @property
    def name(self) -> str:
        """What a new publication is called."""
        return self.names.get(FIRST) or next(iter(self.names.values()))


def fold(name: str) -> str:
    """A name for comparing: case and the apostrophe's form don't count."""
    return name.replace("’", "'").casefold().strip()


def split_publication(printed: str, language: str) -> PrintedPaper:
    """ "China Daily USA" -> China Daily, USA; a paper that isn't known has no edition."""
    folded = fold(printed)
    for masthead in MASTHEADS:
        if folded in map(fold, masthead.editions):
            return PrintedPaper(masthead.names() or {language: printed}, printed)
        for name in masthead.names().values():
            if folded.startswith(fold(name)):
                return PrintedPaper(masthead.names(), printed[len(name) :].strip(" ,·-"))
    return PrintedPaper({language: printed})

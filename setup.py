"""What `pyproject.toml` can't say: the build compiles the Chinese catalogues into the package,
makes the readers' text face, and copies the guides there, which the admin shows."""

import os
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import polib
from fontTools import subset
from fontTools.ttLib import TTFont
from setuptools import setup
from setuptools.command.build_py import build_py

DOCS, TEXTS = Path("docs"), Path("archive", "guide", "texts")
GUIDES = ("guides/*.md", "locale/zh_CN/LC_MESSAGES/guides/*.po")
# The readers' text face is Source Serif, cut to the letters of European languages.
FACES_FOLDER = Path("archive", "static", "archive", "fonts")
FACES = {"roman": "Regular", "bold": "Bold", "italic": "It"}
# Latin and its accents, those that are put on letters too (pinyin's), punctuation, currencies,
# fractions and arrows.
LETTERS = (
    *(range(0x20, 0x7F), range(0xA0, 0x250), range(0x2C6, 0x340), range(0x1E80, 0x1EF9)),
    *(range(0x2010, 0x2028), range(0x2030, 0x2045), range(0x2070, 0x208F), range(0x20A0, 0x20C0)),
    *(range(0x2113, 0x2123), range(0x2150, 0x215F), range(0x2190, 0x2194), range(0x2212, 0x2213)),
)
FEATURES = ("kern", "mark", "ccmp", "locl", "liga", "smcp", "c2sc", "onum", "lnum", "tnum", "pnum")
# The licence keeps the name "Source" for the whole files.
FACE_NAME = "Archive Serif"


class BuildWithCatalogues(build_py):
    """Writes a `.mo` beside each `.po` of Django's domains, with the Chinese for Wagtail's
    sentences in the archive's; an editable install gets them in the source folders.

    The guides are copied; an editable install reads them where the documentation has them.
    """

    def run(self) -> None:
        super().run()
        root = Path("." if self.editable_mode else self.build_lib)
        for path in sorted((root / "archive").glob("**/locale/**/django*.po")):
            catalogue = polib.pofile(str(path))
            for more in path.parent.glob("wagtail.po") if path.name == "django.po" else ():
                catalogue.extend(polib.pofile(str(more)))
            catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        write_faces(root)
        for path in [] if self.editable_mode else guides():
            target = root / TEXTS / path.relative_to(DOCS)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        outputs = super().get_outputs(include_bytecode)
        compiled = (name for name in outputs if name.endswith(("/django.po", "/djangojs.po")))
        outputs += [f"{name[:-3]}.mo" for name in compiled]
        root = Path(self.build_lib)
        outputs += map(str, face_paths(root))
        copied = [] if self.editable_mode else guides()
        return outputs + [str(root / TEXTS / path.relative_to(DOCS)) for path in copied]


def guides() -> list[Path]:
    return sorted(path for pattern in GUIDES for path in DOCS.glob(pattern))


def write_faces(root: Path) -> list[Path]:
    """Write the faces below a source or build folder, where they aren't yet; give their paths."""
    paths = face_paths(root)
    if not all(path.exists() for path in paths):
        source = files("font_source_serif_pro") / "files"
        (root / FACES_FOLDER).mkdir(parents=True, exist_ok=True)
        for path, style in zip(paths, FACES.values(), strict=True):
            face = cut((source / f"SourceSerifPro-{style}.ttf").read_bytes())
            # Two processes may do it at once.
            aside = path.with_suffix(f".{os.getpid()}")
            aside.write_bytes(face)
            aside.replace(path)
    return paths


def face_paths(root: Path) -> list[Path]:
    return [root / FACES_FOLDER / f"archive-serif-{style}.woff2" for style in FACES]


def cut(whole: bytes) -> bytes:
    """A TrueType font as WOFF2, with LETTERS and FEATURES only."""
    font = TTFont(BytesIO(whole))
    options = subset.Options(layout_features=list(FEATURES), hinting=False)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for codes in LETTERS for code in codes])
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            record.string = FACE_NAME.replace(" ", "" if record.nameID == 6 else " ")
    font.flavor = "woff2"
    out = BytesIO()
    font.save(out)
    return out.getvalue()


# Not where a checkout takes the text face from here: `.ci/messages.py compile`.
if __name__ == "__main__":
    setup(cmdclass={"build_py": BuildWithCatalogues})

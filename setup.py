"""What `pyproject.toml` can't say: the build compiles the Chinese catalogues into the package, and
copies the guides there, which the admin shows."""

from pathlib import Path

import polib
from setuptools import setup
from setuptools.command.build_py import build_py

DOCS, TEXTS = Path("docs"), Path("archive", "guide", "texts")
GUIDES = ("guides/*.md", "locale/zh_CN/LC_MESSAGES/guides/*.po")


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
        for path in [] if self.editable_mode else guides():
            target = root / TEXTS / path.relative_to(DOCS)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        outputs = super().get_outputs(include_bytecode)
        compiled = (name for name in outputs if name.endswith(("/django.po", "/djangojs.po")))
        outputs += [f"{name[:-3]}.mo" for name in compiled]
        root = Path(self.build_lib)
        copied = [] if self.editable_mode else guides()
        return outputs + [str(root / TEXTS / path.relative_to(DOCS)) for path in copied]


def guides() -> list[Path]:
    return sorted(path for pattern in GUIDES for path in DOCS.glob(pattern))


setup(cmdclass={"build_py": BuildWithCatalogues})

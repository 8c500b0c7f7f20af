"""What `pyproject.toml` can't say: the build compiles the Chinese catalogue into the package."""

from pathlib import Path

import polib
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithCatalogues(build_py):
    """Writes a `.mo` beside each `.po`; an editable install gets them in the source folders."""

    def run(self) -> None:
        super().run()
        root = Path("." if self.editable_mode else self.build_lib)
        for path in sorted((root / "archive" / "locale").rglob("*.po")):
            polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:
        outputs = super().get_outputs(include_bytecode)
        return outputs + [f"{name[:-3]}.mo" for name in outputs if name.endswith(".po")]


setup(cmdclass={"build_py": BuildWithCatalogues})

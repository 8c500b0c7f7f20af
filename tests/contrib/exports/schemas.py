"""Checks an export's files against the standards' own schemas, which lie in another folder.

    python -m tests.contrib.exports.schemas EXPORT SCHEMAS

Each file is checked with the schema of its form: `ninjs-schema_*.json`, `NewsML-G2*.xsd`,
`nitf*.xsd`. Needs xmllint, and jsonschema for ninjs. Exit status 1 where one isn't valid.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_SCHEMAS = {"<newsMessage": "NewsML-G2*.xsd", "<nitf": "nitf*.xsd"}


def faults(export: Path, schemas: Path) -> Iterator[str]:
    """One a file that isn't valid, and one a form whose schema isn't there."""
    for file in sorted(export.rglob("*")):
        if file.suffix == ".xml":
            yield from _of_xml(file, schemas)
        elif file.suffix == ".json":
            yield from _of_json(file, schemas)


def _of_xml(file: Path, schemas: Path) -> Iterator[str]:
    head = file.read_text(encoding="utf-8")[:400]
    pattern = next((one for root, one in _SCHEMAS.items() if root in head), "")
    if not pattern:
        return
    if not (found := sorted(schemas.rglob(pattern))):
        yield f"{file.name}: no {pattern} in {schemas}"
        return
    command = ["xmllint", "--noout", "--nonet", "--schema", str(found[-1]), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        yield done.stderr.strip()


def _of_json(file: Path, schemas: Path) -> Iterator[str]:
    # Of a development environment: the archive itself needs it nowhere.
    from jsonschema import Draft202012Validator

    if not (found := sorted(schemas.rglob("ninjs-schema_3*.json"))):
        yield f"{file.name}: no ninjs-schema_3*.json in {schemas}"
        return
    validator = Draft202012Validator(json.loads(found[-1].read_text(encoding="utf-8")))
    for error in validator.iter_errors(json.loads(file.read_text(encoding="utf-8"))):
        yield f"{file.name}: {error.json_path}: {error.message[:200]}"


def main(export: str, schemas: str) -> int:
    found = list(faults(Path(export), Path(schemas)))
    sys.stdout.write("\n".join([*found, ""]) if found else "All files are valid.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))

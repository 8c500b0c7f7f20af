"""The `--json FILE` of the commands."""

import json
from collections.abc import Sequence
from pathlib import Path

from django.core.management.base import CommandError, OutputWrapper
from django.utils.translation import gettext as _


def write_json(target: str, records: Sequence[object], stdout: OutputWrapper) -> None:
    """Write the records as a list, Chinese as Chinese; "-" is standard output.

    Raises CommandError for a file that can't be written.
    """
    text = json.dumps(records, ensure_ascii=False, indent=1)
    if target == "-":
        stdout.write(text)
        return
    try:
        Path(target).write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        reason = _("The report can't be written to %(file)s: %(error)s.")
        raise CommandError(reason % {"file": target, "error": error.strerror}) from error

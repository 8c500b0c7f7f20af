"""A person changes an item's record before it is accepted."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from archive.contrib.intake import corrections
from archive.contrib.intake.batches.items import compare
from archive.contrib.intake.batches.policies import check_batch
from archive.contrib.intake.documents import Span
from archive.contrib.intake.models import ImportItem
from archive.contrib.intake.profiles import label_of_line
from archive.contrib.intake.record_json import Record
from archive.contrib.intake.record_warnings import without_settled
from archive.contrib.intake.records import IntakeError

# So much of a line is remembered, for the profile that it may become a rule of.
_LONGEST_WORDS = 120


@transaction.atomic
def change_fields(item: ImportItem, user: Any, values: dict[str, Any]) -> ImportItem:
    """Set fields of the record: see `archive.contrib.intake.corrections.set_fields`.

    Raises IntakeError, and PermissionDenied.
    """
    item = _open(item, user)
    record = corrections.set_fields(item.record, values)
    said = [{"field": name, "value": record[name]} for name in values]
    return _store(item, user, record, said)


@transaction.atomic
def retype(item: ImportItem, user: Any, span: Span, kind: str, mended: str = "") -> ImportItem:
    """Put the selected words of the source to another use, or to a field.

    `span` is in characters of `item.text`; `kind` is one of `corrections.KINDS`. `mended` are the
    words as a person has them, "" for those of the source.
    Raises IntakeError, and PermissionDenied.
    """
    item = _open(item, user)
    record = corrections.retype(item.record, item.text, span, kind, mended)
    words = " ".join(item.text[span[0] : span[1]].split())
    said = {"line": _line_number(item.text, span), "words": words[:_LONGEST_WORDS], "is": kind}
    field = {"field": kind, "value": record.get(kind)}
    label = _label_before(item.text, span)
    own = {"label": label} if label else {}
    return _store(item, user, record, [{**(field if kind in corrections.TEXTS else said), **own}])


def _label_before(text: str, span: Span) -> str:
    """The label of the line that the words are the value of; "" for none."""
    start = text.rfind("\n", 0, span[0]) + 1
    line = text[start : text.find("\n", span[0]) if "\n" in text[span[0] :] else None]
    label, value = label_of_line(line.strip())
    value += len(line) - len(line.lstrip())
    is_value = span[0] - start >= value or span[1] - start > value >= 0 == span[0] - start
    return label if label and is_value and span[1] <= start + len(line) else ""


def _line_number(text: str, span: Span) -> int:
    """Which line that isn't blank the words stand in, from 1; as profiles count."""
    return max(1, sum(bool(line.strip()) for line in text[: span[0] + 1].splitlines()))


def _open(item: ImportItem, user: Any) -> ImportItem:
    check_batch(item.batch, user)
    found = ImportItem.objects.select_for_update().filter(pk=item.pk).first()
    if found is None or found.state not in ImportItem.OPEN:
        raise IntakeError(
            _("this story is decided already, by you or by somebody else; nothing was done twice")
        )
    return found


def _store(item: ImportItem, user: Any, record: Record, said: list[dict[str, Any]]) -> ImportItem:
    item.record = {**record, "warnings": without_settled(record)}
    item.corrected = [one for one in item.corrected if one not in said] + said
    former = item.page_id, item.before
    compare(item)
    # What somebody publishes while the review is open, the person hasn't been shown.
    kept = former[1] if item.page_id == former[0] else item.before
    item.before = {**kept, "changed_by": user.pk if user else None}
    item.save(update_fields=["before"])
    return item

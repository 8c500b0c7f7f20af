"""Answers that travel with a story's form, and the count that each version brings up to date."""

from typing import Any

from archive.pages.stale_save import NoteField
from archive.pages.suggesting.names import ANSWERS


class AnswersFormMixin:
    """For the story's form: a hidden field in which the panel notes what was accepted.

    What is refused, or left by closing the window, answers nothing.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[ANSWERS] = NoteField(initial="")  # type: ignore[attr-defined]

    def clean(self) -> Any:
        from archive.pages.suggesting.decisions import read_decisions

        cleaned = super().clean()  # type: ignore[misc]
        posted = self.data.get(ANSWERS, "")  # type: ignore[attr-defined]
        self.instance.answers_in_form = read_decisions(posted)  # type: ignore[attr-defined]
        return cleaned


class CountSuggestionsMixin:
    """For the story: each version stores the answers given in its form, and counts what waits."""

    answers_in_form: Any = ()

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        from archive.pages.suggesting.decisions import decide
        from archive.pages.suggesting.waiting import bring_up_to_date

        revision = super().save_revision(*args, **kwargs)  # type: ignore[misc]
        if self.alias_of_id:  # type: ignore[attr-defined]
            return revision
        user = kwargs.get("user") or (args[0] if args else None)
        if self.answers_in_form:
            decide(self, self.answers_in_form, user=user)
            self.answers_in_form = ()
        bring_up_to_date(self)
        return revision

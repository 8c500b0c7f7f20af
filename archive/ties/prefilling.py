"""The form of a new tie, filled in from a story's sentence."""

from typing import Any

from archive.entities.views import PrefilledCreateView
from archive.text.language import columns


class TieCreateView(PrefilledCreateView):
    """`?place_a=…&story=…&block_id=…&sentence_en=…`: with one piece of evidence to look at."""

    prefilled = ("place_a", "place_b", "kind", "status", "since")

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)
        given = self.request.GET
        piece = {
            name: given[name] for name in ("block_id", *columns("sentence")) if given.get(name)
        }
        if self.request.method == "GET" and piece:
            story = self.story()
            formset = form.formsets["evidence"]
            # One form more than are stored, with something in it.
            formset.extra = 1
            formset.initial_extra = [{**piece, "article": story.pk if story else None}]
        return form

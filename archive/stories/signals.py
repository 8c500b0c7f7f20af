"""The archive's own signal, for programs of a site."""

from django.dispatch import Signal

# Send it with `pks` after stories' published texts or facts were written past their pages; the
# sender is ArticlePage.
texts_changed = Signal()

"""The archive's own signal, for programs of a site."""

from django.dispatch import Signal

# Send it with `pks` after stories' published texts or facts were written past their pages; the
# sender is ArticlePage.
texts_changed = Signal()

# Sent with `pks` when pages show something else now, such as another state of their translation:
# whoever keeps pages for readers makes them anew. The sender is ArticlePage.
pages_changed = Signal()

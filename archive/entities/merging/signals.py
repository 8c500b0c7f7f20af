"""What other rooms listen for."""

from django.dispatch import Signal

# Sent after names were merged, split or put back, within the transaction. `entities` are the ids of
# those names, `record` is the ChangeRecord to write through, or None when an undo is on its way.
identity_changed = Signal()

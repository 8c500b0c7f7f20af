"""The admin form of a name."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm


class EntityForm(WagtailAdminModelForm):
    """A key can be chosen once: addresses and data files rest on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "key" in self.fields:
            self.fields["key"].disabled = True

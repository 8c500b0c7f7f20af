"""What Wagtail asks before it copies a story."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm

from archive.base_page import Page
from archive.stories.archive_page import free_slug


class StoryCopyForm(CopyForm):
    """Proposes an address that is free beside the story."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_slug"].initial = free_slug(self.page.slug, self.page.get_parent(), Page())

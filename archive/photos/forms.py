"""The image form of Wagtail's admin, for single uploads, many at a time and choosers.

A site names it in `WAGTAILIMAGES_IMAGE_FORM_BASE`; the check archive.E004 says so if it doesn't.
"""

from itertools import product
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from archive.photos.actions import fill_from_metadata
from archive.photos.embedded import load_picture
from archive.photos.file_names import readable_stem
from archive.photos.models import ArchiveImageMixin
from archive.photos.notes import notes_on
from archive.sandbox.pool import LimitError, run_limited
from archive.text.language import LANGUAGES, column
from archive.wagtail_admin import KeepsSavedMixin


class PictureFileField(WagtailImageField):
    """Refuses a file that can't be shown.

    Wagtail looks at its beginning, at which damaged or hostile files raise errors of every kind,
    and believes the rest: then each list that shows the picture fails.
    """

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file and file.image.format_name != "svg":
                # A large file is read from disk, and its place is where Wagtail has stopped.
                file.seek(0)
                run_limited(load_picture, file.read())
                file.seek(0)
        except ValidationError:
            raise
        except LimitError as error:
            raise ValidationError(str(error), code="invalid_image") from error
        except Exception as error:
            message = self.error_messages["invalid_image"]
            raise ValidationError(message, code="invalid_image") from error
        return file


class ArchiveImageForm(KeepsSavedMixin, BaseImageForm):
    """Fills what the editor leaves empty from the file, as soon as there is a new one."""

    class Meta(BaseImageForm.Meta):
        widgets = {
            **BaseImageForm.Meta.widgets,
            "rights": AdminAutoHeightTextInput,
            **{
                column(name, language): AdminAutoHeightTextInput(attrs={"lang": language})
                for name, language in product(ArchiveImageMixin.translated_fields, LANGUAGES)
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = PictureFileField(
                label=file.label, required=file.required, widget=file.widget
            )
        if title := self.fields.get("title"):
            # The file gives one; the browser's script does so too, but not always in time.
            title.required = False
        if (origin := self.fields.get("digital_source_type")) and self.instance.pk:
            notes = notes_on([self.instance])[self.instance.pk]
            said = [(origin.help_text,), *((note,) for note in notes)]
            origin.help_text = format_html_join(" ", "{}", said)
        for name, language in product(self.instance.translated_fields, LANGUAGES):
            if field := self.fields.get(column(name, language)):
                field.label = capfirst(self.instance.label_in(name, language))
                if name == "alt_text":
                    field.help_text = _(
                        "Says what is to be seen, for readers who can't see it. A story in this "
                        "language can't be published while a picture in it has none."
                    )

    def clean_title(self) -> str:
        """What was typed, or else the file's name."""
        title = str(self.cleaned_data.get("title") or "")
        file = self.files.get(self.add_prefix("file")) or self.instance.file
        return title or readable_stem(file.name or "")[:255]

    def save(self, commit: bool = True) -> ArchiveImageMixin:
        # In Wagtail's upload of many, a file that needs more than the form asks for at first is
        # set on the new image beside the form.
        if "file" in self.changed_data or self.instance.pk is None:
            fill_from_metadata(self.instance)
        return super().save(commit=commit)

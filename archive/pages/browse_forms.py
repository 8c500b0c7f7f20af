"""Forms of the pages that are nothing but a date: title and slug follow, doubles are refused."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page


class YearPageForm(WagtailAdminPageForm):
    def clean_title(self) -> str:
        year = str(self.cleaned_data["title"]).strip()
        if not Page._slug_is_available(year, self.parent_page, self.instance):
            raise ValidationError(_("The publication has this year already."))
        if self.instance.pk and year != self.instance.slug and self.instance.numchild:
            raise ValidationError(_("A year that holds issues can't become another year."))
        return year


class IssuePageForm(WagtailAdminPageForm):
    def clean_print_date(self) -> date | None:
        day: date | None = self.cleaned_data["print_date"]
        if day is None:
            return None
        if self.parent_page and self.parent_page.slug != str(day.year):
            message = _("This issue is filed under %(year)s: give a date of that year.")
            raise ValidationError(message % {"year": self.parent_page.slug})
        slug = self.instance.slug_for(day)
        if not Page._slug_is_available(slug, self.parent_page, self.instance):
            raise ValidationError(_("There is an issue of this date already."))
        return day

"""What the screens of reports share: filters, and the table as a file."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import TemplateView

from archive.wagtail_admin import ScreenMixin, csv_file


class CsvReportView(ScreenMixin, TemplateView, ABC):
    """A report with a form of its filters; `?export=csv` gives it as a file."""

    form: Any

    @abstractmethod
    def get_file_name(self) -> str:
        """What the file is called."""

    @abstractmethod
    def get_table(self) -> Iterable[Sequence[object]]:
        """The file's lines, the headings first."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "csv":
            return csv_file(self.get_table(), self.get_file_name())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.copy()
        query["export"] = "csv"
        export_url = f"?{query.urlencode()}"
        return super().get_context_data(form=self.form, export_url=export_url, **kwargs)

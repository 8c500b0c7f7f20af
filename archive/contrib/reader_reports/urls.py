"""The addresses of this app in the admin."""

from django.urls import path

from archive.contrib.reader_reports.views import settle_report

urlpatterns = [path("<int:pk>/settle/", settle_report, name="settle")]

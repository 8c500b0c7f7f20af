"""The readers' addresses."""

from django.urls import path

from archive.site.reports import views

urlpatterns = [
    path("report/", views.report, name="report"),
    path("report/thanks/", views.thanks, name="report_thanks"),
]

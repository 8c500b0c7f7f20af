"""The assessment's addresses in the admin."""

from django.urls import path

from archive.contrib.assessment.statistics import StatisticsView
from archive.contrib.assessment.times import add_times_view
from archive.contrib.assessment.views import (
    QualityView,
    assess_view,
    mark_error_view,
    unmark_error_view,
)

urlpatterns = [
    path("statistics/", StatisticsView.as_view(), name="statistics"),
    path("quality/", QualityView.as_view(), name="quality"),
    path("<int:pk>/assess/", assess_view, name="assess"),
    path("<int:pk>/errors/", mark_error_view, name="mark_error"),
    path("errors/<int:pk>/take-back/", unmark_error_view, name="unmark_error"),
    path("<int:pk>/time/", add_times_view, name="time"),
]

"""The checks' addresses, within those of the desk."""

from django.urls import path

from archive.desk.qa.views import findings_panel, unwaive_finding, waive_finding

urlpatterns = [
    path("<int:pk>/findings/", findings_panel, name="findings"),
    path("<int:pk>/findings/waive/", waive_finding, name="waive_finding"),
    path("waivers/<int:pk>/take-back/", unwaive_finding, name="unwaive_finding"),
]

"""The import's addresses in the admin."""

from django.urls import include, path

from archive.contrib.intake.admin import batch_views as batches
from archive.contrib.intake.admin import item_views as items

urlpatterns = [
    path("", batches.BatchIndex.as_view(), name="index"),
    path("results/", batches.BatchIndex.as_view(results_only=True), name="index_results"),
    path("new/", batches.NewBatchView.as_view(), name="new"),
    path("<int:pk>/", batches.BatchView.as_view(), name="batch"),
    path("<int:pk>/add/", batches.AddFilesView.as_view(), name="add"),
    path("<int:pk>/read/", batches.ReadView.as_view(), name="read"),
    path("<int:pk>/decide/", batches.DecideView.as_view(), name="decide"),
    path("<int:pk>/accept/", batches.AcceptAboveView.as_view(), name="accept_above"),
    path("<int:pk>/undo/", batches.UndoImportView.as_view(), name="undo"),
    path("<int:pk>/delete/", batches.DeleteImportView.as_view(), name="delete"),
    path("<int:pk>/<int:item>/", items.ItemView.as_view(), name="item"),
    path("<int:pk>/<int:item>/places/", items.PlacesOfItemView.as_view(), name="item_places"),
    path("<int:pk>/<int:item>/columns/", items.ColumnsView.as_view(), name="item_columns"),
    path("<int:pk>/<int:item>/profile/", items.ProfileOfItemView.as_view(), name="item_profile"),
]

admin_urls = [path("import/", include((urlpatterns, "archive_import")))]

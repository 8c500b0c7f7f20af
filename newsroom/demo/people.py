"""The demo's accounts: who may do what, and the workflow between them."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)
from wagtail.users.models import UserProfile

from archive.models import Translation

EDITORS, TRANSLATORS, REVIEWERS = "Archive editors", "Archive translators", "Archive reviewers"

PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
RECORDS = ("author", "entity", "tie")
MODEL_PERMISSIONS = {
    EDITORS: [f"{verb}_{model}" for model in RECORDS for verb in ("add", "change", "view")]
    + ["delete_tie"],
    TRANSLATORS: ["change_translation", "view_translation", "lock_translation"]
    + [f"{verb}_{model}" for model in RECORDS for verb in ("change", "view")],
    REVIEWERS: [f"{verb}_translation" for verb in ("change", "view", "publish", "lock", "unlock")]
    + [f"{verb}_{model}" for model in RECORDS for verb in ("change", "view")],
}
COLLECTION_PERMISSIONS = {
    EDITORS: ("add_image", "change_image", "choose_image"),
    TRANSLATORS: ("change_image", "choose_image"),
    REVIEWERS: ("change_image", "choose_image"),
}


@dataclass(frozen=True)
class Account:
    username: str
    first_name: str
    last_name: str
    group: str | None
    language: str

    @property
    def password(self) -> str:
        return f"{self.username}-demo-2015"


ACCOUNTS = (
    Account("editor", "Evelyn", "Hart", EDITORS, "en"),
    Account("translator", "明", "陈", TRANSLATORS, "zh-hans"),
    Account("reviewer", "静", "林", REVIEWERS, "zh-hans"),
    Account("administrator", "Ada", "Brook", None, "en"),
)


def make_people() -> None:
    """Groups, permissions, workflow and accounts; what is there already stays as it is."""
    for name in (EDITORS, TRANSLATORS, REVIEWERS):
        _make_group(name)
    for account in ACCOUNTS:
        _make_account(account)
    _make_workflow()


def _make_group(name: str) -> None:
    group, _made = Group.objects.get_or_create(name=name)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    group.permissions.add(
        *Permission.objects.filter(
            content_type__app_label="archive", codename__in=MODEL_PERMISSIONS[name]
        )
    )
    for codename in COLLECTION_PERMISSIONS[name]:
        GroupCollectionPermission.objects.get_or_create(
            group=group,
            collection=Collection.get_first_root_node(),
            # Wagtail keeps the permissions of every image model on its own.
            permission=Permission.objects.get(
                content_type__app_label="wagtailimages", codename=codename
            ),
        )
    if name == EDITORS:
        for codename in PAGE_PERMISSIONS:
            GroupPagePermission.objects.get_or_create(
                group=group,
                page=Page.get_first_root_node(),
                permission=Permission.objects.get(
                    content_type__app_label="wagtailcore", codename=codename
                ),
            )


def _make_account(account: Account) -> None:
    users = get_user_model().objects
    if users.filter(username=account.username).exists():
        return
    make = users.create_user if account.group else users.create_superuser
    user = make(
        account.username,
        f"{account.username}@example.org",
        account.password,
        first_name=account.first_name,
        last_name=account.last_name,
    )
    if account.group:
        user.groups.add(Group.objects.get(name=account.group))
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = account.language
    profile.save()


def _make_workflow() -> None:
    """A translator submits, a reviewer approves: approval publishes."""
    workflow, _made = Workflow.objects.get_or_create(name="Translation review")
    task, _made = GroupApprovalTask.objects.get_or_create(name="Review of the translation")
    task.groups.add(Group.objects.get(name=REVIEWERS))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Translation), defaults={"workflow": workflow}
    )

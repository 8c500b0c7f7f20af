"""The desk's groups of people and the review between them: what each may do is written here once.

Making them again adds what is missing. It takes nothing away, so that a site's own grants stay,
but the right to change all pictures, which translators and reviewers used to have.
"""

from dataclasses import dataclass, replace

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

from archive.base_page import Page
from archive.desk.errors import DeskError
from archive.desk.models import Translation
from archive.desk.policies import right_to
from archive.stories.models import HomePage
from archive.text.language import ENGLISH_NAMES, LANGUAGES

EDITORS, TRANSLATORS, REVIEWERS = "Archive editors", "Archive translators", "Archive reviewers"
WORKFLOW, TASK = "Translation review", "Review of the translation"

_RIGHTS = {language: right_to(language) for language in LANGUAGES}
_NAMED = ("author", "entity", "tie")
# Imports of others are theirs too only where the archive's pages are.
_IMPORTS = ("importbatch", "sourceprofile")
# Of the texts that are theirs: see `archive.desk.policies`.
_REPORTS = "change_readerreport"


@dataclass(frozen=True)
class GroupPlan:
    """A group's permissions, as codenames: on models, on all pictures; as verbs: on pages."""

    name: str
    permissions: tuple[str, ...]
    on_pictures: tuple[str, ...] = ()
    on_pages: tuple[str, ...] = ()
    # Whether the group approves or sends back what translators hand in.
    decides: bool = False


_EDITORS = GroupPlan(
    EDITORS,
    (
        *(f"{verb}_{name}" for name in _NAMED for verb in ("add", "change", "view")),
        *(f"{verb}_{name}" for name in _IMPORTS for verb in ("add", "change", "delete", "view")),
        "delete_tie",
        _REPORTS,
        "merge_entity",
    ),
    ("add_image", "change_image", "choose_image"),
    ("add", "change", "publish", "lock", "unlock"),
)
_TRANSLATORS = GroupPlan(
    TRANSLATORS, ("change_translation", "view_translation", "lock_translation", _REPORTS)
)
_REVIEWERS = GroupPlan(
    REVIEWERS,
    (
        *(f"{verb}_translation" for verb in ("change", "view", "publish", "lock", "unlock")),
        _REPORTS,
        # To take other people's memories in.
        "add_memoryunit",
    ),
    decides=True,
)


def plan_groups(*, per_language: bool = False, with_names: bool = False) -> list[GroupPlan]:
    """Editors, translators and reviewers; `per_language`: the latter two once a language.

    `with_names`: these two may translate names, ties and pictures' texts too.
    """
    plans = [_EDITORS]
    for plan in (_TRANSLATORS, _REVIEWERS):
        if with_names:
            more = tuple(f"{verb}_{name}" for name in _NAMED for verb in ("change", "view"))
            # Their texts alone: see `archive.desk.pictures.policy`.
            plan = replace(plan, permissions=plan.permissions + more, on_pictures=("choose_image",))
        if not per_language:
            plans.append(replace(plan, permissions=plan.permissions + tuple(_RIGHTS.values())))
            continue
        for language, right in _RIGHTS.items():
            # In English, as the groups' names are: a site renames them as it likes.
            name = f"{plan.name} into {ENGLISH_NAMES[language]}"
            plans.append(replace(plan, name=name, permissions=(*plan.permissions, right)))
    return plans


def make_group(plan: GroupPlan) -> tuple[Group, bool]:
    """The group with these permissions, and whether it is new; DeskError for an unknown one."""
    group, made = Group.objects.get_or_create(name=plan.name)
    group.permissions.add(_permission("wagtailadmin", "access_admin"))
    group.permissions.add(*(_permission("archive", name) for name in plan.permissions))
    root = Collection.get_first_root_node()
    of_group = GroupCollectionPermission.objects.filter(group=group, collection=root)
    for codename in plan.on_pictures:
        # Wagtail keeps the permissions of every image model on its own.
        right = _permission("wagtailimages", codename)
        of_group.get_or_create(permission=right, defaults={"group": group, "collection": root})
    if "change_image" not in plan.on_pictures:
        of_group.filter(permission=_permission("wagtailimages", "change_image")).delete()
    # On a larger site, the rest of its pages is nobody's business here.
    ground = HomePage.objects.first() or Page.get_first_root_node()
    for verb in plan.on_pages:
        right = _permission(Page._meta.app_label, f"{verb}_{Page._meta.model_name}")
        GroupPagePermission.objects.get_or_create(group=group, page=ground, permission=right)
    return group, made


def _permission(app: str, codename: str) -> Permission:
    try:
        return Permission.objects.get(content_type__app_label=app, codename=codename)
    except Permission.DoesNotExist as error:
        message = _("The permission %(name)s is missing: run “manage.py migrate” first.")
        raise DeskError(message % {"name": f"{app}.{codename}"}) from error


def make_workflow(reviewers: list[Group]) -> bool:
    """A translator submits, one of the reviewers approves, approval publishes.

    False, and nothing done, where the site reviews translations by a workflow of its own.
    """
    content_type = Translation.get_content_type()
    link = WorkflowContentType.objects.filter(content_type=content_type).first()
    if link and link.workflow.name != WORKFLOW:
        return False
    workflow, _made = Workflow.objects.get_or_create(name=WORKFLOW)
    task, _made = GroupApprovalTask.objects.get_or_create(name=TASK)
    task.groups.add(*reviewers)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowContentType.objects.get_or_create(
        content_type=content_type, defaults={"workflow": workflow}
    )
    return True

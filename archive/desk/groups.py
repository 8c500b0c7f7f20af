"""The archive's groups of people and the reviews between them: what each may do, in one place.

Making them again adds what is missing. It takes nothing away: a site's own grants stay.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import chain

from django.contrib.auth.models import Group, Permission
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from archive.base_page import Page
from archive.desk.errors import DeskError
from archive.desk.models import Translation
from archive.desk.policies import right_to
from archive.registry import registered
from archive.stories.models import HomePage
from archive.stories.reviews import reviewers_of
from archive.text.language import ENGLISH_NAMES, LANGUAGES

EDITORS, TRANSLATORS, REVIEWERS = "Archive editors", "Archive translators", "Archive reviewers"
STORY_REVIEWERS = "Archive story reviewers"
# Data, not messages: everybody at the site reads the same, so both languages stand in them.
WORKFLOW, TASK = "Translation review 译文审核", "Review of the translation 审核译文"
STORY_WORKFLOW, STORY_TASK = "Story review 稿件审核", "Review of the story 审核稿件"

_RIGHTS = {language: right_to(language) for language in LANGUAGES}
_NAMED = ("author", "entity", "tie")
# Whoever translates adds terms; whoever answers for the house's language changes them.
_ADD_TERMS = ("add_glossaryterm", "view_glossaryterm")
_KEEP_TERMS = (*_ADD_TERMS, "change_glossaryterm", "delete_glossaryterm")


@dataclass(frozen=True)
class RolePermissions:
    """What an app adds to the permissions of these groups, as "app.codename"."""

    groups: tuple[str, ...]
    permissions: tuple[str, ...]


@dataclass(frozen=True)
class GroupPlan:
    """A group's permissions, as codenames: on models, on all pictures; as verbs: on pages."""

    name: str
    permissions: tuple[str, ...]
    on_pictures: tuple[str, ...] = ()
    on_pages: tuple[str, ...] = ()
    # The workflow in which the group approves or sends back what others hand in.
    decides: str = ""


_EDITORS = GroupPlan(
    EDITORS,
    (
        *(f"{verb}_{name}" for name in _NAMED for verb in ("add", "change", "view")),
        *_KEEP_TERMS,
        "delete_tie",
        "merge_entity",
    ),
    ("add_image", "change_image", "choose_image"),
    ("add", "change", "publish", "lock", "unlock"),
)
# Wagtail lets nobody approve who may not publish there.
_STORY_REVIEWERS = replace(_EDITORS, name=STORY_REVIEWERS, decides=STORY_WORKFLOW)
_TRANSLATORS = GroupPlan(
    TRANSLATORS,
    ("change_translation", "view_translation", "lock_translation", *_ADD_TERMS),
)
_REVIEWERS = GroupPlan(
    REVIEWERS,
    (
        *(f"{verb}_translation" for verb in ("change", "view", "publish", "lock", "unlock")),
        *_KEEP_TERMS,
        # To take other people's memories in.
        "add_memoryunit",
    ),
    decides=WORKFLOW,
)


def plan_groups(*, per_language: bool = False, with_names: bool = False) -> list[GroupPlan]:
    """Editors and reviewers of stories, translators and reviewers of translations.

    `per_language`: the latter two once a language. `with_names`: these two may translate names,
    ties and pictures' texts too.
    """
    editors, story_reviewers, *others = map(
        _with_apps, (_EDITORS, _STORY_REVIEWERS, _TRANSLATORS, _REVIEWERS)
    )
    plans = [editors, story_reviewers]
    for plan in others:
        if with_names:
            more = tuple(f"{verb}_{name}" for name in _NAMED for verb in ("change", "view"))
            # Their texts alone: see `languages_of_texts`.
            plan = replace(plan, permissions=plan.permissions + more, on_pictures=("choose_image",))
        if not per_language:
            plans.append(replace(plan, permissions=plan.permissions + tuple(_RIGHTS.values())))
            continue
        for language, right in _RIGHTS.items():
            # In English, as the groups' names are: a site renames them as it likes.
            name = f"{plan.name} into {ENGLISH_NAMES[language]}"
            plans.append(replace(plan, name=name, permissions=(*plan.permissions, right)))
    return plans


def _with_apps(plan: GroupPlan) -> GroupPlan:
    found = registered("role_permissions", RolePermissions)
    added = (one.permissions for one in found if plan.name in one.groups)
    return replace(plan, permissions=(*plan.permissions, *chain(*added)))


def make_group(plan: GroupPlan) -> tuple[Group, bool]:
    """The group with these permissions, and whether it is new; DeskError for an unknown one."""
    group, made = Group.objects.get_or_create(name=plan.name)
    group.permissions.add(_permission("wagtailadmin", "access_admin"))
    for name in plan.permissions:
        app, _dot, codename = name.rpartition(".")
        group.permissions.add(_permission(app or "archive", codename))
    root = Collection.get_first_root_node()
    of_group = GroupCollectionPermission.objects.filter(group=group, collection=root)
    for codename in plan.on_pictures:
        # Wagtail keeps the permissions of every image model on its own.
        right = _permission("wagtailimages", codename)
        of_group.get_or_create(permission=right, defaults={"group": group, "collection": root})
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
    workflow = _make_review(WORKFLOW, TASK, reviewers)
    WorkflowContentType.objects.get_or_create(
        content_type=content_type, defaults={"workflow": workflow}
    )
    return True


def make_story_workflow(reviewers: list[Group]) -> bool:
    """The same for the stories below the front page.

    False, and nothing done, without a front page, or where stories are reviewed by a workflow of
    the site's own. Wagtail's first one is none as long as nobody is in its group.
    """
    home = HomePage.objects.first()
    current = home.get_workflow() if home else None
    if home is None or (current and current.name != STORY_WORKFLOW and _reaches_anybody(current)):
        return False
    workflow = _make_review(STORY_WORKFLOW, STORY_TASK, reviewers)
    WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
    return True


def make_groups(
    *, per_language: bool = False, with_names: bool = False, workflows: bool = True
) -> list[str]:
    """All groups, and with `workflows` both reviews; a line for each says whether it is new."""
    lines, reviewers = [], defaultdict(list)
    for plan in plan_groups(per_language=per_language, with_names=with_names):
        group, made = make_group(plan)
        reviewers[plan.decides].append(group)
        lines.append((_("%s: made") if made else _("%s: already exists")) % group.name)
    if not workflows:
        return lines
    stories = make_story_workflow(reviewers[STORY_WORKFLOW])
    translations = make_workflow(reviewers[WORKFLOW])
    return [
        *lines,
        _("Review of stories: set up") if stories else _("Review of stories: defined by the site"),
        _("Review: set up") if translations else _("Review: defined by the site"),
    ]


def _make_review(name: str, step: str, reviewers: list[Group]) -> Workflow:
    """A workflow of one step, which any of the reviewers approves."""
    workflow, _made = Workflow.objects.get_or_create(name=name)
    task, _made = GroupApprovalTask.objects.get_or_create(name=step)
    task.groups.add(*reviewers)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    return workflow


def _reaches_anybody(workflow: Workflow) -> bool:
    steps = [task.specific for task in workflow.tasks]
    return any(
        not isinstance(step, GroupApprovalTask) or reviewers_of(step).exists() for step in steps
    )

"""The permissions of the archive's groups, and those that apps add."""

import pytest
from wagtail import hooks

from archive.desk.groups import (
    EDITORS,
    REVIEWERS,
    STORY_REVIEWERS,
    RolePermissions,
    make_group,
    plan_groups,
)

pytestmark = pytest.mark.django_db


def test_an_app_adds_permissions_on_its_models_to_groups() -> None:
    added = RolePermissions((EDITORS,), ("wagtailredirects.add_redirect",))
    with hooks.register_temporarily("register_archive_role_permissions", lambda: added):
        plans = {plan.name: plan for plan in plan_groups()}
    for name, has in ((EDITORS, True), (REVIEWERS, False)):
        group, _made = make_group(plans[name])
        assert group.permissions.filter(codename="add_redirect").exists() is has


def test_editors_and_reviewers_of_stories_import() -> None:
    plans = {plan.name: plan.permissions for plan in plan_groups()}
    for name in (EDITORS, STORY_REVIEWERS):
        assert "archive_intake.add_importbatch" in plans[name]
    assert "archive_intake.add_importbatch" not in plans[REVIEWERS]

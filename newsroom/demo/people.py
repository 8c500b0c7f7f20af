"""The demo's accounts: who may do what, and the workflow between them."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.users.models import UserProfile

from archive.desk.groups import EDITORS, REVIEWERS, STORY_REVIEWERS, TRANSLATORS


@dataclass(frozen=True)
class Account:
    username: str
    first_name: str
    last_name: str
    groups: tuple[str, ...]
    language: str

    @property
    def password(self) -> str:
        return f"{self.username}-demo-2015"


ACCOUNTS = (
    Account("editor", "Evelyn", "Hart", (EDITORS,), "en"),
    Account("translator", "明", "陈", (TRANSLATORS,), "zh-hans"),
    Account("reviewer", "静", "林", (REVIEWERS, STORY_REVIEWERS), "zh-hans"),
    Account("administrator", "Ada", "Brook", (), "en"),
)


def make_people() -> None:
    """Groups, permissions, workflow and accounts; what is there already stays as it is."""
    call_command("make_groups", with_names=True, workflow=True, verbosity=0)
    for account in ACCOUNTS:
        _make_account(account)


def _make_account(account: Account) -> None:
    users = get_user_model().objects
    if users.filter(username=account.username).exists():
        return
    make = users.create_user if account.groups else users.create_superuser
    user = make(
        account.username,
        f"{account.username}@example.org",
        account.password,
        first_name=account.first_name,
        last_name=account.last_name,
    )
    user.groups.add(*Group.objects.filter(name__in=account.groups))
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = account.language
    profile.save()

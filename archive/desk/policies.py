"""Who may do what to a translation."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from archive.desk.models import Translation


class NeverByHand(ModelPermissionPolicy):
    """A translation comes and goes with its story: nobody adds or deletes one."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "delete") and super().user_has_permission(user, action)


policy = NeverByHand(Translation)


def register_policy() -> None:
    """Wagtail 8 keeps a registry of policies; 7.4 asks the viewset, which has it too."""
    try:
        from wagtail.permissions import register_permission_policy
    except ImportError:
        return
    register_permission_policy(Translation, policy, exact_class=True)

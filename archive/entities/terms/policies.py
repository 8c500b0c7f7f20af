"""Who may change a term: whoever may change terms, and who has added it and may add others."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from archive.entities.terms.models import GlossaryTerm


class TermPolicy(ModelPermissionPolicy):
    """A person's own terms can't be deleted by that: others may have used them meanwhile."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if self.user_has_permission(user, action):
            return True
        is_own = instance.author_id is not None and instance.author_id == user.pk
        return action == "change" and is_own and self.user_has_permission(user, "add")

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return any(self.user_has_permission_for_instance(user, one, instance) for one in actions)


term_policy = TermPolicy(GlossaryTerm)

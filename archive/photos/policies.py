"""Who may do what with pictures: Wagtail's rights by collection, and by the paper that prints them.

A collection holds pictures of many papers. Whoever may change pictures there changes those of
stories that they may edit, and those that no page shows.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField
from django.db.models.functions import Cast
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from archive.base_page import Page


class PicturePolicy(CollectionOwnershipPermissionPolicy):
    """Nobody changes or deletes a picture that a page shows which they may not edit."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        if not super().user_has_any_permission_for_instance(user, actions, instance):
            return False
        is_change = {"change", "delete"} >= set(actions)
        return not is_change or user.is_superuser or not pages_of_others(user, instance).exists()


def pages_of_others(user: Any, image: Any) -> Any:
    """The pages that show the picture and that the person may not edit."""
    references = ReferenceIndex.get_references_to(image)
    of_pages = references.filter(base_content_type=ContentType.objects.get_for_model(Page))
    keys = of_pages.annotate(page=Cast("object_id", IntegerField())).values("page")
    own = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return Page.objects.filter(pk__in=keys).exclude(pk__in=own.order_by().values("pk"))


def image_policy() -> Any:
    """The policy of the site's image model."""
    try:
        # Wagtail 7.4 has no registry of policies.
        from wagtail.permissions import policy_registry
    except ImportError:
        # And Wagtail 8 warns of this module.
        from wagtail.images.permissions import permission_policy

        return permission_policy
    return policy_registry.get_by_type(get_image_model())


def register_picture_policy() -> None:
    """Where a site has given its pictures a policy of its own, that one stays."""
    try:
        # Wagtail 7.4 has no registry of policies.
        from wagtail.permissions import policy_registry, register_permission_policy
    except ImportError:
        # Wagtail 8 warns of this module. The views of 7.4 hold this very object: nothing can be
        # put in its place.
        from wagtail.images.permissions import permission_policy

        if type(permission_policy) is CollectionOwnershipPermissionPolicy:
            permission_policy.__class__ = PicturePolicy
        return
    model = get_image_model()
    if model not in policy_registry.values_by_exact_class:
        policy = PicturePolicy(
            model, auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user"
        )
        register_permission_policy(model, policy, exact_class=True)

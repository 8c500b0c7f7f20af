"""Who may do what with pictures: Wagtail's rights by collection."""

from typing import Any

from wagtail.images import get_image_model


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

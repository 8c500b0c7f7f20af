"""An editor at the admin, for the tests of uploads."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_rendition_of_another_test():
    """Wagtail caches renditions by image id, which every test counts from one again."""
    cache.clear()


@pytest.fixture
def editor(client, django_user_model):
    """A client logged in as one of Wagtail's own Editors, who may add pictures."""
    user = django_user_model.objects.create_user("editor", "editor@example.org", "secret")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client

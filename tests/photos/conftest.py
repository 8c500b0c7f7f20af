"""An editor at the admin, for the tests of uploads."""

import pytest
from django.contrib.auth.models import Group


@pytest.fixture
def editor(client, django_user_model):
    """A client logged in as one of Wagtail's own Editors, who may add pictures."""
    user = django_user_model.objects.create_user("editor", "editor@example.org", "secret")
    user.groups.add(Group.objects.get(name="Editors"))
    client.force_login(user)
    return client

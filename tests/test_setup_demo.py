"""The demo's known passwords don't get onto a server by mistake."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


def test_the_demo_is_refused_where_debug_is_off() -> None:
    with CaptureQueriesContext(connection) as queries, pytest.raises(CommandError) as refused:
        call_command("setup_demo")
    assert "--known-passwords" in str(refused.value)
    assert not queries.captured_queries
    assert not User.objects.exists()

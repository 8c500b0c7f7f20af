"""A form whose token is an old one."""

from django.test import Client
from django.urls import reverse

from tests.factories import make_editor


def test_a_form_with_an_old_token_is_told_so_in_both_languages(db) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_editor())
    answer = client.post(reverse("wagtailadmin_account"), {"csrfmiddlewaretoken": "x" * 64})
    assert answer.status_code == 403
    assert "Go back: what you typed is still in the form" in answer.content.decode()
    assert "您输入的内容仍在表单中" in answer.content.decode()

"""Who is told what of a translation, in the menu and by mail."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from lxml.html import document_fromstring

from archive.desk.comments import add_comment, add_reply
from archive.desk.models import Notice, NoticeSetting, Translation
from archive.desk.notices.actions import people_named, send_due_notices
from archive.desk.queue import actions
from tests.desk.form_data import controls
from tests.desk.helpers import Person, page_text, translation_of
from tests.factories import make_article, make_editor, make_translator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("base_url")]

LIST = "archive_translation:notices"
TODAY = date(2026, 11, 28)


@pytest.fixture
def base_url(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://desk.example"


@pytest.fixture
def translation() -> Translation:
    return translation_of(make_article())


@pytest.fixture
def li() -> Person:
    return Person(make_translator("li"))


@pytest.fixture
def wang() -> Person:
    return Person(make_translator("wang"))


def wants(person: Person, choice: NoticeSetting.Mail) -> None:
    NoticeSetting.objects.create(person=person.user, mail=choice)


def kinds(person: Person) -> list[str]:
    return list(Notice.objects.filter(person=person.user).values_list("kind", flat=True))


def test_an_assignment_is_told_and_mailed(
    translation: Translation, li: Person, wang: Person
) -> None:
    actions.assign([translation], li.user, user=wang.user)
    [sent] = mail.outbox
    assert sent.to == [li.user.email]
    assert sent.subject == f"Assigned to you: {translation.article.title}"
    assert "wang assigned it to you" in sent.body
    [address] = [
        line for line in sent.body.splitlines() if line.startswith("https://desk.example/")
    ]
    response = li.client.get(address.removeprefix("https://desk.example"))
    assert response.url == translation.get_edit_url()
    assert Notice.objects.get().seen_at


def test_who_takes_work_is_told_nothing(translation: Translation, li: Person) -> None:
    actions.take(translation, "", user=li.user)
    assert kinds(li) == []


def test_a_comment_reaches_whose_work_it_is_and_who_said_something_there(
    translation: Translation, li: Person, wang: Person
) -> None:
    editor = make_translator("zhao")
    actions.assign([translation], li.user, user=li.user)
    add_comment(translation, "headline", "Too long?", user=editor)
    add_comment(translation, "headline", "Yes.", user=wang.user)
    assert kinds(li) == ["comment", "comment"]
    assert kinds(Person(editor)) == ["comment"]
    assert kinds(wang) == []


def test_a_reply_reaches_everybody_in_the_thread_and_nobody_of_another(
    translation: Translation, li: Person, wang: Person
) -> None:
    people = [Person(make_translator(name)) for name in ("zhao", "sun")]
    zhao, sun = people
    comment = add_comment(translation, "headline", "Too long?", user=li.user)
    add_comment(translation, "headline", "Who is it?", user=sun.user)
    add_reply(comment, "No.", user=wang.user)
    Notice.objects.all().delete()
    mail.outbox.clear()
    add_reply(comment, "Yes.", user=zhao.user)
    assert [kinds(one) for one in (li, wang, zhao, sun)] == [["reply"], ["reply"], [], []]
    assert "zhao replied" in page_text(li.client.get(reverse(LIST)))
    assert {one.to[0] for one in mail.outbox} == {li.user.email, wang.user.email}


@pytest.mark.parametrize(
    ("text", "is_called"),
    [
        ("@li please look", True),
        ("Please look, @LI.", True),
        ("＠李娜请看一下", True),
        ("请@李娜看", True),
        ("@lina please", False),
        ("li, please", False),
        ("write to me@linen.example", False),
    ],
)
def test_an_at_sign_calls_a_colleague_by_account_or_name(
    translation: Translation, li: Person, text: str, is_called: bool
) -> None:
    li.user.last_name, li.user.first_name = "李", "娜"
    li.user.save()
    assert people_named(text, translation) == [li.user] * is_called


def test_who_is_named_hears_it_once_and_not_as_a_comment_as_well(
    translation: Translation, li: Person, wang: Person
) -> None:
    actions.assign([translation], li.user, user=li.user)
    add_comment(translation, "headline", "@li Too long?", user=wang.user)
    assert kinds(li) == ["mention"]


def test_who_may_not_open_it_is_not_called(translation: Translation, wang: Person) -> None:
    make_editor("editor")
    add_comment(translation, "headline", "@editor look", user=wang.user)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("choice", "at_once", "later"), [("daily", 0, 1), ("never", 0, 0)])
def test_mails_come_as_one_chooses(
    translation: Translation,
    li: Person,
    wang: Person,
    choice: str,
    at_once: int,
    later: int,
) -> None:
    wants(li, NoticeSetting.Mail(choice))
    actions.assign([translation], li.user, user=wang.user)
    add_comment(translation, "headline", "Too long?", user=wang.user)
    assert len(mail.outbox) == at_once
    assert send_due_notices(TODAY) == later
    assert send_due_notices(TODAY) == 0
    assert [one.subject for one in mail.outbox] == ["2 notices from the desk"] * later


def test_who_may_no_longer_open_it_hears_nothing(
    translation: Translation, li: Person, wang: Person
) -> None:
    add_comment(translation, "headline", "Too long?", user=li.user)
    li.user.groups.clear()
    add_comment(translation, "headline", "No.", user=wang.user)
    assert kinds(li) == []


def test_several_due_dates_are_one_mail(li: Person) -> None:
    some = [translation_of(make_article(f"Story {number}")) for number in range(3)]
    actions.assign(some, li.user, user=li.user)
    actions.set_due_date(some, TODAY, user=li.user)
    assert send_due_notices(TODAY) == 1
    assert [one.subject for one in mail.outbox] == ["3 notices from the desk"]


def test_what_was_read_is_not_mailed(translation: Translation, li: Person, wang: Person) -> None:
    wants(li, NoticeSetting.Mail.DAILY)
    add_comment(translation, "headline", "@li Too long?", user=wang.user)
    li.client.post(reverse(LIST))
    assert send_due_notices(TODAY) == 0


def test_a_mail_that_cannot_be_sent_is_tried_again(
    translation: Translation, li: Person, wang: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.message.EmailMessage.send", lambda *_args: 1 / 0)
        add_comment(translation, "headline", "@li Too long?", user=wang.user)
        assert send_due_notices(TODAY) == 0
    assert send_due_notices(TODAY) == 1


def test_a_due_date_is_told_once_until_it_is_moved(translation: Translation, li: Person) -> None:
    actions.assign([translation], li.user, user=li.user)
    for day, told in [(TODAY + timedelta(days=2), 0), (TODAY + timedelta(days=1), 1), (TODAY, 2)]:
        actions.set_due_date([translation], day, user=li.user)
        send_due_notices(TODAY)
        send_due_notices(TODAY)
        assert kinds(li) == ["due"] * told


def test_old_notices_go_when_they_were_read(
    translation: Translation, li: Person, wang: Person
) -> None:
    for _ in range(2):
        add_comment(translation, "headline", "@li Too long?", user=wang.user)
    old = timezone.now() - timedelta(days=91)
    Notice.objects.filter(pk=Notice.objects.first().pk).update(seen_at=old)  # type: ignore[union-attr]
    call_command("send_notices", verbosity=0)
    assert Notice.objects.count() == 1


def test_a_notice_is_seen_when_its_translation_is_opened_directly(
    translation: Translation, li: Person, wang: Person
) -> None:
    actions.assign([translation], li.user, user=wang.user)
    other = translation_of(make_article("Another"))
    actions.assign([other], li.user, user=wang.user)
    wang.client.get(translation.get_edit_url())
    assert Notice.objects.filter(seen_at=None).count() == 2
    li.client.get(translation.get_edit_url())
    assert Notice.objects.get(seen_at=None).translation_id == other.pk


def test_the_list_and_the_number_in_the_menu(
    translation: Translation, li: Person, wang: Person
) -> None:
    add_comment(translation, "headline", "@li Too long?", user=wang.user)
    page = li.client.get(reverse(LIST))
    assert "wang mentioned you" in page_text(page)
    assert "1 unread notice" in page.content.decode()
    page = li.client.post(reverse(LIST), follow=True)
    assert "1 unread notice" not in page.content.decode()


def test_the_list_costs_the_same_for_any_number(
    translation: Translation, li: Person, wang: Person, django_assert_num_queries: Any
) -> None:
    li.client.get(reverse(LIST))
    for number in (1, 12):
        for _ in range(number):
            add_comment(translation, "headline", "@li Too long?", user=wang.user)
        with django_assert_num_queries(11):
            li.client.get(reverse(LIST))


def test_another_persons_notice_is_nobodys_business(
    translation: Translation, li: Person, wang: Person
) -> None:
    add_comment(translation, "headline", "@li Too long?", user=wang.user)
    address = reverse("archive_translation:notice", args=[Notice.objects.get().pk])
    assert wang.client.get(address).url == reverse(LIST)
    assert Notice.objects.get().seen_at is None
    assert "mentioned" not in page_text(wang.client.get(reverse(LIST)))


def test_the_choice_stands_in_the_account(li: Person) -> None:
    address = reverse("wagtailadmin_account")
    [form] = document_fromstring(li.client.get(address).content.decode()).xpath(
        "//form[.//input[@name='archive_notices-mail']]"
    )
    data = controls(form)
    assert data["archive_notices-mail"] == "at_once"
    names = {"name_email-first_name": "Li", "name_email-last_name": "Na"}
    li.client.post(address, {**data, **names, "archive_notices-mail": "daily"})
    assert NoticeSetting.objects.get(person=li.user).mail == "daily"

"""`manage.py add_person`: how the first admin of a new desk comes in."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import Role
from audit.models import AuditEvent

pytestmark = pytest.mark.django_db


def add(*arguments, stdin="", monkeypatch=None):
    out = io.StringIO()
    if monkeypatch:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
    call_command("add_person", *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_a_password_that_works_and_leaves_a_trace(client):
    said = add("karim", "--role", "admin", "--name", "Karim Haddad")

    karim = User.objects.get()
    assert (karim.role, karim.is_staff, karim.name) == (Role.ADMIN, True, "Karim Haddad")
    assert client.login(username="karim", password=said.split()[-1])
    event = AuditEvent.objects.get()
    assert (event.verb, event.subject_id, event.actor) == ("person.saved", karim.pk, None)


def test_a_password_from_standard_input_is_not_printed(monkeypatch):
    said = add("nadia", "--password-stdin", stdin="a long enough one\n", monkeypatch=monkeypatch)

    assert said == "nadia can log in.\n"
    assert User.objects.get().check_password("a long enough one")
    assert User.objects.get().role == Role.FACT_CHECKER


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (["nadia"], "short\n", "too short"),
        (["no spaces allowed"], "a long enough one\n", "Enter a valid username"),
        (["taken"], "a long enough one\n", "already exists"),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_is_added(monkeypatch, arguments, stdin, words):
    User.objects.create(username="taken")

    with pytest.raises(CommandError, match=words):
        add(*arguments, "--password-stdin", stdin=stdin, monkeypatch=monkeypatch)

    assert User.objects.count() == 1
    assert not AuditEvent.objects.exists()

"""Signing in, the first page, the demo's people, and how the desk looks to one person."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from desk.keys import KEYS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.CLAIMDESK_DEMO = True


def test_what_was_typed_outlives_the_session_and_is_sent_again(client, checker, claim_at):
    claim = claim_at("open")
    typed = "Which count is <this>? 👩‍👩‍👧 گواہ"
    url = reverse("desk:comment", args=[claim.pk])

    answer = client.post(url, {"comment-text": typed, "version": claim.version})

    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Nothing of yours is lost." in page
    assert escape(typed) in page
    assert not claim.comments.exists()
    again = re.search(r'<form class="stack" method="post" action="([^"]+)">', page)
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    client.force_login(checker)
    client.post(again[1], {name: html.unescape(value) for name, value in fields})
    assert claim.comments.get().text == typed


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("comment", {"comment-text": "Nein"}),
        ("reword", {"text": "洪水造成二十六人死亡。", "version": "1"}),
        ("dismiss", {"reason": "opinion", "version": "1"}),
        ("add", {"text": "官员表示,洪水造成二十六人死亡。反对派没有提供证据。", "title": ""}),
    ],
)
def test_one_word_and_a_language_without_spaces_outlive_the_session_too(client, claim_at, name, fields):
    args = [] if name == "add" else [claim_at("open").pk]
    answer = client.post(reverse("desk:articles" if name == "add" else f"desk:{name}", args=args), fields)
    assert answer.status_code == 401
    assert next(iter(fields.values())) in answer.content.decode()


def test_a_press_without_a_session_asks_to_sign_in(client, claim_at):
    claim = claim_at("open")
    answer = client.post(reverse("desk:take", args=[claim.pk]), {"version": claim.version})
    assert answer.url.startswith(reverse("login"))


def test_the_login_page_needs_no_script(client):
    page = client.get(reverse("login")).content.decode()
    assert "<script" not in page
    assert "Demo newsroom" not in page


def test_signing_in_leads_to_the_queue(client, checker):
    checker.set_password("a long enough one")
    checker.save()
    answer = client.post(reverse("login"), {"username": "nadia", "password": "a long enough one"})
    assert answer.url == reverse("desk:queue")


def test_a_wrong_password_is_told_without_saying_which_part(client, checker):
    answer = client.post(reverse("login"), {"username": "nadia", "password": "wrong"})
    assert "correct username and password" in answer.content.decode()


def test_the_first_page_leads_on(client):
    page = client.get(reverse("desk:start")).content.decode()
    assert "Check claims. Show your evidence." in page
    assert "Start with the demo newsroom" not in page


def test_the_demo_is_entered_with_one_press(client, demo):
    factories.UserFactory(username="checker")
    assert "Start with the demo newsroom" in client.get(reverse("desk:start")).content.decode()
    assert client.post(reverse("desk:demo"), {"username": "checker"}).url == reverse("desk:queue")
    assert client.get(reverse("desk:queue")).status_code == 200


def test_outside_the_demo_nobody_enters_without_a_password(client):
    factories.UserFactory(username="checker")
    assert client.post(reverse("desk:demo"), {"username": "checker"}).url == reverse("login")
    assert client.get(reverse("desk:queue")).status_code == 302


def test_the_demo_opens_only_to_the_machine_that_runs_it(client, demo):
    factories.UserFactory(username="checker")
    answer = client.post(reverse("desk:demo"), {"username": "checker"}, REMOTE_ADDR="203.0.113.9")
    assert answer.url == reverse("login")


def test_the_demo_has_only_its_own_people(client, demo):
    factories.UserFactory(username="boss", admin=True)
    assert client.post(reverse("desk:demo"), {"username": "boss"}).url == reverse("login")


def test_an_editor_goes_on_from_a_claim_to_its_approval(client, demo):
    factories.UserFactory(username="editor", editor=True)
    answer = client.post(reverse("desk:demo"), {"username": "editor", "next": "/claims/7/"})
    assert answer.url == "/review/7/"


@pytest.mark.parametrize(
    ("theme", "attribute"), [("dark", 'data-theme="dark"'), ("light", 'data-theme="light"')]
)
def test_a_theme_is_there_before_the_first_paint(client, checker, theme, attribute):
    client.force_login(checker)
    answer = client.post(reverse("desk:look"), {"theme": theme, "next": "/articles/"})
    assert answer.url == "/articles/"
    assert attribute in client.get(reverse("desk:queue")).content.decode()
    client.post(reverse("desk:look"), {"theme": "auto"})
    assert "data-theme=" not in client.get(reverse("desk:queue")).content.decode().split("<head>")[0]


def test_a_theme_that_is_none_is_not_written_into_the_page(client, checker):
    client.cookies["theme"] = '"><script>'
    client.force_login(checker)
    assert "data-theme" not in client.get(reverse("desk:queue")).content.decode().split("<head>")[0]


def test_single_keys_can_be_turned_off(client, checker):
    client.force_login(checker)
    client.post(reverse("desk:look"), {"keys": "off"})
    assert 'data-keys="off"' in client.get(reverse("desk:queue")).content.decode()


def test_the_help_lists_every_key(client, checker):
    client.force_login(checker)
    page = client.get(reverse("desk:keys")).content.decode()
    assert [key.name for key in KEYS if str(key.label).replace("'", "&#x27;") not in page] == []


def test_every_page_has_the_live_regions_before_anything_happens(client, checker):
    client.force_login(checker)
    page = client.get(reverse("desk:queue")).content.decode()
    assert '<div id="alerts" role="alert"></div>' in page
    assert '<div id="toasts" role="status" aria-live="polite">' in page


def test_the_security_policy_allows_no_inline_script(client, checker):
    client.force_login(checker)
    policy = client.get(reverse("desk:queue"))["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/nothing-here/", "/articles/x/"])
def test_an_address_without_a_page_says_where_to_go(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is nothing at this address." in answer.content.decode()

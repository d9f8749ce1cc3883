"""The library, the inbox and one's own tokens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts import tokens
from accounts.models import ApiToken, User
from claims.models import Claim
from reviews.actions import comments
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_library_is_searched_by_title_and_by_words_of_the_text(
    at_work: Callable[[User], Client], checker: User
) -> None:
    factories.SnapshotFactory(source__title="Situation report 9", text="The dam held all night.")
    factories.SnapshotFactory(source__title="Another report", text="A different thing.")

    page = at_work(checker).get("/sources/", {"q": "dam"}).text

    assert "Situation report 9" in page
    assert "Another report" not in page


def test_a_snapshot_marks_the_words_that_are_quoted(at_work: Callable[[User], Client], checker: User) -> None:
    item = factories.EvidenceFactory()

    page = at_work(checker).get(f"/sources/snapshots/{item.snapshot_id}/", {"claim": item.claim_id}).text

    assert f'<mark id="q{item.number}">{item.quote}</mark>' in page


def test_only_an_editor_changes_a_grade_and_says_why(
    press: Callable[..., Any], checker: User, editor: User
) -> None:
    source = factories.SnapshotFactory().source

    refused = press(checker, "grade", source.pk, version=1, reliability="A", reason="Good")
    without = press(editor, "grade", source.pk, version=1, reliability="A", reason="")
    press(editor, "grade", source.pk, version=1, reliability="A", reason="A public record.")

    source.refresh_from_db()
    assert (refused.status_code, without.status_code) == (403, 422)
    assert (source.reliability, source.version) == ("A", 2)


def test_opening_a_notification_marks_it_as_read(
    press: Callable[..., Any], client: Client, claim_at: Callable[..., Claim], checker: User, checker2: User
) -> None:
    claim = claim_at("in_progress", author=checker)
    comments.comment(claim.pk, by=checker, text="@tomas look")
    notice = checker2.notifications.get()
    client.force_login(checker2)
    assert "1 unread notification" in client.get("/notifications/").text

    answer = press(checker2, "mark_read", id=notice.pk, claim=claim.pk)

    assert answer.headers["Location"] == f"/claims/{claim.pk}/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_nobody_marks_a_colleagues_notification(
    press: Callable[..., Any], claim_at: Callable[..., Claim], checker: User, checker2: User
) -> None:
    claim = claim_at("in_progress", author=checker)
    comments.comment(claim.pk, by=checker, text="@tomas look")

    press(checker, "mark_read", id=checker2.notifications.get().pk)

    assert checker2.notifications.get().read_at is None


def test_a_tokens_secret_is_shown_once(at_work: Callable[[User], Client], checker: User) -> None:
    browser = at_work(checker)

    made = browser.post("/settings/me/", {"label": "CMS", "days": "30", "scope": ["read"]}).text
    token = ApiToken.objects.get()
    again = browser.get("/settings/me/").text

    secret = made.partition('class="secret">')[2].partition("<")[0]
    assert tokens.find(secret) == token
    assert token.scopes == ["read"]
    assert secret not in again
    assert token.prefix in again


def test_a_revoked_token_opens_nothing(press: Callable[..., Any], checker: User) -> None:
    secret, token = tokens.issue(checker)

    press(checker, "revoke_token", token.pk)

    assert tokens.find(secret) is None


def test_nobody_revokes_a_colleagues_token(press: Callable[..., Any], checker: User, checker2: User) -> None:
    secret, token = tokens.issue(checker)

    press(checker2, "revoke_token", token.pk)

    assert tokens.find(secret) == token


@pytest.mark.parametrize("path", ["/review/", "/sources/", "/notifications/", "/settings/me/", "/claims/1/"])
def test_the_desk_asks_strangers_to_sign_in_and_refuses_readers(
    client: Client, reader: User, path: str
) -> None:
    stranger = client.get(path)
    client.force_login(reader)

    assert stranger.headers["Location"].startswith("/login/")
    assert client.get(path).status_code == 403

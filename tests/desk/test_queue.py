"""The queue: whose turn it is, what narrows it, and deeds done from a row with and without a script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from claims.actions import editing
from claims.lifecycle import Status
from claims.models import Claim
from desk.views.queue import VIEWS
from reviews import queries
from reviews.actions import work
from tests import factories

pytestmark = pytest.mark.django_db
QUEUE = reverse("desk:queue")


def htmx(target: str) -> dict[str, str]:
    return {
        "HX-Request": "true",
        "HX-Target": f"div#{target}",
        "HX-Current-URL": f"http://testserver{QUEUE}?view=triage",
    }


@pytest.fixture
def claims(db):
    revision = factories.RevisionFactory()
    return [
        factories.ClaimFactory(revision=revision, start=n, end=n + 20, text=f"Claim number {n}.")
        for n in range(10)
    ]


def test_the_queue_asks_strangers_to_sign_in(client):
    assert client.get(QUEUE).url == f"{reverse('login')}?next={QUEUE}"


def test_the_queue_is_not_for_readers(client, reader):
    client.force_login(reader)
    answer = client.get(QUEUE)
    assert answer.status_code == 403
    assert "The desk is for those who check claims here." in answer.content.decode()


def test_your_turn_shows_what_one_holds(client, checker, claim_at):
    mine, other = claim_at("in_progress", author=checker), claim_at("in_progress")
    client.force_login(checker)
    page = client.get(QUEUE).content.decode()
    assert f'id="q{mine.pk}"' in page
    assert f'id="q{other.pk}"' not in page


@pytest.mark.parametrize("who", ["checker", "editor"])
def test_every_count_is_that_of_its_list(request, client, claim_at, checker, editor, who):
    for author in (checker, editor):
        for status in Status.values:
            claim_at(status, author=author)
    Claim.objects.filter(assignee=checker).update(due_at=timezone.now() - timedelta(days=1))
    Claim.objects.filter(status=Status.PUBLISHED).update(look_again="Its day has come.")
    user = request.getfixturevalue(who)
    client.force_login(user)
    counts = queries.turn_counts(user)
    for view in VIEWS:
        page = client.get(QUEUE, {"view": view.slug}).content.decode()
        assert page.count("data-row") == counts[view.count], view.slug
    assert f'Queue<span class="count">{counts["turn"]}</span>' in page


def test_it_is_an_editors_turn_when_a_verdict_waits(client, editor, claim_at):
    waiting = claim_at("in_review")
    client.force_login(editor)
    assert f'id="q{waiting.pk}"' in client.get(QUEUE).content.decode()


@pytest.mark.parametrize(
    ("view", "status"),
    [("triage", "new"), ("unassigned", "open"), ("review", "in_review"), ("published", "published")],
)
def test_each_view_shows_its_own_step(client, editor, claim_at, view, status):
    made = {step: claim_at(step) for step in ("new", "open", "in_review", "published")}
    client.force_login(editor)
    page = client.get(QUEUE, {"view": view}).content.decode()
    assert [step for step, claim in made.items() if f'id="q{claim.pk}"' in page] == [status]


def test_words_narrow_the_list_and_can_be_taken_away(client, checker, claims):
    client.force_login(checker)
    page = client.get(QUEUE, {"view": "all", "q": "number 7"}).content.decode()
    assert page.count("data-row>") == 1
    assert f'href="{QUEUE}?view=all"' in page


def test_what_means_nothing_is_said_and_left_out(client, checker, claims):
    client.force_login(checker)
    answer = client.get(QUEUE, {"view": "all", "status": "flase", "article": "x", "type": "\x00"})
    assert answer.status_code == 200
    assert "“flase” means nothing here" in answer.content.decode()


def test_a_cursor_that_is_not_ours_is_refused_kindly(client, checker, claims):
    client.force_login(checker)
    answer = client.get(QUEUE, {"view": "all", "after": "x"})
    assert answer.status_code == 422
    assert "This cursor is not one of ours" in answer.content.decode()


def test_more_rows_come_by_keyset(client, checker):
    revision = factories.RevisionFactory(text="x" * 200)
    for n in range(60):
        factories.ClaimFactory(revision=revision, start=n, end=n + 5, text=f"Claim {n}.")
    client.force_login(checker)
    first = client.get(QUEUE, {"view": "all"})
    assert first.content.decode().count("data-row>") == 50
    rest = client.get(first.context["more_url"], headers=htmx("more")).content.decode()
    assert rest.count("data-row>") == 10
    assert "<html" not in rest


def test_rows_alone_come_from_the_same_address(client, checker, claims):
    client.force_login(checker)
    answer = client.get(QUEUE, {"view": "all"}, headers=htmx("rows"))
    assert "<html" not in answer.content.decode()
    assert "HX-Target" in answer["Vary"]


def test_foreign_text_carries_its_language(client, checker):
    revision = factories.RevisionFactory(
        article=factories.ArticleFactory(language="ur"), text="ہسپتال کے ترجمان نے کہا"
    )
    factories.ClaimFactory(revision=revision, start=0, end=23)
    client.force_login(checker)
    assert '<span dir="auto" lang="ur">ہسپتال' in client.get(QUEUE, {"view": "all"}).content.decode()


# --- deeds


def test_accepting_without_a_script_goes_back_to_the_list(client, checker, claims):
    client.force_login(checker)
    to = f"{QUEUE}?view=triage"
    answer = client.post(
        reverse("desk:accept", args=[claims[0].pk]), {"version": claims[0].version, "next": to}
    )
    assert answer.url == to
    assert Claim.objects.get(pk=claims[0].pk).status == Status.OPEN
    assert "Accepted." in client.get(to).content.decode()


def test_accepting_from_a_row_answers_with_the_row_and_a_toast(client, checker, claims):
    client.force_login(checker)
    pk = claims[0].pk
    answer = client.post(reverse("desk:accept", args=[pk]), {"version": 1}, headers=htmx(f"q{pk}"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="q{pk}"' in page
    assert "gone" in page
    assert 'hx-swap-oob="beforeend:#toasts"' in page


def test_going_on_stays_on_this_site(client, checker, claims):
    client.force_login(checker)
    given = {"version": 1, "next": "https://evil.example/"}
    answer = client.post(reverse("desk:accept", args=[claims[0].pk]), given)
    assert answer.url == reverse("desk:claim", args=[claims[0].pk])


def test_a_stale_press_is_told_what_the_claim_is_now(client, checker, checker2, claims):
    claim = work.accept(claims[0].pk, by=checker2, version=1)
    work.take(claim.pk, by=checker2, version=claim.version)
    client.force_login(checker)
    answer = client.post(reverse("desk:take", args=[claim.pk]), {"version": 1}, headers=htmx(f"q{claim.pk}"))
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "Someone changed this claim meanwhile" in said
    assert "In progress" in said
    assert Claim.objects.get(pk=claim.pk).assignee == checker2


def test_a_press_without_a_version_does_nothing(client, checker, claims):
    client.force_login(checker)
    assert client.post(reverse("desk:accept", args=[claims[0].pk])).status_code == 409
    assert Claim.objects.get(pk=claims[0].pk).status == Status.NEW
    assert not AuditEvent.objects.exists()


def test_dismissing_is_a_page_of_its_own_too(client, checker, claims):
    client.force_login(checker)
    address = reverse("desk:dismiss", args=[claims[0].pk])
    assert "Why is it not checked?" in client.get(address).content.decode()
    client.post(address, {"version": 1, "reason": "opinion", "note": "A view"})
    found = Claim.objects.get(pk=claims[0].pk)
    assert (found.status, found.dismissal, found.dismissal_note) == ("dismissed", "opinion", "A view")


def test_dismissing_without_a_reason_keeps_the_note(client, checker, claims):
    client.force_login(checker)
    pk = claims[0].pk
    given = {"version": 1, "note": "typed <b>with care</b>"}
    answer = client.post(reverse("desk:dismiss", args=[pk]), given, headers=htmx(f"q{pk}"))
    assert answer.status_code == 422
    assert "typed &lt;b&gt;with care&lt;/b&gt;" in answer.content.decode()
    assert Claim.objects.get(pk=pk).status == Status.NEW


def test_a_duplicate_needs_the_claim_that_it_repeats(client, checker, claims):
    client.force_login(checker)
    answer = client.post(reverse("desk:dismiss", args=[claims[0].pk]), {"version": 1, "reason": "duplicate"})
    assert answer.status_code == 422
    assert "A duplicate names the claim that it repeats" in answer.content.decode()


def test_only_an_editor_gives_claims_to_others(client, checker, checker2, editor, claim_at):
    claim = claim_at("open")
    given = {"version": claim.version, "to": checker2.username}
    client.force_login(checker)
    refused = client.post(reverse("desk:assign", args=[claim.pk]), given)
    assert refused.status_code == 403
    assert "Only an editor can do this." in refused.content.decode()
    client.force_login(editor)
    client.post(reverse("desk:assign", args=[claim.pk]), given)
    assert Claim.objects.get(pk=claim.pk).assignee == checker2


def test_a_due_date_is_kept_and_said(client, checker, claims):
    client.force_login(checker)
    client.post(
        reverse("desk:plan", args=[claims[0].pk]), {"version": 1, "priority": 2, "due_at": "2020-05-03T16:00"}
    )
    page = client.get(QUEUE, {"view": "overdue"}).content.decode()
    assert "Overdue" in page
    assert "High priority" in page


def test_many_are_changed_at_once_and_failures_are_named(client, checker, checker2, claims):
    editing.reword(claims[1].pk, by=checker2, version=1, text="Changed by someone else.")
    client.force_login(checker)
    given = {"deed": "accept", "claim": [claims[0].pk, claims[1].pk], "next": QUEUE}
    given |= {f"version-{claim.pk}": 1 for claim in claims}
    page = client.post(reverse("desk:bulk"), given, follow=True).content.decode()
    assert "1 claim changed." in page
    assert f"Claim {claims[1].pk}: Someone changed this claim meanwhile." in page
    assert [Claim.objects.get(pk=claim.pk).status for claim in claims[:2]] == ["open", "new"]


# --- the heartbeat and the number of queries


def test_the_pulse_is_silent_while_nothing_happens(client, checker, claims):
    client.force_login(checker)
    page = client.get(QUEUE, {"view": "triage"})
    answer = client.get(page.context["pulse_url"])
    assert answer.status_code == 204


def test_the_pulse_says_that_claims_came(client, checker, claims):
    client.force_login(checker)
    page = client.get(QUEUE, {"view": "triage"})
    editing.reword(claims[3].pk, by=checker, version=1, text="Another wording.")
    said = client.get(page.context["pulse_url"]).content.decode()
    assert "1 claim changed or is new. Show it" in said
    assert 'id="pulse" hx-swap-oob="true"' in said


@pytest.mark.parametrize("view", ["turn", "triage", "all"])
def test_ten_rows_cost_as_many_queries_as_one(client, checker, django_assert_num_queries, view):
    client.force_login(checker)
    revision = factories.RevisionFactory()
    counts = []
    for rows in (1, 10):
        while Claim.objects.count() < rows:
            n = Claim.objects.count()
            claim = factories.ClaimFactory(revision=revision, start=n, end=n + 9)
            factories.EvidenceFactory(claim=claim)
            if view == "turn":
                held = work.accept(claim.pk, by=checker, version=1)
                work.take(claim.pk, by=checker, version=held.version)
        with django_assert_num_queries(12, exact=False) as captured:
            assert client.get(QUEUE, {"view": view}).content.decode().count("data-row>") == rows
        counts.append(len(captured))
    assert counts[0] == counts[1]

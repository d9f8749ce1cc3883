"""Following claims along: every change once, in the order in which it became true."""

from __future__ import annotations

from claims.actions import editing
from reviews.actions import publishing, work
from tests import factories

CLAIMS = "/api/v1/claims/"


def follow(client, since, size=3):
    """Ask as a consumer does: page by page, then again from where the last answer ended."""
    page = client.get(f"{CLAIMS}?updated_since={since}&page_size={size}")
    rows = list(page.data["results"])
    while page.data["next"]:
        page = client.get(page.data["next"])
        rows += page.data["results"]
    return rows, page.data["updated_since"]


def test_a_consumer_sees_every_change_once(as_checker, checker):
    claims = [factories.ClaimFactory() for _ in range(7)]
    for claim in claims:
        work.accept(claim.pk, by=checker, version=1)

    rows, since = follow(as_checker, 0)
    assert [row["id"] for row in rows] == [claim.pk for claim in claims]
    assert follow(as_checker, since) == ([], since)

    work.take(claims[3].pk, by=checker, version=2)
    work.take(claims[0].pk, by=checker, version=2)
    rows, since = follow(as_checker, since)
    assert [(row["id"], row["status"]) for row in rows] == [
        (claims[3].pk, "in_progress"), (claims[0].pk, "in_progress")
    ]  # fmt: skip
    assert follow(as_checker, since) == ([], since)


def test_changes_between_two_pages_are_neither_lost_nor_repeated(as_checker, checker):
    claims = [factories.ClaimFactory() for _ in range(6)]
    for claim in claims:
        work.accept(claim.pk, by=checker, version=1)

    first = as_checker.get(f"{CLAIMS}?updated_since=0&page_size=3").data
    work.take(claims[1].pk, by=checker, version=2)  # seen already: comes again, changed
    work.take(claims[4].pk, by=checker, version=2)  # not seen yet: comes once, as it is now
    second = as_checker.get(first["next"]).data

    assert ids_of(first) + ids_of(second) == [
        *(claim.pk for claim in claims[:3]), claims[3].pk, claims[5].pk, claims[1].pk
    ]  # fmt: skip
    rows, _since = follow(as_checker, second["updated_since"])
    assert [row["id"] for row in rows] == [claims[4].pk]


def test_one_may_go_on_from_any_page(as_checker, checker):
    parent = factories.ClaimFactory()
    editing.split(
        parent.pk, by=checker, version=1, wordings=["One.", "Two.", "Three.", "Four."]
    )  # one transaction

    seen, since = [], 0
    while page := as_checker.get(f"{CLAIMS}?updated_since={since}&page_size=2").data["results"]:
        seen += [row["text"] for row in page]
        since = page[-1]["changed_seq"]

    assert sorted(seen) == ["Four.", parent.text, "One.", "Three.", "Two."]


def test_a_reader_follows_what_is_published(as_reader, claim_at, editor):
    first = claim_at("published", editor=editor)
    claim_at("in_review")
    second = claim_at("published")

    rows, since = follow(as_reader, 0, size=1)
    assert [row["id"] for row in rows] == [first.pk, second.pk]

    publishing.retract(first.pk, by=editor, version=first.version, reason="A count was wrong.")
    rows, _since = follow(as_reader, since)
    assert [(row["id"], row["status"]) for row in rows] == [(first.pk, "retracted")]


def test_pages_lose_nothing_while_claims_change(as_checker, checker):
    claims = [factories.ClaimFactory() for _ in range(6)]
    first = as_checker.get(f"{CLAIMS}?page_size=2").data
    for claim in claims:
        work.accept(claim.pk, by=checker, version=1)

    second = as_checker.get(first["next"]).data
    third = as_checker.get(second["next"]).data

    assert ids_of(first) + ids_of(second) + ids_of(third) == [claim.pk for claim in claims]
    assert third["next"] is None


def ids_of(page):
    return [row["id"] for row in page["results"]]

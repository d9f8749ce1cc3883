"""Every list costs the same at one row and at ten."""

from __future__ import annotations

import pytest

from jobs.models import Job
from reviews.actions import comments, verdicts
from sources import actions as sources
from tests import factories


def articles(claim, many, by):
    for _ in range(many - 1):
        article = factories.RevisionFactory().article
        Job.objects.create(step="claims.extract", subject_id=article.pk, group=article.group)
    return "/api/v1/articles/"


def article_claims(claim, many, by):
    for place in range(1, many):
        factories.ClaimFactory(revision=claim.revision, start=place, end=50)
    return f"/api/v1/articles/{claim.revision.article_id}/claims/"


def evidence(claim, many, by):
    for _ in range(many):
        factories.EvidenceFactory(claim=claim)
    return f"/api/v1/claims/{claim.pk}/evidence/"


def searches(claim, many, by):
    for _ in range(many):
        sources.record_search(claim.pk, by=by, query="dam", places="the site", found=0, note="")
    return f"/api/v1/claims/{claim.pk}/searches/"


def remarks(claim, many, by):
    item = factories.EvidenceFactory(claim=claim)
    for _ in range(many):
        comments.comment(claim.pk, by=by, text="See.", evidence_id=item.pk)
    return f"/api/v1/claims/{claim.pk}/comments/"


def history(claim, many, by):
    remarks(claim, many - 2, by)  # two steps were told already
    return f"/api/v1/claims/{claim.pk}/history/"


def all_verdicts(claim, many, by):
    item = factories.EvidenceFactory(claim=claim)
    for _ in range(many):
        claim.refresh_from_db()
        proposed = verdicts.Proposed(rating="true", rationale=f"It says so [{item.ref}].")
        verdicts.submit(claim.pk, by=by, version=claim.version, proposed=proposed)
        claim.refresh_from_db()
        verdicts.withdraw(claim.pk, by=by, version=claim.version)
    return f"/api/v1/claims/{claim.pk}/verdicts/"


@pytest.mark.parametrize("many", [2, 10])
@pytest.mark.parametrize(
    ("fill", "queries"),
    [
        (articles, 3),  # the token, the articles, their jobs
        (article_claims, 6),  # the token, the article, 4 of claims_for
        (evidence, 3),  # the token, whether the claim is there, the rows
        (searches, 3),
        (remarks, 3),
        (history, 3),
        (all_verdicts, 4),  # and what they cite
    ],
)
def test_a_list_costs_the_same_whatever_its_length(
    fill, queries, many, as_checker, checker, claim_at, django_assert_num_queries
):
    address = fill(claim_at("in_progress", author=checker), many, checker)
    as_checker.get("/api/v1/ratings/")  # the token's last use is written at most every five minutes

    with django_assert_num_queries(queries):
        rows = as_checker.get(address).data["results"]

    assert len(rows) == many

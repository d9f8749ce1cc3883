"""The marks by which the feed follows claims."""

from __future__ import annotations

from django.db import transaction

from claims import events
from claims.models import Claim
from tests import factories


def test_no_two_claims_of_one_deed_bear_the_same_mark(db, django_assert_num_queries):
    claims = [factories.ClaimFactory() for _ in range(5)]
    with transaction.atomic():
        events.tell(None, "claim.found", claims[0])  # the ledger's head is there from now on

    with (
        transaction.atomic(),
        django_assert_num_queries(4),
    ):  # the head read and written, the events, the marks
        events.tell_each(None, "claim.matched", [(claim, {}) for claim in claims])

    marks = list(Claim.objects.order_by("pk").values_list("changed_seq", flat=True))
    assert marks == [2, 3, 4, 5, 6]

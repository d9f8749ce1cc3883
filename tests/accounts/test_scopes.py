"""What a token may do, and whom it lets in."""

from __future__ import annotations

import pytest

from accounts import tokens
from common.errors import Forbidden
from reviews import queries


@pytest.mark.parametrize(
    ("scopes", "opened"),
    [
        ([], []),
        (["read"], ["read"]),
        (["read:desk"], ["read", "read:desk"]),
        (["write"], ["read", "read:desk", "write"]),
        (["read", "write"], ["read", "read:desk", "write"]),
    ],
)
def test_a_scope_includes_the_ones_before_it(scopes, opened):
    assert [wanted for wanted in ("read", "read:desk", "write") if tokens.covers(scopes, wanted)] == opened


def test_a_reader_sees_work_only_while_let_in(reader):
    with pytest.raises(Forbidden, match="for those who check claims"):
        queries.claims_for(reader, queries.Filters())

    reader.let_in = True

    assert list(queries.claims_for(reader, queries.Filters())) == []
    assert not reader.works_here

"""What the database refuses in this room, whoever asks."""

from claims.lifecycle import MOVES
from common.guards import Guard

_MOVES = ", ".join(f"'{a}>{b}'" for a, b in sorted(MOVES))
_VERBATIM = (
    'NEW.quote <> (SELECT substr(r.text, NEW.start + 1, NEW."end" - NEW.start)'
    " FROM claims_revision r WHERE r.id = NEW.revision_id)"
)
_MOVED = (
    "OLD.quote <> NEW.quote OR OLD.revision_id <> NEW.revision_id"
    ' OR OLD.start <> NEW.start OR OLD."end" <> NEW."end"'
)

GUARDS = [
    Guard(
        "revision_text_is_final",
        "claims_revision",
        "UPDATE",
        "OLD.text <> NEW.text OR OLD.text_sha256 <> NEW.text_sha256 OR OLD.article_id <> NEW.article_id"
        " OR OLD.number <> NEW.number",
        "a revision never changes",
    ),
    Guard("revision_stays", "claims_revision", "DELETE", "1=1", "a revision is kept"),
    Guard("claim_stays", "claims_claim", "DELETE", "1=1", "a claim is dismissed, never deleted"),
    Guard(
        "claim_moves_by_the_table",
        "claims_claim",
        "UPDATE",
        f"OLD.status <> NEW.status AND (OLD.status || '>' || NEW.status) NOT IN ({_MOVES})",
        "no such step in a claim''s life",
    ),
    Guard(
        "claim_retracts_what_is_public",
        "claims_claim",
        "UPDATE",
        "OLD.status <> NEW.status AND NEW.status = 'retracted' AND NOT OLD.is_public",
        "nothing of this claim is public",
    ),
    Guard(
        "claim_quote_is_verbatim",
        "claims_claim",
        "INSERT",
        _VERBATIM,
        "the quote is not in the article there",
    ),
    Guard(
        "claim_quote_stays_verbatim",
        "claims_claim",
        "UPDATE",
        f"({_MOVED}) AND {_VERBATIM}",
        "the quote is not in the article there",
    ),
    Guard(
        "claim_wording_is_final_in_review",
        "claims_claim",
        "UPDATE",
        "OLD.text <> NEW.text AND OLD.status IN ('in_review', 'approved') AND NEW.status = OLD.status",
        "the wording under review or approved does not change",
    ),
]

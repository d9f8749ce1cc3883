"""What the database refuses in this room: a submitted verdict is final, and so is what it cites while it counts."""

from common.guards import Guard

_COUNTS = (
    "EXISTS (SELECT 1 FROM reviews_citation c JOIN reviews_verdict v ON v.id = c.verdict_id"
    " JOIN claims_claim k ON k.id = v.claim_id"
    " WHERE c.evidence_id = OLD.id AND v.state IN ('submitted', 'approved')"
    " AND k.status NOT IN ('open', 'in_progress'))"
)

_RESTS_ON_IT = (
    "EXISTS (SELECT 1 FROM reviews_verdict v WHERE v.nothing_found_id = OLD.id"
    " AND v.state IN ('submitted', 'approved'))"
)
_FOUND_SOMETHING = (
    "EXISTS (SELECT 1 FROM sources_search s WHERE s.id = NEW.nothing_found_id"
    " AND s.found > 0 AND s.set_aside = '')"
)

GUARDS = [
    Guard(
        "verdict_rests_on_an_absence",
        "reviews_verdict",
        "INSERT",
        _FOUND_SOMETHING,
        "a verdict says none found and rests on a search that found something",
    ),
    Guard(
        "verdict_content_is_final",
        "reviews_verdict",
        "UPDATE",
        "OLD.claim_id <> NEW.claim_id OR OLD.author_id <> NEW.author_id OR OLD.rating_id <> NEW.rating_id"
        " OR OLD.summary <> NEW.summary OR OLD.rationale <> NEW.rationale OR OLD.as_of <> NEW.as_of"
        " OR OLD.claim_text <> NEW.claim_text OR OLD.content_hash <> NEW.content_hash"
        " OR OLD.citations <> NEW.citations OR OLD.single_source <> NEW.single_source"
        " OR COALESCE(OLD.origins, 999) <> COALESCE(NEW.origins, 999)"
        " OR OLD.origins_wanted <> NEW.origins_wanted"
        " OR OLD.would_refute <> NEW.would_refute"
        " OR COALESCE(OLD.expires_on, '9999-12-31') <> COALESCE(NEW.expires_on, '9999-12-31')"
        " OR COALESCE(OLD.nothing_found_id, 0) <> COALESCE(NEW.nothing_found_id, 0)",
        "a submitted verdict never changes: write a new one",
    ),
    Guard(
        "verdict_fate_is_decided_once",
        "reviews_verdict",
        "UPDATE",
        "OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN"
        " ('submitted>withdrawn', 'submitted>returned', 'submitted>approved', 'approved>superseded',"
        " 'approved>returned')",
        "a verdict''s fate is decided once",
    ),
    Guard("verdict_stays", "reviews_verdict", "DELETE", "1=1", "a verdict is kept"),
    Guard("citation_is_final", "reviews_citation", "UPDATE", "1=1", "a citation never changes"),
    Guard("citation_stays", "reviews_citation", "DELETE", "1=1", "a citation is kept"),
    Guard(
        "cited_evidence_is_final",
        "sources_evidence",
        "UPDATE",
        f"(OLD.stance <> NEW.stance OR OLD.set_aside <> NEW.set_aside) AND {_COUNTS}",
        "a verdict under review, approved or public cites this evidence",
    ),
    Guard(
        "search_under_verdict_is_final",
        "sources_search",
        "UPDATE",
        f"OLD.set_aside <> NEW.set_aside AND {_RESTS_ON_IT}",
        "a verdict under review or approved rests on this search",
    ),
    Guard(
        "publication_is_final",
        "reviews_publication",
        "UPDATE",
        "OLD.claim_id <> NEW.claim_id OR OLD.verdict_id <> NEW.verdict_id OR OLD.claim_text <> NEW.claim_text"
        " OR OLD.number <> NEW.number OR OLD.published_at <> NEW.published_at OR OLD.note <> NEW.note"
        " OR (OLD.retraction <> '' AND OLD.retraction <> NEW.retraction)",
        "what was published never changes: publish a correction",
    ),
    Guard("publication_stays", "reviews_publication", "DELETE", "1=1", "what was published is kept"),
]

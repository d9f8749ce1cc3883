"""What the database refuses in this room: evidence is verbatim, a snapshot is final, a search is not rewritten."""

from common.guards import Guard

_VERBATIM = (
    'NEW.quote <> (SELECT substr(s.text, NEW.start + 1, NEW."end" - NEW.start)'
    " FROM sources_snapshot s WHERE s.id = NEW.snapshot_id)"
)

GUARDS = [
    Guard(
        "snapshot_is_final",
        "sources_snapshot",
        "UPDATE",
        "OLD.text <> NEW.text OR OLD.sha256 <> NEW.sha256 OR OLD.source_id <> NEW.source_id"
        " OR OLD.bytes_sha256 <> NEW.bytes_sha256 OR OLD.record <> NEW.record OR OLD.final_url <> NEW.final_url",
        "a snapshot never changes",
    ),
    Guard("snapshot_stays", "sources_snapshot", "DELETE", "1=1", "a snapshot is kept"),
    Guard(
        "evidence_is_verbatim",
        "sources_evidence",
        "INSERT",
        _VERBATIM,
        "the quote is not in the snapshot there",
    ),
    Guard(
        "evidence_words_are_final",
        "sources_evidence",
        "UPDATE",
        'OLD.quote <> NEW.quote OR OLD.start <> NEW.start OR OLD."end" <> NEW."end"'
        " OR OLD.snapshot_id <> NEW.snapshot_id OR OLD.claim_id <> NEW.claim_id OR OLD.number <> NEW.number",
        "the words of evidence never change",
    ),
    Guard("evidence_stays", "sources_evidence", "DELETE", "1=1", "evidence is set aside, never deleted"),
    Guard(
        "search_is_final",
        "sources_search",
        "UPDATE",
        "OLD.claim_id <> NEW.claim_id OR OLD.query <> NEW.query OR OLD.places <> NEW.places"
        " OR OLD.found <> NEW.found OR OLD.note <> NEW.note OR OLD.made_at <> NEW.made_at"
        " OR OLD.model_version <> NEW.model_version OR COALESCE(OLD.made_by_id, 0) <> COALESCE(NEW.made_by_id, 0)",
        "a recorded search never changes",
    ),
    Guard("search_stays", "sources_search", "DELETE", "1=1", "a recorded search is kept"),
]

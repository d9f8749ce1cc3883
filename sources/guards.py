"""What the database refuses in this room: evidence is verbatim; snapshots, searches and values are final."""

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
    Guard(
        "figure_is_final",
        "sources_figure",
        "UPDATE",
        "OLD.claim_id <> NEW.claim_id OR OLD.stated <> NEW.stated OR OLD.value <> NEW.value"
        " OR OLD.bound <> NEW.bound OR COALESCE(OLD.upper, 0) <> COALESCE(NEW.upper, 0) OR OLD.unit <> NEW.unit"
        " OR OLD.scope <> NEW.scope OR OLD.according_to <> NEW.according_to OR OLD.as_of <> NEW.as_of"
        " OR COALESCE(OLD.at, '00:00:00') <> COALESCE(NEW.at, '00:00:00') OR OLD.reason <> NEW.reason"
        " OR COALESCE(OLD.evidence_id, 0) <> COALESCE(NEW.evidence_id, 0)"
        " OR COALESCE(OLD.added_by_id, 0) <> COALESCE(NEW.added_by_id, 0)",
        "a value never changes: take it out and add another",
    ),
    Guard(
        "figure_fate_is_decided_once",
        "sources_figure",
        "UPDATE",
        "OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN"
        " ('proposed>accepted', 'proposed>dismissed', 'accepted>removed', 'accepted>replaced')",
        "what was decided on a value stays",
    ),
    Guard("figure_stays", "sources_figure", "DELETE", "1=1", "a value is taken out, never deleted"),
]

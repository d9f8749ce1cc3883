"""The ledger only grows."""

from common.guards import Guard

GUARDS = [
    Guard("audit_no_update", "audit_auditevent", "UPDATE", "1=1", "audit events are append-only"),
    Guard("audit_no_delete", "audit_auditevent", "DELETE", "1=1", "audit events are append-only"),
]

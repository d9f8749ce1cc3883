"""Walk the hash chain of the audit ledger and look for changes that went round it."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from reviews import verify


class Command(BaseCommand):
    help = "Check the audit ledger; exit 1 and the first broken event if anything was altered."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = verify.audit_findings()
        for finding in findings:
            self.stderr.write(f"{finding.rule}: not so for {finding.subject}")
        if findings:
            sys.exit(1)
        self.stdout.write("The ledger is whole.")

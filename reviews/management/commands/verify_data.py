"""Look for rows that contradict each other."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from reviews import verify


class Command(BaseCommand):
    help = "Check the rules that cross tables; exit 1 and what breaks them."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = verify.data_findings()
        for finding in findings:
            self.stderr.write(f"{finding.rule}: not so for {finding.subject}")
        if findings:
            sys.exit(1)
        self.stdout.write("Nothing contradicts itself.")

"""What everyone may read: published fact-checks, corrections, feeds."""

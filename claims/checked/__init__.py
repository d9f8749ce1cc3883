"""Fact-checks that others published: read from feeds, kept, and found again among a million by their rarest words."""

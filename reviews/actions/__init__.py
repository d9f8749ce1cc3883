"""Everything that a person can do with a claim on its way to the public."""

"""The first version of the API. Additions do not break it; what would, becomes a second version."""

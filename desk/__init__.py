"""The pages for those who log in: fact-checkers, editors, admins."""

"""Everything that can be done to articles and claims before anyone weighs them."""

"""Finding people: the pool search, its filters, and scores that explain themselves."""

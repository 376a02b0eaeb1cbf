"""Establishments (SIRET), their contacts and the log of what was said with them."""

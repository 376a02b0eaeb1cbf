"""Rows for the tests, one file a domain."""

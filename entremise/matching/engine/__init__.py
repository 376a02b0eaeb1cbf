"""The search engine, alone: whole numbers in, whole numbers out; no Django, no database, no identity.

A *segment* is an immutable set of rows (profiles or offers) laid out for search; an *index* is a large segment on
disk, shared by all processes, and a few small ones in memory that hold what changed since. `score` says what a match
is worth.
"""

"""The shared skills referential: occupations (ROME), job titles, skills of three kinds, and their mappings.

A skill has one internal identity, mapped to ROME codes and ESCO URIs.
"""

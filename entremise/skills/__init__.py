"""The shared skills referential: occupations (ROME), job titles, skills (know-how, knowledge, soft skills) and mappings.

A skill has one internal identity, mapped to ROME codes and ESCO URIs.
"""

"""Writes of the vigilance on recruiter spaces: what is found is told, may hold a space, and never certifies one."""

from entremise.employers.models_spaces import RecruiterSpace


def examine(space: RecruiterSpace) -> None:
    """Look at a space again, and write what is worth looking at."""

"""Jobseekers: a pseudonymous profile (wishes, mobility, availability), an identity kept apart, consents, acts.

The identity is shown by *reveal*, with a purpose, and each look is in the person's journal.
"""

"""Entremise: from what people can do to a job, with proof at every step."""

"""Requests to former employers: did this person do that in your team?

States: draft → sent → opened → answered | declined | expired | withdrawn | bounced.
Nothing negative is ever published.
"""

"""Promoting a profile to employers: the pool's segments, promotions, employers' answers, outcomes, import of old files.

States: prepared → sent → opened → answered → closed; or expired, withdrawn.
"""

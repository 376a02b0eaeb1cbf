"""Promoting a profile to employers: segments of the pool, promotions, employers' answers, outcomes, old files.

States: prepared → sent → opened → answered → closed; or expired, withdrawn. An answer is taken for 30 days after
expiry and changed for 30 days after it was given. When the person withdraws the consent, everything under way stops
at once: the links are revoked and the employer's page shows nothing of her any more.
"""

"""The advisers' pages: the desk, the pool, profiles, promotions, establishments."""

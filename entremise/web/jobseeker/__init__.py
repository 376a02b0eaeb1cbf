"""The jobseeker's pages: few, wide, one next action."""

"""The recruiter's own pages: the space and its certification, who is in it, its page, its offers, the profiles."""

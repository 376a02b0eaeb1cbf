"""The adviser's day: what is due, profile cards, lists."""

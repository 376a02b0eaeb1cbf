"""Finding people: the pool search, its filters, and scores that explain themselves; what may be contested of them.

A contested result goes received → answered, by a lead of the territory, or withdrawn by who contested. What the result
was made of is kept as it was; a person answers within a week, never the engine.

A recruiter who is not certified searches by a link, opened by an adviser to one contact for a month: anonymous cards,
rounded, bounded, around the establishment. Who they wish to meet is told to the adviser, who speaks to her first.
"""

"""All HTML: one folder an audience, thin views, templates without rules."""

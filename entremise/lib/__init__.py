"""Pure Python: no Django, no input or output; each module could be published alone."""

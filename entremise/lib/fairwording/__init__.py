"""Read the wording of a French job offer: discrimination, illegal conditions, advice. Pure: no Django, no I/O."""

"""Job offers: what an employer looks for, entered by an adviser; the skills asked for, each with its need.

States: draft → open → closed, with a reason. People are searched for a draft as for an open offer, so that what is
asked can be tried before the employer is told; nobody is searched for a closed one.
"""

"""Job offers: what an employer looks for, entered by an adviser; the skills asked for, each with its need.

States: draft → open → closed, with a reason; a closed one may be opened again. People are searched for a draft as
for an open offer, so that what is asked can be tried before the employer is told; nobody is searched for a closed
one. An employer's spreadsheet is read line by line: checked first, written then; a reference makes each line one
offer, however many times the file is sent.
"""

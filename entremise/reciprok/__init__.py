"""Every candidate gets an answer: applications, what recruiters answer, meetings, the label that shows who answers.

States: sent → acknowledged (at once) → read → favourable → hired; or refused, withdrawn, closed without answer at 60
days. An inbox holds the applications of one offer, or the spontaneous ones of one establishment: the inbox is what is
reminded, so an employer is never written to once for each candidate. What an application counts for in the label is
decided when it is answered or closed, and never changes afterwards, unless an adviser settles a contest or a report.
"""

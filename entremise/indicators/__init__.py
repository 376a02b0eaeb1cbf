"""Figures for steering: what promotions give, by agency, partner, adviser and period.

Every figure is computed live on the rows the actor may see, with its definition beside it and the interval in which
the true value lies when it is a share. Delays are in calendar days. An answer counts for the day the promotion was
sent: the last weeks still have time to be answered.
"""

"""Tools that every domain uses; knows no domain and no HTTP.

Words: *actor* (who acts), *policy* (who may), *scope* (which rows),
*workflow* (states as a table), *action* (a write),
*journal* (what happened), *link* (a mail link), *mail* (e-mail, SMS or letter), *hook* (an upward notice).
"""

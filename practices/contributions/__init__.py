"""What readers send in without an account: a correction, or a practice that is missing.

Nothing here asks another party whether a sender is a person. A hidden field, the time it took,
a limit for each address and a mail to confirm have to do.
"""

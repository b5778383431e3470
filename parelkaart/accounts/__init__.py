"""Who may come in: signing in, the second step, sessions and what is logged about them.

django-allauth does the work (docs/adr/0012); these modules hold what this site decides itself.
"""

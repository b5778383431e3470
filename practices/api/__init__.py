"""The read-only API under `/api/v1/` (docs/api.md, docs/adr/0026).

The same finder as the site: the same filters find the same practices in the same order.
Contacts are in none of its answers.
"""

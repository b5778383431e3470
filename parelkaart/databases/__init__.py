"""Which database a request reads, and what it gets when one is gone (docs/adr/0036).

`routing` says where a query goes, `watch` which databases answer, `middleware` leads each
request, `answers` are for who cannot be served as asked.
"""

"""Ready-made search engines, fed with the same documents and asked the same questions.

Each module has `measure(corpus, queries)`, which yields a name and the answers for every
way of asking that the engine knows, or raises `UnavailableError` with the reason.
"""

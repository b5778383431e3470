"""Asks the API what its description allows and what it does not, with schemathesis.

`run(examples, keys)` makes that many cases for each operation in each of three ways, without a
socket: the application itself is called. It raises when an answer is a 5xx or off its
description, or when it takes what it should refuse or refuses what it should take.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

with warnings.catch_warnings():
    # It warns of what other packages will change one day.
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.specs.openapi.checks import positive_data_acceptance

ADDRESS = "/api/v1/openapi.json"
# The description cannot tell which keys there are.
KEYS = ("thema", "doelgroep", "knelpunt", "instrument", "gemeente", "regio", "zoals", "sleutel")
POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE

Keys = Mapping[str, Sequence[str]]
Answers = Counter[tuple[str, int]]


def run(examples: int, keys: Keys, application: Any = None) -> Answers:
    """How many answers of each status each operation gave."""
    if application is None:
        from parelkaart.wsgi import application
    schema = schemathesis.openapi.from_wsgi(ADDRESS, application)
    answers: Answers = Counter()
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.definition.raw["parameters"]:
            _ask(operation, POSITIVE, examples, answers, partial(_with_keys, keys))
            _ask(operation, POSITIVE, examples, answers, _any_text)
            _ask(operation, NEGATIVE, examples, answers, _as_it_is)
        else:
            _ask(operation, POSITIVE, 1, answers, _as_it_is)
    return answers


def _with_keys(keys: Keys, case: Any) -> list[Any]:
    """Puts keys that exist where any text would do; then nothing may be refused."""
    for values in (case.query, case.path_parameters):
        for name in set(values or {}) & set(KEYS):
            known = keys["gemeente" if name == "zoals" else _list_of(case, name)]
            if isinstance(values[name], list):
                values[name] = [known[len(str(value)) % len(known)] for value in values[name]]
            else:
                values[name] = known[len(str(values[name])) % len(known)]
    return []


def _any_text(case: Any) -> list[Any]:
    return [positive_data_acceptance]


def _as_it_is(case: Any) -> list[Any]:
    return []


def _list_of(case: Any, name: str) -> str:
    return case.operation.path.split("/")[1] if name == "sleutel" else name


def _ask(
    operation: Any,
    mode: Any,
    examples: int,
    answers: Answers,
    prepare: Callable[[Any], list[Any]],
) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        left_out = prepare(case)
        # Its client does not unpack.
        plain = {"Accept-Encoding": "identity"}
        response = case.call_and_validate(headers=plain, excluded_checks=left_out)
        answers[operation.label, response.status_code] += 1

    check()

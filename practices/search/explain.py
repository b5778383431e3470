"""Why a question finds what it finds, in words, for `manage.py search --explain`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from practices.models import Posting, Practice
from practices.search.analysis import tokenise
from practices.search.answer import Answer, Hit
from practices.search.documents import passages
from practices.search.plan import Alternative, Group
from practices.search.rarity import Rarity


def explain(answer: Answer, limit: int) -> Iterator[str]:
    """Lines: how the question was read, what each part may be, what the best hits earned."""
    plan = answer.plan
    yield f"Gelezen: {' | '.join(group.typed for group in plan.groups) or '(niets)'}"
    for correction in plan.corrections:
        yield f"Verbeterd: {correction.typed} → {correction.used}"
    for phrase in plan.question.phrases:
        yield f"Letterlijk: {' '.join(phrase)}"
    for words in plan.question.excluded:
        yield f"Zonder: {' '.join(words)}"
    for group in plan.groups:
        yield f"{group.typed}{'' if group.is_subject else ' (gewoon woord: telt minder)'}"
        yield from (f"    {line}" for line in _alternatives(group, plan.rarity))
    yield from _hits(answer.hits[:limit], plan.groups)


def _terms(groups: Iterable[Group]) -> set[str]:
    return {term for g in groups for a in g.alternatives for term in a.terms}


def _alternatives(group: Group, rarity: Rarity) -> Iterator[str]:
    for alternative in sorted(group.alternatives, key=lambda a: -a.weight):
        known = all(term in rarity for term in alternative.terms)
        rare = " ".join(f"{rarity.of(t):.1f}" for t in alternative.terms) if known else "niet"
        terms = " + ".join(alternative.terms)
        yield f"{alternative.weight:5} {terms:40} {rare:12} {alternative.why}"


def _hits(hits: list[Hit], groups: list[Group]) -> Iterator[str]:
    impacts: dict[int, dict[str, int]] = defaultdict(dict)
    postings = Posting.objects.filter(
        practice__in=[hit.practice for hit in hits], term__text__in=_terms(groups)
    )
    for pk, term, impact in postings.values_list("practice", "term__text", "impact"):
        impacts[pk][term] = impact
    practices = Practice.objects.in_bulk([hit.practice for hit in hits])
    for hit in hits:
        practice = practices[hit.practice]
        kind = "resultaat" if hit.is_result else "gedeeltelijk"
        yield f"{hit.score:>10} {kind:12} {practice.slug}: {practice.title}"
        for group in groups:
            best = _best(group, impacts[hit.practice])
            if best is not None:
                yield f"    {group.typed}: {best.why} ({', '.join(_fields(practice, best))})"


def _best(group: Group, impacts: dict[str, int]) -> Alternative | None:
    matched = [a for a in group.alternatives if all(term in impacts for term in a.terms)]
    worth = {id(a): a.weight * min(impacts[term] for term in a.terms) for a in matched}
    return max(matched, key=lambda a: worth[id(a)], default=None)


def _fields(practice: Practice, alternative: Alternative) -> list[str]:
    """The names of the passages that hold a term of the alternative."""
    found = [
        passage.name
        for passage in passages(practice)
        if any(set(alternative.terms) & set(t.word.terms) for t in tokenise(passage.text))
    ]
    return list(dict.fromkeys(found)) or ["trefwoord"]

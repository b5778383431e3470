"""What is asked for, and when: made beforehand from a seed, whatever the answers will be.

Pure functions, so that the same arguments give the same load on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

LIST, MAP, PINS, API = "/praktijken/", "/praktijken.geojson", "/praktijken-pins.geojson", "/api/v1"
# Of the requests, for an address that was asked for before, by who kept the answer.
AGAIN = 0.2
# West, south, east and north of the pieces of the map that are looked at.
WEST, SOUTH, EAST, NORTH = 3.4, 50.8, 7.1, 53.4


@dataclass(frozen=True)
class Pool:
    """What there is to ask for."""

    practices: list[str]
    municipalities: list[str]
    themes: list[str]
    words: list[str]


@dataclass(frozen=True)
class Arrival:
    """`at` is in seconds after the start. Again: with the tag of the answer of before."""

    at: float
    kind: str
    address: str
    again: bool = False


def _question(pool: Pool, chance: Random) -> str:
    return " ".join(chance.sample(pool.words, 2))


def _search(pool: Pool, chance: Random) -> str:
    return _address(LIST, q=_question(pool, chance))


def _facet(pool: Pool, chance: Random) -> str:
    themes = chance.sample(pool.themes, min(2, len(pool.themes)))
    if chance.random() < 0.5:
        return _address(LIST, thema=themes, gemeente=chance.choice(pool.municipalities))
    page = str(chance.randint(2, 20))
    return _address(LIST, thema=themes[:1], fase="loopt", volgorde="titel", pagina=page)


def _map(pool: Pool, chance: Random) -> str:
    if chance.random() < 0.5:
        return _address(MAP, thema=chance.choice(pool.themes))
    west, south = chance.uniform(WEST, EAST - 0.5), chance.uniform(SOUTH, NORTH - 0.3)
    box = ",".join(f"{number:.3f}" for number in (west, south, west + 0.5, south + 0.3))
    return _address(PINS, thema=chance.choice(pool.themes), bbox=box)


def _detail(pool: Pool, chance: Random) -> str:
    return f"{LIST}{chance.choice(pool.practices)}/"


def _suggestions(pool: Pool, chance: Random) -> str:
    word = chance.choice(pool.words)
    return _address("/suggesties/", q=word[: chance.randint(3, 6)])


def _api(pool: Pool, chance: Random) -> str:
    if chance.random() < 0.5:
        return f"{API}/praktijken/{chance.choice(pool.practices)}"
    return _address(f"{API}/praktijken", q=_question(pool, chance))


def _home(pool: Pool, chance: Random) -> str:
    return "/"


def _address(path: str, **parameters: str | list[str]) -> str:
    return f"{path}?{urlencode(parameters, doseq=True)}"


# Kind -> its share of the requests, and how one is made.
MIX: dict[str, tuple[float, Callable[[Pool, Random], str]]] = {
    "search": (0.22, _search),
    "facet": (0.20, _facet),
    "map data": (0.10, _map),
    "detail": (0.22, _detail),
    "suggestions": (0.12, _suggestions),
    "API": (0.10, _api),
    "home": (0.04, _home),
}


def moments(rate: float, seconds: float, chance: Random) -> Iterator[float]:
    """Arrivals of people who do not know of each other: a Poisson process."""
    at = chance.expovariate(rate)
    while at < seconds:
        yield at
        at += chance.expovariate(rate)


def plan(pool: Pool, rate: float, seconds: float, seed: int) -> list[Arrival]:
    chance = Random(seed)
    kinds = list(MIX)
    weights = [MIX[kind][0] for kind in kinds]
    made: list[Arrival] = []
    for at in moments(rate, seconds, chance):
        if made and chance.random() < AGAIN:
            before = chance.choice(made)
            made.append(Arrival(at, before.kind, before.address, again=True))
            continue
        (kind,) = chance.choices(kinds, weights)
        made.append(Arrival(at, kind, MIX[kind][1](pool, chance)))
    return made


def saves(pool: int, a_minute: float, seconds: float, seed: int) -> list[tuple[float, int]]:
    """Moments, and the number of the entry among those that editors work on."""
    if not a_minute:
        return []
    chance = Random(f"{seed} saves")
    return [(at, chance.randrange(pool)) for at in moments(a_minute / 60, seconds, chance)]


@dataclass
class Ramp:
    """Rates to try in short steps: each half as high again, until one is too much."""

    first: float = 4.0
    factor: float = 1.5
    most: float = 300.0
    held: float = field(default=0.0, init=False)

    def rates(self) -> Iterator[float]:
        rate = self.first
        while rate <= self.most:
            yield round(rate, 1)
            rate *= self.factor

"""The steps to work, as they are drawn on the page of a practice."""

import re

import pytest
from django.template.loader import render_to_string

from practices.chain import step_chain
from practices.entry import entries, entry_context
from practices.enums import RelationKind, State
from tests.factories import ParticipationStepFactory, PracticeFactory, RelationFactory

pytestmark = pytest.mark.django_db

NAMES = ("Zorg", "Dagbesteding", "Vrijwilligerswerk", "Leren", "Baan")


@pytest.fixture
def steps():
    return [
        ParticipationStepFactory(name=name, position=number, definition="")
        for number, name in enumerate(NAMES, start=1)
    ]


def drawn(practice, *, led_on=False):
    found = step_chain(entries().get(pk=practice.pk), led_on=led_on)
    return found and [(step.name, step.place.value) for step in found.steps]


def following(practice, **options):
    found = step_chain(entries().get(pk=practice.pk), led_on=False, **options)
    return [other.title for other in found.following]


def test_practice_from_one_step_to_another_is_drawn_between_them(steps):
    practice = PracticeFactory(step_from=steps[1], step_to=steps[3])

    assert drawn(practice) == [
        ("Zorg", "elders"),
        ("Dagbesteding", "van"),
        ("Vrijwilligerswerk", "langs"),
        ("Leren", "naar"),
        ("Baan", "volgende"),
    ]


def test_practice_on_loose_steps_is_drawn_on_each(steps):
    practice = PracticeFactory(steps=[steps[0], steps[2]])

    places = [place for _, place in drawn(practice)]
    assert places == ["hier", "elders", "hier", "volgende", "elders"]


def test_practice_on_the_last_step_has_no_next_one(steps):
    practice = PracticeFactory(step_to=steps[4])

    found = step_chain(entries().get(pk=practice.pk), led_on=False)
    assert (found.next_step, found.following) == (None, [])


def test_practice_on_no_step_has_no_chain(steps):
    assert drawn(PracticeFactory()) is None


def test_practices_at_the_next_step_are_offered_when_they_are_public(steps):
    practice = PracticeFactory(title="Eerst", step_to=steps[1])
    PracticeFactory(title="Op", steps=[steps[2]])
    PracticeFactory(title="Vanaf", step_from=steps[2], step_to=steps[3])
    PracticeFactory(title="Verder", step_from=steps[3])
    hidden = PracticeFactory(title="Naar", step_to=steps[2], state=State.CONCEPT)

    assert following(practice) == ["Op", "Vanaf"]

    hidden.state = State.PUBLISHED
    hidden.save()
    assert following(practice) == ["Naar", "Op", "Vanaf"]


def test_practice_that_an_editor_named_takes_the_place_of_others(steps):
    practice = PracticeFactory(step_to=steps[1])
    chosen = PracticeFactory(title="Gekozen", step_to=steps[3])
    PracticeFactory(title="Op de trede", steps=[steps[2]])
    RelationFactory(from_practice=practice, to_practice=chosen, kind=RelationKind.NEXT_STEP)

    context = entry_context(entries().get(pk=practice.pk))

    assert [other.title for other in context["next_practices"]] == ["Gekozen"]
    assert context["chain"].following == []


def test_practice_that_comes_before_is_not_called_the_next(steps):
    practice = PracticeFactory(step_to=steps[1])
    earlier = PracticeFactory()
    RelationFactory(from_practice=earlier, to_practice=practice, kind=RelationKind.NEXT_STEP)

    assert entry_context(entries().get(pk=practice.pk))["next_practices"] == []


@pytest.mark.parametrize("others", [1, 3])
def test_chain_costs_two_queries_however_many_steps_and_practices(
    steps, others, django_assert_num_queries
):
    practice = PracticeFactory(step_to=steps[1])
    PracticeFactory.create_batch(others, steps=[steps[2]])
    loaded = entries().get(pk=practice.pk)

    with django_assert_num_queries(2):  # all steps; practices at the next one
        found = step_chain(loaded, led_on=False)

    assert len(found.following) == others


def test_chain_is_a_list_that_says_in_words_what_it_shows():
    begin = ParticipationStepFactory(name="Dagbesteding", position=1, definition="Overdag.")
    end = ParticipationStepFactory(name="Baan", position=2, definition="")
    ParticipationStepFactory(name="Verder", position=3, definition="")
    practice = PracticeFactory(step_from=begin, step_to=end)
    context = entry_context(entries().get(pk=practice.pk))

    html = render_to_string("practices/detail/_chain.html", context)

    words = re.sub(r"<svg.*?</svg>", "", html, flags=re.DOTALL)
    assert " ".join(re.sub(r"<[^>]+>", " ", words).split()) == (
        "Stappen naar werk Van weinig naar veel zelf doen. Niemand hoeft alle treden langs. "
        "Dagbesteding Uitleg bij Dagbesteding Overdag. hier begint deze praktijk "
        "Baan hier leidt deze praktijk naartoe "
        "Verder volgende trede "
        "Bij de volgende trede kennen we nog geen praktijk."
    )
    assert re.findall(r'<(ol|li) class="(chain[^"]*)"', html) == [
        ("ol", "chain"),
        ("li", "chain__step chain__step--van"),
        ("li", "chain__step chain__step--naar"),
        ("li", "chain__step chain__step--volgende"),
    ]

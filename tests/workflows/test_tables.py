"""What is true of every workflow, from its table alone."""

import pytest

from entremise.kernel.actors import ANONYMOUS, job_actor
from entremise.kernel.workflow import WORKFLOWS, Workflow

EACH = pytest.mark.parametrize("flow", WORKFLOWS.values(), ids=WORKFLOWS.keys())


def test_the_story_s_workflows_are_there() -> None:
    assert {"validations", "promotions"} <= set(WORKFLOWS)


@EACH
def test_every_transition_has_its_action(flow: Workflow) -> None:
    assert set(flow.actions) == set(flow.transitions)


@EACH
def test_every_state_is_known_and_reachable(flow: Workflow) -> None:
    known = set(flow.states.values)
    reached, edge = {flow.initial}, {flow.initial}
    while edge:
        edge = {t.target for t in flow.transitions.values() if set(t.sources) & edge} - reached
        reached |= edge
    assert reached == known
    assert {s for t in flow.transitions.values() for s in t.sources} <= known


@EACH
def test_every_final_state_says_why_it_is_too_late(flow: Workflow) -> None:
    final = set(flow.states.values) - {s for t in flow.transitions.values() for s in t.sources}
    assert final <= set(flow.refusals)


@EACH
def test_a_transition_from_a_wrong_state_is_refused_with_a_sentence(flow: Workflow) -> None:
    for name, transition in flow.transitions.items():
        for state in set(flow.states.values) - set(transition.sources):
            thing = type("Thing", (), {flow.field: state})()
            assert flow.refusal(thing, name, job_actor("test")).strip().endswith((".", "!", "?"))


@EACH
def test_nobody_unknown_may_move_anything(flow: Workflow) -> None:
    for name, transition in flow.transitions.items():
        thing = type("Thing", (), {flow.field: sorted(transition.sources)[0]})()
        assert flow.refusal(thing, name, ANONYMOUS)


@EACH
def test_the_diagram_names_every_transition(flow: Workflow) -> None:
    diagram = flow.mermaid()
    assert diagram.startswith("stateDiagram-v2")
    assert all(f": {name} (" in diagram for name in flow.transitions)

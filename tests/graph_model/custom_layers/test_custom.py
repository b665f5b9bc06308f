"""Custom layers as values: what their text says, how a project holds them, and that nothing runs.

The texts that a file brings are hostile: each writes a file as soon as anything runs it.
"""

from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen.emit import source
from graph_model.blocks import find_kind
from graph_model.custom_layers.known import (
    Answer,
    Known,
    add_layer,
    alter_text,
    custom_kinds,
    digest,
    layer_uses,
    open_questions,
    remove_layer,
)
from graph_model.custom_layers.reading import LONGEST_TEXT, Entry, read_text
from graph_model.editing.block_edits import make_block
from graph_model.editing.block_library import extract, insert
from graph_model.files.storage import ProjectFileError, dumps, load, loads, save
from graph_model.inference.infer import infer, infer_project
from graph_model.layers.weight import Weight
from graph_model.network import (
    CustomLayer,
    Node,
    Port,
    add_nodes,
    connect,
    custom_kind,
    empty_project,
    rename,
    set_arguments,
    with_network,
)
from graph_model.problems import GraphError, Problem
from graph_model.tensors import TensorSpec
from graph_model.values import Type, integer
from tests.custom_layers import LINEAR, SPLIT, STRAIGHT_THROUGH, SWISH, entry, project_with


def mistake(text: str) -> Problem:
    """Return what is wrong with a text."""
    found = read_text(text)
    assert isinstance(found, Problem)
    assert found.message
    return found


class TestReading:
    def test_a_module(self) -> None:
        found = entry(LINEAR)
        assert (found.name, found.is_module, found.help) == (
            "Dense", True, "Linear, written by hand.",
        )  # fmt: skip
        assert found.inputs == ("x",)
        assert found.outputs == ("output",)
        assert [(each.name, each.type, each.default) for each in found.parameters] == [
            ("in_size", Type.INTEGER, 8),
            ("size", Type.INTEGER, 4),
            ("scale", Type.NUMBER, 1.0),
        ]

    def test_a_function(self) -> None:
        found = entry(SWISH)
        assert (found.name, found.is_module, found.inputs) == ("swish", False, ("x",))
        assert [each.name for each in found.parameters] == ["beta"]

    def test_a_helper_above_is_not_the_layer(self) -> None:
        assert entry(STRAIGHT_THROUGH).name == "binarise"

    def test_a_tuple_is_several_outputs_and_none_is_an_input_left_open(self) -> None:
        found = entry(SPLIT)
        assert found.outputs == ("output1", "output2")
        assert found.inputs == ("x", "shift")
        assert found.optional_inputs == {"shift"}

    def test_what_one_expression_returns_its_annotation_tells(self) -> None:
        text = "def halves(x) -> tuple[Tensor, Tensor]:\n    return x.chunk(2)\n"
        assert entry(text).outputs == ("output1", "output2")

    def test_return_statements_of_inner_functions_do_not_count(self) -> None:
        text = "def f(x):\n    def g(y):\n        return y, y\n    return g(x)[0]\n"
        assert entry(text).outputs == ("output",)

    @pytest.mark.parametrize(
        ("written", "type", "default", "optional"),
        [
            ("a: int | None = None", Type.INTEGER, None, True),
            ("a: Optional[float] = 0.5", Type.NUMBER, 0.5, True),
            ("a: 'bool' = True", Type.BOOLEAN, True, False),
            ("a=True", Type.BOOLEAN, True, False),
            ("a=-3", Type.INTEGER, -3, False),
            ("a='sum'", Type.TEXT, "sum", False),
            ("a: tuple[int, ...] = (1, 2)", Type.INTEGERS, (1, 2), False),
            ("a: Literal['sum', 'mean'] = 'sum'", Type.CHOICE, "sum", False),
            ("a: Literal['one'] = 'one'", Type.CHOICE, "one", False),
        ],
    )
    def test_types_of_parameters(
        self, written: str, type: Type, default: object, optional: bool
    ) -> None:
        (found,) = entry(f"def f(x, *, {written}):\n    return x\n").parameters
        assert (found.type, found.default, found.optional) == (type, default, optional)

    def test_methods_may_be_those_of_a_base_in_the_text(self) -> None:
        text = (
            "class Base(nn.Module):\n    def __init__(self, k=2):\n        super().__init__()\n\n\n"
            "class Own(Base):\n    def forward(self, x):\n        return x\n"
        )
        assert [each.name for each in entry(text).parameters] == ["k"]

    @pytest.mark.parametrize(
        ("text", "code", "line"),
        [
            ("def f(x:\n    return x\n", "custom_syntax", "1"),
            ("x = '\0'", "custom_syntax", "1"),
            ("x = '\ud800'", "custom_syntax", "1"),
            ("def f(x, x):\n    return x\n", "custom_duplicate", "1"),
            ("class A(made()):\n    pass\n", "custom_no_module", "1"),
            ("", "custom_empty", None),
            ("def _hidden(x):\n    return x\n", "custom_empty", None),
            ("#" * (LONGEST_TEXT + 1), "custom_too_long", None),
            ("x = " + "-" * 50_000 + "1", "custom_too_deep", None),
            ("print(1)\n", "custom_statement", "1"),
            ("x = 1; y = 2\n", "custom_statement", "1"),
            ("async def f(x):\n    return x\n", "custom_statement", "1"),
            ("\nfrom . import x\n", "custom_import", "2"),
            ("from torch import *\n", "custom_import", "1"),
            ("import numpy as torch\n", "custom_reserved_name", "1"),
            ("nn = 1\n", "custom_reserved_name", "1"),
            ("def print(x):\n    return x\n", "custom_reserved_name", "1"),
            ("class A:\n    pass\n", "custom_no_module", "1"),
            ("class A(torch.autograd.Function):\n    pass\n", "custom_autograd_function", "1"),
            ("class A(nn.Module):\n    pass\n", "custom_no_method", "1"),
            ("class A(nn.Linear):\n    def forward(self, x):\n        return x\n",
             "custom_no_method", "1"),
            ("def f(*x):\n    return x\n", "custom_starred", "1"),
            ("def f(x, /):\n    return x\n", "custom_starred", "1"),
            ("def f(x, *, k):\n    return x\n", "custom_no_default", "1"),
            ("def f(x, k=[]):\n    return x\n", "custom_default", "1"),
            ("def f(x, k=g()):\n    return x\n", "custom_default", "1"),
            ("def f(x, k: int = 'a'):\n    return x\n", "custom_default", "1"),
            ("def f(x, *, k: list = None):\n    return x\n", "custom_annotation", "1"),
            ("def f(x, *, k: 'in' = 1):\n    return x\n", "custom_annotation", "1"),
            ("def f(x, *, k: Literal[1] = 1):\n    return x\n", "custom_annotation", "1"),
            ("def f(x, *, k: list | None = 1):\n    return x\n", "custom_annotation", "1"),
            ("def f(x, *, k=None):\n    return x\n", "custom_annotation", "1"),
            ("def f(x):\n    pass\n", "custom_no_return", "1"),
            ("def f(x):\n    return\n", "custom_no_return", "2"),
            ("def f(x):\n    if x:\n        return x, x\n    return x\n",
             "custom_returns_differ", "3"),
        ],
    )  # fmt: skip
    def test_mistakes_and_their_lines(self, text: str, code: str, line: str | None) -> None:
        found = mistake(text)
        assert (found.code, found.values.get("line")) == (code, line)

    @given(st.text(alphabet=string.printable + "é\0\u2028", max_size=200))
    def test_no_text_raises(self, text: str) -> None:
        assert isinstance(read_text(text), Entry | Problem)

    @given(st.data())
    def test_no_damaged_text_raises(self, data: st.DataObject) -> None:
        text = data.draw(st.sampled_from([SWISH, LINEAR, STRAIGHT_THROUGH, SPLIT]))
        at = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(at, min(len(text), at + 30)))
        damaged = text[:at] + data.draw(st.sampled_from(["", "(", "\n", "x", "="])) + text[end:]
        assert isinstance(read_text(damaged), Entry | Problem)

    def test_the_body_is_the_text_without_its_imports(self) -> None:
        assert entry(SWISH).body == SWISH.partition("Tensor\n\n\n")[2].rstrip("\n")


class TestProject:
    def test_it_is_kept_line_by_line(self, tmp_path: Path) -> None:
        project, (id,) = project_with(LINEAR)
        save(project, tmp_path / "a.weft")
        assert load(tmp_path / "a.weft") == project
        assert '        "        super().__init__()",\n' in dumps(project)
        assert loads(dumps(project)).layers == {id: CustomLayer(id, LINEAR)}

    def test_a_project_without_has_no_entry_in_the_file(self) -> None:
        assert '"layers"' not in dumps(empty_project())

    @pytest.mark.parametrize("character", ["\u202e", "\u2066", "\r", "\f", "\x1b"])
    def test_a_line_that_could_look_like_another_is_refused(self, character: str) -> None:
        project, _ = project_with(SWISH)
        text = dumps(project).replace("beta * x", f"beta * {ascii(character)[1:-1]}x")
        with pytest.raises(ProjectFileError) as caught:
            loads(text.replace("\\x1b", "\\u001b").replace("\\x0c", "\\f"))
        assert caught.value.problem.code in {"file_bad_character", "file_not_json"}

    def test_saving_replaces_such_characters(self) -> None:
        project, id = add_layer(empty_project(), "a = '\u202e'")
        assert loads(dumps(project)).layers[id].text == "a = '\ufffd'"

    def test_two_of_one_id_are_refused(self) -> None:
        project, (id,) = project_with(SWISH)
        twin = replace(project, layers={**project.layers, "other": CustomLayer(id, LINEAR)})
        with pytest.raises(ProjectFileError, match=id):
            loads(dumps(twin))

    def test_edges_follow_a_renamed_input(self) -> None:
        project, (id,) = project_with(SWISH)
        edited = alter_text(project, id, SWISH.replace("x", "signal"))
        assert Port("node0", "signal") in edited.network.edges
        assert Port("node0", "x") not in edited.network.edges
        broken = alter_text(project, id, "def")
        assert broken.network is project.network
        assert broken.layers[id].name == "custom"

    def test_removing_leaves_a_problem_where_it_was_used(self) -> None:
        project, (id,) = project_with(SWISH)
        assert [node.id for _, node in layer_uses(project, id)] == ["node0"]
        removed = remove_layer(project, id)
        assert not removed.layers
        assert "unknown_custom" in {each.code for each in infer_project(removed).problems}

    def test_a_block_takes_its_custom_layers_to_another_project(self) -> None:
        project, (id,) = project_with(LINEAR)
        taken = extract(project, project.main)
        assert taken.layers == project.layers
        other, _ = insert(empty_project(), taken)
        assert other.layers == project.layers
        again, block = insert(other, taken)
        assert again.layers == other.layers
        clash = replace(empty_project(), layers={id: CustomLayer(id, SWISH)})
        merged, block = insert(clash, taken)
        (fresh,) = merged.layers.keys() - {id}
        assert merged.layers[fresh].text == LINEAR
        assert merged.networks[block].nodes["node0"].kind == custom_kind(fresh)


def answered(text: str, *outputs: TensorSpec, weights: tuple[Weight, ...] = ()) -> Known:
    """Return that a text is allowed, with this answer to whatever is asked of ``node0``."""
    project, _ = project_with(text)
    known = Known(frozenset({digest(text)}))
    (question,) = open_questions(infer_project(project, known))
    return known.with_answers({question: Answer(outputs, weights)})


class TestInference:
    def test_it_waits_for_permission(self) -> None:
        project, _ = project_with(SWISH)
        found = infer_project(project)
        assert [each.code for each in found.problems] == ["custom_not_allowed"]
        assert not open_questions(found)
        other = Known(frozenset({digest(SWISH + " ")}))
        assert [each.code for each in infer_project(project, other).problems] == [
            "custom_not_allowed"
        ]

    def test_an_answer_is_its_shape(self) -> None:
        project, (id,) = project_with(SWISH)
        spec = TensorSpec((5,))
        known = answered(SWISH, spec, weights=(Weight("w", (3,)),))
        found = infer_project(project, known)
        assert not found.problems
        assert found.nodes["node0"].outputs == {"output": spec}
        assert found.parameter_count == 3
        kind = find_kind(custom_kind(id), project.networks, custom_kinds(project.layers, known))
        assert kind is not None
        assert (kind.name, kind.family, kind.code_stem) == ("swish", "custom", "swish")

    def test_a_later_answer_is_taken_up_where_it_matters(self) -> None:
        project, _ = project_with(SWISH)
        before = infer_project(project, Known(frozenset({digest(SWISH)})))
        assert [each.code for each in before.problems] == ["custom_pending"]
        after = infer_project(project, answered(SWISH, TensorSpec((5,))), before)
        assert not after.problems
        assert after.nodes["in"] is before.nodes["in"]

    def test_other_arguments_are_another_question(self) -> None:
        project, _ = project_with(SWISH)
        known = answered(SWISH, TensorSpec((5,)))
        network = set_arguments(project.network, "node0", {"beta": 2.0})
        found = infer_project(with_network(project, network), known)
        (question,) = open_questions(found)
        assert dict(question.arguments) == {"beta": 2.0}

    def test_a_wrong_number_of_outputs_is_told(self) -> None:
        project, _ = project_with(SWISH)
        known = answered(SWISH, TensorSpec((5,)), TensorSpec((5,)))
        assert [each.code for each in infer_project(project, known).problems] == [
            "custom_wrong_outputs"
        ]

    def test_a_problem_as_an_answer(self) -> None:
        project, _ = project_with(SWISH)
        known = Known(frozenset({digest(SWISH)}))
        (question,) = open_questions(infer_project(project, known))
        problem = Problem("custom_failed", {"name": "swish", "line": "7", "reason": "no"})
        known = known.with_answers({question: Answer(problem=problem)})
        (found,) = infer_project(project, known).problems
        assert (found.code, found.node) == ("custom_failed", "node0")

    def test_a_text_that_cannot_be_read_is_a_problem_of_its_nodes_alone(self) -> None:
        project, (id,) = project_with(SWISH)
        found = infer_project(alter_text(project, id, "def f(:"))
        assert [(each.code, each.node) for each in found.problems] == [("custom_syntax", "node0")]

    def test_within_a_block(self) -> None:
        project, _ = project_with(SWISH)
        made, _ = make_block(project, "main", ["node0"], "Wrapped")
        known = answered(SWISH, TensorSpec((5,)))
        assert [each.code for each in infer_project(made).problems] == ["inside_block_node"]
        waiting = infer_project(made, Known(known.allowed))
        assert open_questions(waiting) == set(known.answers)
        after = infer_project(made, known, waiting)
        assert not after.problems

    def test_without_layers_given_those_of_before_are_meant(self) -> None:
        project, _ = project_with(SWISH)
        known = answered(SWISH, TensorSpec((5,)))
        before = infer_project(project, known)
        assert not infer(rename(project.network, "in", "signal"), before).problems

    def test_names_that_would_hide_one_another(self) -> None:
        project, _ = project_with(SWISH)
        renamed = with_network(project, rename(project.network, "in", "swish"))
        assert [(each.code, each.node) for each in infer_project(renamed).problems][:1] == [
            ("custom_name_taken", "in")
        ]

    def test_a_parameter_of_a_block_that_would_be_hidden(self) -> None:
        project, _ = project_with(SWISH)
        for name, is_taken in (("swish", True), ("width", False)):
            network = replace(project.network, parameters=(integer(name, 1),))
            found = infer_project(with_network(project, network))
            assert ("custom_name_taken" in {each.code for each in found.problems}) == is_taken

    def test_two_layers_of_one_name(self) -> None:
        project, (_, second) = project_with(SWISH, SWISH.replace("beta", "gain"))
        assert "custom_name_taken" in {each.code for each in infer_project(project).problems}
        fine = alter_text(project, second, SWISH.replace("swish", "swish2"))
        assert "custom_name_taken" not in {each.code for each in infer_project(fine).problems}

    def test_what_both_import_alike_is_no_clash(self) -> None:
        other = LINEAR.replace("Dense", "Denser")
        project, (_, second) = project_with(LINEAR, other)
        assert "custom_name_taken" not in {each.code for each in infer_project(project).problems}
        clash = alter_text(project, second, other.replace("functional as F", "init as F"))
        assert "custom_name_taken" in {each.code for each in infer_project(clash).problems}

    def test_a_module_may_be_shared_and_a_function_not(self) -> None:
        for text, codes in ((LINEAR, set()), (SWISH, {"shares_without_weights"})):
            project, (id,) = project_with(text)
            twin = Node("twin", custom_kind(id), "twin", shares="node0")
            network = add_nodes(project.network, [twin])
            network = connect(network, Port("in", "output"), Port("twin", "x"))
            found = infer_project(with_network(project, network))
            shares = {each.code for each in found.problems if each.code.startswith("shares")}
            assert shares == codes


def hostile(trace: Path, default: str = "1") -> str:
    """Return a text that leaves a file behind if anything of it runs."""
    return (
        "from pathlib import Path\n\n"
        f"RUN = Path({str(trace)!r}).write_text('run')\n\n\n"
        f"def harmless(x, *, k={default}):\n    return x\n"
    )


class TestInert:
    @pytest.mark.parametrize("default", ["1", "Path('trace').touch()", "RUN"])
    def test_nothing_runs_until_allowed(self, tmp_path: Path, default: str) -> None:
        trace = tmp_path / "trace"
        project, (id,) = project_with(SWISH)
        project = replace(project, layers={id: CustomLayer(id, hostile(trace, default))})
        save(project, tmp_path / "hostile.weft")
        opened = load(tmp_path / "hostile.weft")
        inference = infer_project(opened)
        assert inference.has_errors
        with pytest.raises(GraphError):
            source(inference)
        assert not trace.exists()

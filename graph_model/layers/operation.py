"""The entry of an operation, said briefly."""

from __future__ import annotations

from graph_model.layers.call import nothing
from graph_model.layers.kind import Count, Form, LayerKind, Ports, Rule, ports
from graph_model.values import Parameter


def operation(
    family: str,
    name: str,
    help: str,
    form: Form,
    rule: Rule,
    page: str,
    *keywords: str,
    parameters: tuple[Parameter, ...] = (),
    inputs: tuple[str, ...] | Ports = ("input",),
    outputs: tuple[str, ...] | Ports = ("output",),
    optional: tuple[str, ...] = (),
    card: tuple[str, ...] = (),
    stem: str = "",
    multiply_adds: Count = nothing,
    sized: Form | None = None,
) -> LayerKind:
    """Describe an operation; ``page`` is that of torch's documentation, less ``torch.``.

    Ports are given by their names, or as what finds them from the arguments.
    """
    return LayerKind(
        name=name,
        family=family,
        help=help,
        form=form,
        rule=rule,
        parameters=parameters,
        inputs=ports(*inputs) if isinstance(inputs, tuple) else inputs,
        outputs=ports(*outputs) if isinstance(outputs, tuple) else outputs,
        optional_inputs=frozenset(optional),
        card=card,
        stem=stem,
        keywords=keywords,
        multiply_adds=multiply_adds,
        sized=sized,
        documentation=f"torch.{page}.html",
    )

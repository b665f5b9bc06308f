"""What is said of Python source that becomes a drawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from graph_model.sentences.kind import ProblemKind, error, warning

IMPORTING: Final[Mapping[str, ProblemKind]] = {
    "import_no_python": error("Line {line}: this is no Python that can be read ({reason})."),
    "import_file_too_long": error("The file has more than {limit} characters."),
    "import_no_class": error(
        "There is no class here that descends from nn.Module. Take the file that defines the "
        "network."
    ),
    "import_class_unknown": error(
        "There is no class or function called {name}. The file has: {known}."
    ),
    "import_needs_arguments": error(
        "Line {line}: {name} needs {arguments}. Say what to take, such as FILE.py:{name}(…)."
    ),
    "import_is_no_module": error("{name} makes no nn.Module."),
    "import_bad_input": error(
        "“{got}” is no input. Write its sizes without the batch, such as 3x224x224, or "
        "tokens=T:int64 for whole numbers."
    ),
    "import_unknown_syntax": error("Line {line}: “{text}” cannot be read."),
    "import_unknown_name": error("Line {line}: {name} in “{text}” is not known."),
    "import_unknown_call": error("Line {line}: what “{text}” does cannot be drawn."),
    "import_cannot_call": error("Line {line}: what is called in “{text}” is nothing to call."),
    "import_cannot_iterate": error("Line {line}: “{text}” is nothing to go through."),
    "import_cannot_compute": error("Line {line}: “{text}” cannot be worked out ({reason})."),
    "import_cannot_reshape": error("Line {line}: the sizes in “{text}” do not fit the tensor."),
    "import_bad_argument": error("Line {line}: {argument} in “{text}” cannot be drawn."),
    "import_missing_argument": error("Line {line}: “{text}” lacks the argument {argument}."),
    "import_bad_call": error("Line {line}: “{text}” has too many arguments."),
    "import_bad_parameter": error(
        "Line {line}: what the parameter in “{text}” begins with cannot be drawn."
    ),
    "import_uses_weight": error("Line {line}: “{text}” works on the weights of a layer."),
    "import_assigns_within": error("Line {line}: “{text}” writes into a tensor."),
    "import_depends_on_values": error(
        "Line {line}: “{text}” depends on the values of a tensor, which only a run has."
    ),
    "import_size_unknown": error(
        "Line {line}: “{text}” needs a size that is not known. Give the input in numbers."
    ),
    "import_shape_unknown": error("Line {line}: the shape of the tensor in “{text}” is not known."),
    "import_no_forward": error("{name} has no forward."),
    "import_gives_no_tensor": error("Line {line}: “{text}” gives no tensor."),
    "import_raises": error("Line {line}: the text ends here with “{text}”."),
    "import_used_otherwise": error(
        "Line {line}: {name} does something else in “{text}” than where it was called before, with "
        "the same weights. Give both calls the same inputs."
    ),
    "import_too_large": error("Line {line}: the result of “{text}” is too large."),
    "import_too_long": error("Line {line}: this goes on for too long."),
    "import_too_deep": error("Line {line}: the calls lie too deep within each other."),
    "import_kept_as_text": warning(
        "Line {line}: {name} is kept as a custom layer with its own text, which runs once you "
        "allow it. {reason}"
    ),
    "import_never_called": warning("Made but never called, so not drawn: {names}."),
    "import_left_out": warning("Line {line}: “{text}” says nothing of the drawing: left out."),
    "import_as_in_evaluation": warning(
        "Line {line}: “{text}” was taken as in evaluation, where a model does not train."
    ),
    "import_input_guessed": warning(
        "The sizes of the input are guessed from the first layer: {shape}."
    ),
    "code_not_whole": error(
        "This code cannot be read back, so that no edit of it can be followed. Edit the drawing."
    ),
    "code_not_followed": error(
        "This edit cannot be followed exactly: the drawing would become something else than the "
        "code says. Edit the drawing."
    ),
    "code_gone": error("The drawing no longer has {name}, which this edit changes."),
    "code_of_custom_layer": error(
        "Line {line}: this is the text of a custom layer. It is edited on its own: double-click "
        "its card."
    ),
}
"""How much a problem matters, and the sentence that tells of it."""

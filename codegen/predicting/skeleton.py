"""The outline of every predicting script, and the ways in which one reads samples.

``$name`` on a line of its own stands for lines, within a line for a word.
"""

from __future__ import annotations

from typing import Final

SKELETON: Final = '''\
"""Predicts with $title: new samples are read exactly as they were for its training.

$usage

How they were read then stands in preprocessing.json. What cannot be read is told and passed over.
"""

import argparse
$imports
from torch import Tensor

from $module import $class_name

FOLDER = Path(__file__).parent
DONE = json.loads((FOLDER / "preprocessing.json").read_text(encoding="utf-8"))
INPUTS, OUTPUTS = DONE["inputs"], DONE["outputs"]
$constants

Sample = tuple[str, tuple[Tensor, ...]]
"""What it is called, and the inputs of the model."""
Answer = tuple[str, dict[str, Any]]
"""What is said of a sample: in words, and as values by name."""


def main() -> int:
    """Predict what can be read; return 1 where nothing can."""
    options = parse_options()
    model = loaded_model(options.weights)
    samples, count = read_samples(options), 0
    while batch := list(islice(samples, 64)):
        names, inputs = zip(*batch, strict=True)
        with torch.no_grad():
            $outputs = model(*map(torch.stack, zip(*inputs, strict=True)))
        answers = {
            $answers
        }
        for index, name in enumerate(names):
            tell(name, {output: each[index] for output, each in answers.items()}, options.json)
        count += len(names)
    if not count:
        print("Nothing could be read.", file=sys.stderr)
    return 0 if count else 1


$reading
$prepared
$answering

def tell(sample: str, answers: dict[str, Answer], as_json: bool) -> None:
    """Print what is said of a sample."""
    if as_json:
        values = {name: value for name, (_, value) in answers.items()}
        print(json.dumps({"sample": sample, **values}, ensure_ascii=False))
    else:
        words = "; ".join($words)
        print(f"{sample}: {words}")


def complain(place: object, why: object) -> None:
    """Say why a sample is passed over."""
    print(f"{place}: {why}", file=sys.stderr)


$model

def parse_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Predicts with the network in $module.py.")
    $arguments
    parser.add_argument("--weights", type=Path, help="others than the best of the training")
    parser.add_argument("--json", action="store_true", help="print a line of JSON for each sample")
    options = parser.parse_args()
    if not $given:
        parser.error("$nothing_given")
    return options


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
'''

MODEL: Final = '''\
def loaded_model(path: Path | None) -> $class_name:
    """Return the model with its best weights, unless others are named."""
    model, weights = $class_name().eval(), path or newest_weights()
    try:
        model.load_state_dict(read_weights(weights))
    except Exception as error:  # a damaged file may raise anything
        raise SystemExit(f"{weights} cannot be used: {error}") from None
    return model


def read_weights(path: Path) -> dict[str, Tensor]:
    """Return the tensors of a file of weights."""
    if path.suffix == ".safetensors":
        from safetensors.torch import load_file

        return load_file(path)
    return torch.load(path, map_location="cpu")


def newest_weights() -> Path:
    """Return the best weights: those that train.py keeps, or a run of Layerweft."""
    found = [path for path in map(FOLDER.joinpath, WEIGHTS) if path.exists()]
    if not found:
        raise SystemExit(f"There are no weights in {FOLDER}: train first, or name a file.")
    return max(found, key=lambda path: path.stat().st_mtime)
'''

FILES: Final = '''\
def read_samples(options: argparse.Namespace) -> Iterator[Sample]:
    """Yield all that can be read."""
    $values_first
    for path in $files:
        try:
            $read_file
        except UNREADABLE as error:
            complain(path, f"{error}; it takes $choices")

'''

VALUES: Final = '''
def values_sample(values: list[float]) -> Iterator[Sample]:
    """Yield the sample that numbers on the command line make."""
    expected = INPUTS[0]["shape"][0]
    if len(values) != expected:
        complain("--values", f"there are {len(values)}; it takes {expected}")
    elif not all(map(math.isfinite, values)):
        complain("--values", "each has to be a finite number")
    else:
        yield " ".join(map(str, values)), (prepared(torch.tensor(values), 0),)

'''

PICTURES: Final = '''
def all_files(paths: list[Path]) -> Iterator[Path]:
    """Yield files, and the pictures in folders."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES)
        else:
            yield path


def picture(path: Path) -> Sample:
    """Return a picture as it would have been read for the training, as numbers from 0 to 1."""
    how = DONE["pictures"]
    read = read_picture(path, how)
    dtype = torch.float32 if read.mode == "F" else torch.uint8
    numbers = torch.frombuffer(bytearray(read.tobytes()), dtype=dtype).float()
    pixels = numbers.reshape(read.height, read.width, -1).permute(2, 0, 1) / 255
    return str(path), (prepared(pixels.expand(how["channels"], -1, -1), 0),)


$read_picture

'''

ARRAYS: Final = '''
def arrays(path: Path) -> Iterator[Sample]:
    """Yield each sample of a file of arrays."""
    loaded = numpy.load(path, allow_pickle=False)
    named = {INPUTS[0]["array"]: loaded} if path.suffix.lower() == ".npy" else dict(loaded)
    inputs = []
    for index, each in enumerate(INPUTS):
        name, shape = each["array"], each["shape"]
        if name not in named:
            raise ValueError(f"there is no array {name!r} among {', '.join(named)}")
        found = numpy.atleast_1d(named[name])
        array = torch.from_numpy(found.astype(found.dtype.newbyteorder("="), copy=False))
        $lies
        array = array[None] if [*array.shape] == shape else array
        if [*array.shape[1:]] != shape:
            raise ValueError(f"{name!r} is {[*array.shape]}; it should be {['N', *shape]}")
        inputs.append(prepared(array, index))
    for index, sample in enumerate(zip(*inputs, strict=True), 1):
        yield f"{path}, sample {index}", sample

'''

PREPARED: Final = '''
def prepared(raw: Tensor, index: int) -> Tensor:
    """Return an input as the model takes it$shifted.

    Raises ``ValueError`` where it is not of finite numbers.
    """
    done = INPUTS[index]
    $fill
    $scale
    made = raw.real.to(getattr(torch, done["dtype"]))
    if raw.is_complex() or not torch.isfinite(made).all():
        raise ValueError(f"{done['array']!r} holds what is no finite number")
    return made

'''

FILL: Final = (
    'if "fill" in done:',
    '    raw = torch.where(raw.isnan(), torch.tensor(done["fill"]), raw)',
)

FILL_ALL: Final = (
    'if "fill" in done:',
    '    raw = torch.where(raw.isfinite(), raw, torch.tensor(done["fill"]))',
)

SCALE_EACH: Final = (
    'if "scaled_by" in done:  # each sample by its own mean and deviation',
    '    sides = tuple(range(-len(done["shape"]), 0))',
    "    deviation = raw.float().std(sides, correction=0, keepdim=True)",
    "    deviation = torch.where(deviation < 1e-6, 1, deviation)",
    "    raw = (raw - raw.float().mean(sides, keepdim=True)) / deviation",
)

SCALE: Final = (
    'if "mean" in done:',
    '    raw = (raw - torch.tensor(done["mean"])) / torch.tensor(done["deviation"])',
)

CLASSES: Final = '''
def classes(probabilities: Tensor, done: dict[str, Any]) -> list[Answer]:
    """Return the most probable class of each sample."""
    names = names_of(done, probabilities.shape[1])
    answers = []
    for row in probabilities.tolist():
        best = max(range(len(row)), key=row.__getitem__)
        values = dict(zip(names, row, strict=True))
        value = {"class": names[best], "probability": row[best], "probabilities": values}
        answers.append((f"{names[best]} ({row[best]:.1%})", value))
    return answers

'''

YES_OR_NO: Final = '''
def yes_or_no(probability: Tensor, done: dict[str, Any]) -> list[Answer]:
    """Return the more probable of two classes for each sample."""
    yes = probability.reshape(-1, 1)
    return classes(torch.cat((1 - yes, yes), dim=1), done)

'''

LABELS: Final = '''
def labels(probabilities: Tensor, done: dict[str, Any]) -> list[Answer]:
    """Return the labels that each sample more probably has than not."""
    names = names_of(done, probabilities.shape[1])
    answers = []
    for row in probabilities.tolist():
        found = [name for name, value in zip(names, row, strict=True) if value > 0.5]
        value = {"labels": found, "probabilities": dict(zip(names, row, strict=True))}
        answers.append((", ".join(found) or "none", value))
    return answers

'''

PLACES: Final = '''
def places(indices: Tensor, done: dict[str, Any]) -> list[Answer]:
    """Return the class at each place of a sample, in words the share of each class."""
    names = names_of(done, int(indices.max()) + 1)
    answers = []
    for each in indices:
        counts = torch.bincount(each.flatten(), minlength=len(names)).tolist()
        shares = {name: count / each.numel() for name, count in zip(names, counts, strict=True)}
        words = ", ".join(f"{name} {share:.1%}" for name, share in shares.items() if share)
        answers.append((words, {"classes": each.tolist(), "shares": shares}))
    return answers

'''

NAMES: Final = '''
def names_of(done: dict[str, Any], count: int) -> list[str]:
    """Return the names of so many classes; those that have none are numbered."""
    names = done["class_names"]
    return names + [str(index) for index in range(len(names), count)]

'''

NUMBERS: Final = '''
def numbers(output: Tensor, done: dict[str, Any]) -> list[Answer]:
    """Return numbers in the units of the data."""
    if "mean" in done:
        output = output * torch.tensor(done["deviation"]) + torch.tensor(done["mean"])
    answers = []
    for each in output:
        words = ", ".join(f"{number:.6g}" for number in each.flatten()[:10].tolist())
        more = f", … ({each.numel()} numbers)" if each.numel() > 10 else ""
        value = each.item() if each.numel() == 1 else each.tolist()
        answers.append((words + more, {"value": value}))
    return answers

'''

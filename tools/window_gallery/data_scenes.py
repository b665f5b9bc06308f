"""The states of the Data workspace, on files that are made for them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from tools.window_gallery.stage import Stage


def customers(path: Path, rows: int = 5000) -> Path:
    """Write a table of twelve columns with dates, gaps, ids and words, and what follows of them."""
    chance = random.Random(4)
    plans, cities = ("basic", "plus", "family"), ("Bergen", "Porto", "Graz", "Kyoto", "Lima")
    head = "customer_id,signup,age,income,city,plan,visits,rating,last_note,region,discount,churned"
    lines = [head]
    for number in range(rows):
        age, visits = chance.randint(18, 80), chance.randint(0, 40)
        income = round(chance.gauss(42_000, 9_000), 2)
        plan = chance.choice(plans)
        leaves = visits < 12 + 8 * (plan == "basic") and chance.random() < 0.9
        date = f"{chance.randint(2019, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        cells = (
            f"C{number:05}",
            date,
            "" if chance.random() < 0.08 else age,
            "" if chance.random() < 0.12 else income,
            chance.choice(cities),
            plan,
            visits,
            chance.randint(1, 5),
            "" if chance.random() < 0.9 else "called back",
            "EU",
            round(chance.random(), 3),
            "yes" if leaves else "no",
        )
        lines.append(",".join(map(str, cells)))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def use(stage: Stage, kind: str, path: Path, **arguments: Any) -> None:
    """Have the recipe train on data, look at them, and wait until all is shown."""
    from graph_model.editing.project_edits import choose_data
    from graph_model.recipe import Choice

    document = stage.window.document
    project = choose_data(document.project, Choice(kind, {"path": str(path), **arguments}))
    document.edit(project, "Change the data")
    stage.go("data")
    _wait_for(stage)


def _wait_for(stage: Stage) -> None:
    panel, watch = stage.window.workspaces.data.inside, stage.window.trainer.watch
    stage.until(lambda: watch.facts is not None)
    stage.wait(0.2)
    stage.until(lambda: not panel._looker.is_busy)


def _bundled(stage: Stage) -> None:
    stage.open("fashion-cnn")
    stage.go("data")
    _wait_for(stage)


def _table(stage: Stage) -> None:
    stage.open("iris-mlp")
    use(stage, "csv", customers(Path("customers.csv")), missing="skip")


def _menu(stage: Stage) -> None:
    columns = stage.window.workspaces.data.inside.columns
    place = columns.model.index(2, columns.model.fields.index("role"))
    columns.table.scrollTo(place)
    columns._click(place)


def _arrays(stage: Stage) -> None:
    stage.open("iris-mlp")
    chance = np.random.default_rng(0)
    steps = np.cumsum(chance.normal(size=(300, 48, 3)), axis=1)
    labels = (steps[:, -1, 0] > 0).astype(np.int64)
    np.savez("walks.npz", X=steps.astype(np.float32), y=labels)
    use(stage, "npz", Path("walks.npz").absolute())


def _pictures(stage: Stage) -> None:
    from PIL import Image, ImageDraw

    stage.open("fashion-cnn")
    chance, folder = random.Random(1), Path("shapes")
    for name, count in (("circle", 60), ("square", 44), ("triangle", 12)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for number in range(count):
            picture = Image.new("RGB", (48, 48), "#20242c")
            pen, at = ImageDraw.Draw(picture), chance.randint(4, 14)
            colour = f"hsl({chance.randint(0, 359)},70%,60%)"
            box = (at, at, at + 28, at + 28)
            if name == "circle":
                pen.ellipse(box, fill=colour)
            elif name == "square":
                pen.rectangle(box, fill=colour)
            else:
                pen.polygon([(at + 14, at), (at, at + 28), (at + 28, at + 28)], fill=colour)
            picture.save(folder / name / f"{number}.png")
    use(stage, "image_folder", folder.absolute())


def _gaps(stage: Stage) -> None:
    stage.open("iris-mlp")
    chance = np.random.default_rng(0)
    x, parts = chance.normal(size=(300, 4)), np.array(["train", "train", "held back"] * 100)
    x[chance.integers(0, 300, 40), chance.integers(0, 4, 40)] = np.nan
    np.savez("gaps.npz", X=x, y=(x[:, 0] > 0).astype(np.int64), split=parts)
    use(stage, "npz", Path("gaps.npz").absolute())


def _objects(stage: Stage) -> None:
    from PIL import Image, ImageDraw

    stage.open("fashion-cnn")
    chance, folder = random.Random(1), Path("scenes")
    images, things = [], []
    (folder / "images").mkdir(parents=True, exist_ok=True)
    for number in range(30):
        picture = Image.new("RGBA", (64, 48), "#00000000")
        pen, left, top = ImageDraw.Draw(picture), chance.randint(2, 20), chance.randint(2, 12)
        corners = [(left, top), (left + 30, top + 4), (left + 18, top + 28)]
        pen.polygon(corners, fill=f"hsl({chance.randint(0, 359)},70%,60%)")
        picture.save(folder / "images" / f"{number}.png")
        images.append({"id": number, "file_name": f"{number}.png"})
        outline = [side for corner in corners for side in corner]
        of = {"image_id": number, "category_id": 1 + number % 2, "area": 400}
        things.append({**of, "segmentation": [outline], "id": number})
    (folder / "images" / "30.png").write_bytes(b"no picture")
    names = [{"id": 1, "name": "kite"}, {"id": 2, "name": "sail"}]
    told = {"images": images, "annotations": things, "categories": names}
    (folder / "instances.json").write_text(json.dumps(told))
    use(stage, "image_folder", folder.absolute())


def listings(folder: Path, rows: int = 120) -> Path:
    """Write a table of homes with a few numbers, a text and a picture each, and their prices."""
    from PIL import Image, ImageDraw

    chance = random.Random(7)
    (folder / "photos").mkdir(parents=True, exist_ok=True)
    words = ("quiet", "sunny", "large", "small", "old", "new", "near the park", "with a garden")
    lines = ["rooms,built,description,photo,price"]
    for number in range(rows):
        rooms, chosen = chance.randint(1, 7), chance.sample(words, 4)
        picture = Image.new("RGB", (64, 48), f"hsl({chance.randint(0, 359)},40%,80%)")
        side = 6 + 6 * rooms
        ImageDraw.Draw(picture).rectangle((8, 46 - side // 2, 8 + side, 46), fill="#5a4632")
        picture.save(folder / "photos" / f"{number}.png")
        price = 90_000 * rooms + 20_000 * ("new" in chosen) + chance.randint(0, 9000)
        day = f"{chance.randint(1, 12)}/{chance.randint(1, 12)}/{chance.randint(1990, 2020)}"
        text = f"A home that is {', '.join(chosen)}"
        lines.append(f'{rooms},{day},"{text}",photos/{number}.png,{price}')
    path = folder / "homes.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path.absolute()


def _several_inputs(stage: Stage) -> None:
    """Draw an Input for the numbers, one for the texts and one for the pictures of a table."""
    from dataclasses import replace

    from graph_model.editing.edits import new_node
    from graph_model.network import Network, Port, Project, add_nodes, connect

    stage.open("iris-mlp")
    network = Network("main", "Homes")
    for name, kind, arguments, before in (
        ("numbers", "Input", {"shape": ("N", 4)}, ()),
        ("description", "Input", {"shape": ("N", 12), "dtype": "int64"}, ()),
        ("photo", "Input", {"shape": ("N", 3, 32, 32)}, ()),
        ("embedding", "Embedding", {"num_embeddings": 40, "embedding_dim": 8}, ("description",)),
        ("mean", "Mean", {"dim": (1,)}, ("embedding",)),
        ("flat", "Flatten", {}, ("photo",)),
        ("all", "Concatenate", {"inputs": 3, "dim": 1}, ("numbers", "mean", "flat")),
        ("linear", "Linear", {"out_features": 1}, ("all",)),
        ("price", "Output", {}, ("linear",)),
    ):
        node = replace(new_node(network, kind, arguments), id=name, name=name)
        network = add_nodes(network, [node])
        for place, source in enumerate(before, 1):
            port = "input" if len(before) == 1 else f"input{place}"
            network = connect(network, Port(source, "output"), Port(name, port))
    document = stage.window.document
    document.edit(Project({"main": network}, "main", recipe=document.project.recipe), "Draw")
    use(stage, "csv", listings(Path("homes")), size=32)


def _problems(stage: Stage) -> None:
    stage.open("iris-mlp")
    use(stage, "csv", customers(Path("customers.csv"), 200), missing="refuse")


def _missing(stage: Stage) -> None:
    stage.open("iris-mlp")
    use(stage, "csv", Path("moved/customers.csv"))


def _before_looking(stage: Stage) -> None:
    from graph_model.editing.project_edits import choose_data
    from graph_model.recipe import Choice

    stage.open("iris-mlp")
    lines = ["a;b;c", *(f"{n},5;{n % 7};{n % 3}" for n in range(60))]
    Path("readings.csv").write_text("\n".join(lines), encoding="utf-8")
    document = stage.window.document
    data = Choice("csv", {"path": str(Path("readings.csv").absolute())})
    document.edit(choose_data(document.project, data), "Change the data")
    stage.until(lambda: stage.window.trainer.watch.facts is not None)
    stage.go("train")


def _example(name: str) -> Callable[[Stage], None]:
    def show(stage: Stage) -> None:
        stage.open(name)
        stage.go("data")
        _wait_for(stage)

    return show


def _own(stage: Stage) -> None:
    stage.open("iris-mlp")
    lines = [
        "def samples():",
        "    for number in range(100):",
        "        yield [number], number % 2",
    ]
    Path("samples.py").write_text("\n".join([*lines, ""]), encoding="utf-8")
    use(stage, "python", Path("samples.py").absolute())


DATA_SCENES: Final[dict[str, Callable[[Stage], None]]] = {
    "data-bundled": _bundled,
    "data-table": _table,
    "data-table-menu": _menu,
    "data-several-inputs": _several_inputs,
    "data-arrays": _arrays,
    "data-pictures": _pictures,
    "data-gaps": _gaps,
    "data-objects": _objects,
    "data-texts": _example("play-kinds"),
    "data-going-on": _example("character-transformer"),
    "data-series": _example("carbon-dioxide"),
    "data-coloured": _example("coloured-pictures"),
    "data-own": _own,
    "data-problems": _problems,
    "data-missing": _missing,
    "data-before-looking": _before_looking,
}

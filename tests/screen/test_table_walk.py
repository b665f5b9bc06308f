"""A table dropped from another program becomes a trained network and a right ``predict.py``.

Nothing is typed. With ``LAYERWEFT_PICTURES=FOLDER`` a picture of each step is kept there.
"""

from __future__ import annotations

import csv
import datetime
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import torch

from app.data.reading import load
from app.data.splitting import split_samples
from codegen.build import build_network
from graph_model.network import Network
from graph_model.recipe import Choice, Recipe
from graph_model.recipes.first_network import first_network
from tests.sampling import IS_CAMPAIGN
from tests.screen.drag_source import PLACE
from tests.screen.driver import Hosted, Screen, need_programs, reach, until

pytestmark = [pytest.mark.screen, pytest.mark.slow]

need_programs()

HEAD = (
    *("visit_id", "date", "clinic", "kind", "age", "distance_km", "missed_before"),
    *("reminded", "insurance", "waiting_days", "fee", "came"),
)
WORDS = {
    "clinic": ("Harbour", "North", "Old Town", "South", "West Side"),
    "kind": ("check-up", "dentist", "vaccination", "x-ray"),
    "reminded": ("no", "yes"),
    "insurance": ("basic", "private", "public"),
}
GAPS = {"distance_km": 0.06, "insurance": 0.04, "fee": 0.1}


def rows(count: int, seed: int) -> Iterator[list[object]]:
    """Yield visits: who came depends on what is known of them, and on chance."""
    random = np.random.default_rng(seed)
    for number in range(count):
        day = datetime.date(2023, 1, 1) + datetime.timedelta(days=int(random.integers(730)))
        words = {name: str(random.choice(each)) for name, each in WORDS.items()}
        age, missed, days = random.integers(1, 95), random.poisson(0.6), random.integers(60)
        distance, fee = round(random.gamma(2, 4), 1), round(random.uniform(10, 200), 2)
        score = 1.2 - 0.9 * missed - 0.06 * distance + 1.2 * (words["reminded"] == "yes")
        score += 0.012 * age - 0.02 * days - 0.9 * (words["clinic"] == "Harbour")
        came = "yes" if random.random() < 1 / (1 + np.exp(-1.5 * score)) else "no"
        values = [f"V{seed}{number:06}", day, words["clinic"], words["kind"], age, distance]
        values += [missed, words["reminded"], words["insurance"], days, fee, came]
        yield [
            "" if random.random() < GAPS.get(name, 0) else value
            for name, value in zip(HEAD, values, strict=True)
        ]


def write(path: Path, count: int, seed: int, columns: int = len(HEAD)) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(each[:columns] for each in (list(HEAD), *rows(count, seed)))


def features_by_hand(table: pd.DataFrame) -> pd.DataFrame:
    """Return the columns as numbers: parts of the date, marks for words, gaps of numbers left."""
    date = pd.to_datetime(table["date"])
    parts = {"year": date.dt.year, "month": date.dt.month, "day": date.dt.day}
    found = pd.DataFrame({**parts, "weekday": date.dt.day_of_week})
    for name in HEAD[2:-1]:
        if name not in WORDS:
            found[name] = table[name]
            continue
        known = [*WORDS[name], *(["missing"] if name in GAPS else [])]
        for word in known:
            found[f"{name}={word}"] = table[name].fillna("missing") == word
    return found.astype(float)


def answers_by_hand(known: Path, new: Path, weights: Path) -> torch.Tensor:
    """Return the shares of both classes: all that is learned comes from the training rows."""
    choice = Choice("csv", {"path": str(known)})
    data = load(choice)
    train = split_samples(data, Recipe(choice)).train
    learned = features_by_hand(pd.read_csv(known)).iloc[train]
    learned_filled = learned.fillna(learned.median())
    asked = features_by_hand(pd.read_csv(new)).fillna(learned.median())
    asked = (asked - learned_filled.mean()) / learned_filled.std(ddof=0)
    drawn = first_network(Network("main", "Network"), Recipe(choice), data.facts)
    assert drawn is not None
    model = build_network(drawn).make()
    model.load_state_dict(torch.load(weights, weights_only=True))
    with torch.no_grad():
        return model(torch.tensor(asked.to_numpy(), dtype=torch.float32)).softmax(1)


class Walk:
    """A mouse whose clicks are counted, and pictures of what it came to."""

    def __init__(self, screen: Screen, language: str) -> None:
        self.clicks = 0
        self._screen, self._language = screen, language
        self._step = 0

    def click(self, at: tuple[int, int]) -> None:
        self.clicks += 1
        self._screen.click(at)

    def look(self, name: str) -> None:
        self._step += 1
        if folder := os.environ.get("LAYERWEFT_PICTURES"):
            self._screen.picture(Path(folder, f"{self._language}-{self._step}-{name}.png"))


def place(hosted: Hosted, question: str, **values: object) -> tuple[int, int]:
    x, y = until(lambda: hosted.ask(question, **values), question, 60)
    return x, y


def drop(screen: Screen, hosted: Hosted, walk: Walk, path: Path) -> None:
    """Drag a file from the program that shows it onto the window, which reads it from there."""
    command = [sys.executable, "-m", "tests.screen.drag_source", str(path)]
    desk = subprocess.Popen(
        command, env=screen.environment, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    )
    try:
        assert desk.stdout is not None
        assert desk.stdout.readline() == "shown\n"
        walk.look("file")
        middle = PLACE.center()
        screen.drag((middle.x(), middle.y()), hosted.where("canvas", x=0.5, y=0.4))
        assert desk.stdout.readline() == "CopyAction\n"  # moved, it might be deleted
        reach(hosted, "the data in view", workspace="data")
    finally:
        desk.kill()
        desk.communicate()


@pytest.mark.parametrize("language", ["en", *(["zh_CN"] if IS_CAMPAIGN else [])])
def test_from_a_dropped_table_to_a_program_that_predicts(
    screen: Screen, tmp_path: Path, language: str
) -> None:
    home, out, table = tmp_path / "home", tmp_path / "out", tmp_path / "visits.csv"
    for folder in (home, out):
        folder.mkdir()
    (home / "settings.json").write_text(json.dumps({"folder": str(out)}))
    write(table, 5000, 1)
    walk = Walk(screen, language)
    with Hosted(screen, ["empty", language], {"LAYERWEFT_HOME": str(home)}) as hosted:
        drop(screen, hosted, walk, table)
        offer = place(hosted, "network_offer")
        walk.look("data")
        walk.click(offer)
        reach(hosted, "the network in view", workspace="draw", problems=[])
        until(lambda: hosted.ask("training")["can_start"], "the recipe to fit", 60)
        walk.look("network")
        walk.click(hosted.where("action", name="train_start"))
        until(lambda: hosted.ask("training")["epochs"] > 1, "an epoch", 120)
        walk.look("training")
        until(lambda: hosted.ask("training")["ended"] == "Finished", "the end of the run", 120)
        walk.look("results")
        walk.click(hosted.where("menu", index=0))
        walk.click(place(hosted, "menu_item", action="export"))
        until(lambda: hosted.ask("dialog"), "the dialog to export")
        walk.click(hosted.where("export_box", name="training"))
        walk.look("export")
        walk.click(hosted.where("export_save"))
        until(lambda: [*out.glob("*/predict.py")], "what was exported", 60)
        walk.look("exported")
    assert walk.clicks == 6

    (made,) = (path.parent for path in out.glob("*/predict.py"))
    new = tmp_path / "new.csv"
    write(new, 60, 2, columns=len(HEAD) - 1)
    done = subprocess.run(
        [sys.executable, "predict.py", "--csv", str(new), "--json"],
        cwd=made,
        capture_output=True,
        text=True,
        check=True,
    )
    told = [json.loads(line)["output1"] for line in done.stdout.splitlines()]
    by_hand = answers_by_hand(table, new, made / "model.pt")
    shares = [[each["probabilities"][word] for word in ("no", "yes")] for each in told]
    np.testing.assert_allclose(shares, by_hand.numpy(), atol=1e-5)
    truth = [each[-1] for each in rows(60, 2)]
    right = sum(each["class"] == true for each, true in zip(told, truth, strict=True))
    assert right > max(truth.count("yes"), truth.count("no"))

"""Makes the pictures in the README from the real window, under Xvfb.

python -m tools.screenshots
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from tests.screen.driver import Hosted, Screen, missing_programs, until

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZE = (1440, 900)
SIZE_LABEL = (-20, 20)
"""Where the last size of a shape stands on a card, from its centre, in pixels."""
PANELS = {
    "curves": "300 loss=58 metrics=42,250 updates=33 layers=33 histograms=34",
    "curves.histograms": "layer:linear1",
}
"""What is on the board while one trains."""
SETTLED = 0.6
"""Seconds for hover effects and animations to end."""


def main() -> int:
    """Make every picture."""
    if missing := missing_programs():
        print(f"Install {', '.join(missing)} first.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Screen(*SIZE) as screen:
        canvas(screen, "canvas-light.png", "light", "en")
        canvas(screen, "chinese-light.png", "light", "zh_CN")
        training(screen, "training-dark.png", "dark", "en")
        block(screen, "block-light.png", "light", "en")
    return 0


def hosted(screen: Screen, *arguments: str) -> Hosted:
    """Return the application on a screen, with settings of its own."""
    return Hosted(screen, arguments, {"LAYERWEFT_HOME": tempfile.mkdtemp()})


def canvas(screen: Screen, name: str, theme: str, language: str) -> None:
    """Take a residual network with a layer selected."""
    with hosted(screen, "digits-resnet", theme, language) as window:
        until(lambda: window.ask("code"), "the code")
        screen.click(window.where("card", node="conv1"))
        until(lambda: window.ask("state")["selected"], "a selected card")
        take(screen, name)


def block(screen: Screen, name: str, theme: str, language: str) -> None:
    """Take a block of ResNet-50, two levels down, with a size that explains itself."""
    with hosted(screen, "resnet-50", theme, language) as window:
        until(lambda: window.ask("code"), "the code")
        for use, within in (("layer2", "Stage"), ("first", "Bottleneck")):
            screen.key("ctrl+0")
            time.sleep(SETTLED)
            screen.click(window.where("card", node=use), times=2)
            until(lambda within=within: window.ask("state")["network"] == within, "the block")
            time.sleep(SETTLED)
        x, y = window.where("card", node="conv1")
        screen.click((x + SIZE_LABEL[0], y + SIZE_LABEL[1]))
        take(screen, name)


def training(screen: Screen, name: str, theme: str, language: str) -> None:
    """Take a convolutional network while it trains, looked into by several panels."""
    home = Path(tempfile.mkdtemp())
    (home / "settings.json").write_text(json.dumps({"lists": PANELS}))
    with Hosted(screen, ("fashion-cnn", theme, language), {"LAYERWEFT_HOME": str(home)}) as window:
        until(lambda: window.ask("training")["can_start"], "the recipe to fit")
        screen.click(window.where("action", name="train_start"))
        until(lambda: window.ask("training")["epochs"] >= 6, "some epochs", 180)
        take(screen, name)


def take(screen: Screen, name: str) -> None:
    """Write what the screen shows, once it stands still."""
    screen.do("mousemove", SIZE[0] // 2, SIZE[1] - 4)
    time.sleep(SETTLED)
    screen.picture(FOLDER / name)


if __name__ == "__main__":
    sys.exit(main())
